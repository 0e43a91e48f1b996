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

# Where a dossier is, for whoever sees it.
STATE_WORDS = {
    "draft": N_("Đang chuẩn bị"),
    "route": N_("Chờ cấp trình"),
    "office": N_("Đang thẩm định"),
    "pass": N_("Đủ điều kiện"),
    "hold": N_("Chờ kết luận"),
    "fail": N_("Không đủ điều kiện"),
    "refused": N_("Không được trình tiếp"),
    "withdrawn": N_("Đã rút"),
}


def usual_achievement(movement: str, round_name: str) -> str:
    """The line most certificates of a movement bear; official papers are Vietnamese only."""
    occasion = round_name[:1].lower() + round_name[1:]
    return f"Đã có thành tích xuất sắc trong Phong trào thi đua “{movement}” ({occasion})"
