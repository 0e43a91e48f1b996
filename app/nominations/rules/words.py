"""Words that more than one page says; gettext ids."""

from __future__ import annotations

from app.kernel.refusal import N_

# Only what the dossier's own readers did to it. Whatever other rooms log about a nomination is
# not part of its public history: who scored it, for one.
HISTORY = {
    "nominations.nominate": N_("Lập đề nghị"),
    "nominations.add_evidence": N_("Thêm minh chứng"),
    "nominations.attest": N_("Ghi xác nhận điều kiện"),
    "nominations.submit": N_("Nộp hồ sơ"),
}
