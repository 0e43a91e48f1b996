"""Why a nomination, a proof, a word or a submission is not taken."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from app.kernel.period import Period, show_date
from app.kernel.refusal import N_, Refusal
from app.nominations.rules.completeness import refuse_incomplete
from app.nominations.rules.facts import ATTESTED_GATES, ENDED, Dossier, EvidenceFacts
from app.nominations.rules.placing import Place
from app.nominations.rules.routing import SCORING_OPENED, refuse_correcting

ALREADY_NOMINATED = {
    "individual": Refusal("already-nominated", N_("Cá nhân này đã có đề nghị trong đợt xét.")),
    "collective": Refusal("already-nominated", N_("Tập thể này đã có đề nghị trong đợt xét.")),
}

NOT_POSTED = Refusal("not-posted", N_("Người được đề nghị hiện không công tác tại đơn vị này."))


def refuse_nominating(nominations: Period | None, opened: bool, today: date) -> Refusal | None:
    """The first and the last day both count."""
    if nominations is None or not opened:
        return Refusal("round-not-open", N_("Đợt xét chưa mở nhận hồ sơ."))
    if today < nominations.first:
        return Refusal(
            "nominations-not-open",
            N_("Đợt xét bắt đầu nhận hồ sơ từ ngày {day}."),
            {"day": show_date(nominations.first)},
        )
    if today not in nominations and nominations.last is not None:
        return Refusal(
            "nominations-closed",
            N_("Đã hết hạn nhận hồ sơ; hạn cuối là ngày {day}."),
            {"day": show_date(nominations.last)},
        )
    return None


def refuse_place(place: Place, today: date) -> Refusal | None:
    """No commendation of a unit that reorganisation dissolved (Thông tư 15/2025/TT-BNV)."""
    dissolved_on = place.way[0].dissolved_on
    if dissolved_on is not None and dissolved_on <= today:
        return Refusal(
            "unit-dissolved",
            N_("Đơn vị đã giải thể từ ngày {day} nên không thể đề nghị khen thưởng."),
            {"day": show_date(dissolved_on)},
        )
    return None


def refuse_preparing(dossier: Dossier, today: date) -> Refusal | None:
    """Neither evidence nor submission once it was submitted or the last day is over."""
    if dossier.stage in ENDED:
        return Refusal("ended", N_("Hồ sơ đã dừng xét trong đợt này nên không sửa được nữa."))
    if dossier.stage != "draft":
        return Refusal("already-submitted", N_("Hồ sơ đã được nộp nên không sửa được nữa."))
    if dossier.submitted_at is not None:
        return refuse_correcting(dossier.review, today)
    if refusal := refuse_nominating(dossier.review.nominations, True, today):
        return refusal
    return SCORING_OPENED if dossier.review.scoring_opened else None


def refuse_changing(
    dossier: Dossier, item: str, criterion_code: str, today: date
) -> Refusal | None:
    """A draft may be changed as a whole; later only what appraisal sent back, until its day.

    `item` and `criterion_code` as in `OpenReturn`.
    """
    asked = [
        found
        for found in dossier.open_returns
        if (found.item, found.criterion_code) == (item, criterion_code)
    ]
    if not asked:
        return refuse_preparing(dossier, today)
    if dossier.verdicts is not None:
        return SCORING_OPENED
    if today > asked[0].due_on:
        return Refusal(
            "answer-late",
            N_("Đã hết hạn bổ sung mục này (hết ngày {day})."),
            {"day": show_date(asked[0].due_on)},
        )
    return None


def refuse_evidence(
    dossier: Dossier,
    criterion_code: str,
    before: Decimal | None,
    after: Decimal | None,
    quantity_unit: str,
    today: date,
) -> Refusal | None:
    if refusal := refuse_changing(dossier, "criterion", criterion_code, today):
        return refusal
    if criterion_code not in {c.code for c in dossier.criteria if c.kind != "gate"}:
        return Refusal(
            "unknown-criterion",
            N_("Vui lòng chọn tiêu chí của đợt xét."),
            field_name="criterion",
        )
    return refuse_figures(before, after, quantity_unit)


def refuse_duplicate(dossier: Dossier, item: EvidenceFacts) -> Refusal | None:
    """A double click must not count as two achievements."""
    others = (known for known in dossier.evidence if known.id != item.id)
    if any(
        replace(known, id=item.id, version=item.version, by=item.by, at=item.at) == item
        for known in others
    ):
        return Refusal("same-evidence", N_("Minh chứng này đã có trong hồ sơ."))
    return None


def refuse_figures(
    before: Decimal | None, after: Decimal | None, quantity_unit: str
) -> Refusal | None:
    if before is not None and after is None:
        return Refusal(
            "no-figure-after",
            N_("Vui lòng nhập số liệu sau khi thực hiện."),
            field_name="after",
        )
    if after is not None and not quantity_unit:
        return Refusal(
            "no-quantity-unit",
            N_("Vui lòng nhập đơn vị tính của số liệu."),
            field_name="quantity_unit",
        )
    return None


def refuse_submission(dossier: Dossier, today: date) -> Refusal | None:
    if refusal := refuse_preparing(dossier, today):
        return refusal
    if not dossier.evidence:
        return Refusal("no-evidence", N_("Hồ sơ phải có ít nhất một minh chứng trước khi nộp."))
    return refuse_incomplete(dossier)


def refuse_attesting(dossier: Dossier, gate: str, person_id: int | None) -> Refusal | None:
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
    return None


def _may_change_word(dossier: Dossier, gate: str) -> bool:
    """The unit's words go up with the dossier; later only one that was asked for is changed."""
    return dossier.stage == "draft" or gate in {found.item for found in dossier.open_returns}


def refuse_attestation(
    dossier: Dossier,
    gate: str,
    positive: bool,
    statement: str,
    person_id: int | None,
    seen: str | None = None,
) -> Refusal | None:
    """The same word twice is one too many.

    `seen`: the version that was read, empty when there was none yet; None does not ask.
    """
    if refusal := refuse_attesting(dossier, gate, person_id):
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
