"""Why the signed word on a gate is not taken."""

from __future__ import annotations

from datetime import date

from app.kernel.refusal import N_, Refusal
from app.nominations.rules.facts import ATTESTED_GATES, ENDED, Dossier
from app.nominations.rules.refusing import refuse_changing
from app.nominations.rules.routing import refuse_appraising


def refuse_attesting(
    dossier: Dossier, gate: str, person_id: int | None, today: date
) -> Refusal | None:
    """`person_id`: who would give the word. Decides whether the form shows at all."""
    if gate not in ATTESTED_GATES[dossier.subject]:
        return Refusal("no-such-attestation", N_("Điều kiện này không dựa trên xác nhận."))
    if dossier.verdicts is not None:
        return Refusal("gates-frozen", N_("Kết quả xét điều kiện đã được chốt."))
    if dossier.stage in ENDED:
        return Refusal("ended", N_("Hồ sơ đã dừng xét trong đợt này nên không sửa được nữa."))
    if gate == "G1" and dossier.stage == "draft":
        return Refusal("not-submitted", N_("Hồ sơ chưa được nộp nên chưa thẩm định được."))
    if person_id is not None and person_id == dossier.person_id:
        return Refusal("own-nomination", N_("Không thể tự xác nhận cho hồ sơ của chính mình."))
    if gate != "G1" and gate in dossier.attestations and not _may_change_word(dossier, gate):
        return Refusal(
            "word-settled",
            N_(
                "Hồ sơ đã nộp nên xác nhận đã ghi không thay đổi được nữa, trừ khi cơ quan thường"
                " trực Hội đồng yêu cầu bổ sung điều kiện này."
            ),
        )
    return _refuse_day(dossier, gate, today)


def _refuse_day(dossier: Dossier, gate: str, today: date) -> Refusal | None:
    """The unit's words belong to its nomination; what is said later belongs to appraisal."""
    if gate != "G1" and _may_change_word(dossier, gate):
        return refuse_changing(dossier, gate, "", today)
    return refuse_appraising(dossier.review, today)


def _may_change_word(dossier: Dossier, gate: str) -> bool:
    """The unit's words go up with the dossier; later only one that was asked for is changed."""
    return dossier.stage == "draft" or gate in {found.item for found in dossier.open_returns}


def refuse_attestation(
    dossier: Dossier,
    gate: str,
    positive: bool,
    statement: str,
    person_id: int | None,
    today: date,
    seen: str | None = None,
) -> Refusal | None:
    """The same word twice is one too many.

    `seen`: the version that was read, empty when there was none yet; None does not ask.
    """
    if refusal := refuse_attesting(dossier, gate, person_id, today):
        return refusal
    given = dossier.attestations.get(gate)
    if given is not None and (given.positive, given.statement) == (positive, statement):
        return Refusal("already-attested", N_("Nội dung xác nhận này đã được ghi."))
    if seen is not None and seen != (given.version if given else ""):
        return Refusal(
            "word-changed",
            N_(
                "Xác nhận này vừa được người khác ghi nên nội dung của Ông/Bà chưa được ghi."
                " Vui lòng đọc xác nhận hiện có; phần đã nhập vẫn còn bên dưới."
            ),
        )
    return None
