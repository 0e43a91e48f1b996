"""Why a nomination or a submission is not taken."""

from __future__ import annotations

from datetime import date

from app.kernel.period import Period, show_date
from app.kernel.refusal import N_, Refusal
from app.nominations.rules.completeness import refuse_incomplete
from app.nominations.rules.facts import ENDED, Dossier
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
            N_("Đơn vị đã kết thúc hoạt động ngày {day} nên không thể đề nghị khen thưởng."),
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


def refuse_submission(dossier: Dossier, today: date) -> Refusal | None:
    if refusal := refuse_preparing(dossier, today):
        return refusal
    if not dossier.evidence:
        return Refusal("no-evidence", N_("Hồ sơ phải có ít nhất một minh chứng trước khi nộp."))
    return refuse_incomplete(dossier)
