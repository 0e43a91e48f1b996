"""When a list may be published, from when to when, and when it is withdrawn."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from app.kernel.period import show_date
from app.kernel.refusal import N_, Refusal
from app.movement.rules import Calendar

# What a list is made from.
BASES = {
    "approved": N_("Những đề nghị Hội đồng đã thông qua"),
    "eligible": N_("Mọi hồ sơ ở cơ quan thường trực, trừ hồ sơ chưa đạt điều kiện"),
    "chosen": N_("Những hồ sơ có mã dưới đây"),
}


@dataclass(frozen=True, slots=True)
class NewPublication:
    """`codes`: of the nominations, for the basis `chosen` only."""

    title: str
    first_on: date
    working_days: int
    contact: str
    basis: str
    codes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Listed:
    """Whom a list would name. `recorded`: the council met. `frozen`: the gates are settled.

    Of the codes typed for the basis `chosen`: `unknown` are no dossier at the office, `unfit`
    failed a gate or are held by one, `unapproved` did not get the council's votes.
    """

    nomination_ids: tuple[int, ...]
    recorded: bool
    frozen: bool
    unknown: tuple[str, ...] = ()
    unfit: tuple[str, ...] = ()
    unapproved: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Withdrawal:
    by: str
    at: datetime
    because: str


@dataclass(frozen=True, slots=True)
class Publication:
    """`first_on` and `last_on` both count; `unit_id`: launched the movement."""

    id: int
    round_id: int
    round_name: str
    code: str
    title: str
    first_on: date
    last_on: date
    working_days: int
    contact: str
    by: str
    at: datetime
    withdrawal: Withdrawal | None
    items: int = 0
    comments: int = 0
    open_comments: int = 0
    visits: int = 0
    unit_id: int = 0

    def state(self, today: date) -> str:
        """withdrawn, planned, running or ended."""
        if self.withdrawal is not None:
            return "withdrawn"
        if today < self.first_on:
            return "planned"
        return "running" if today <= self.last_on else "ended"


def refuse_publishing(
    calendar: Calendar, first: date, last: date, today: date, other_until: date | None
) -> Refusal | None:
    """`other_until`: last day of a list of this round that is planned or running."""
    if first < today:
        return Refusal(
            "first-day-over",
            N_("Ngày bắt đầu công khai không được trước ngày hôm nay ({day})."),
            {"day": show_date(today)},
            "first_on",
        )
    if other_until is not None:
        return Refusal(
            "already-published",
            N_("Đợt xét đang có một danh sách công khai đến hết ngày {day}."),
            {"day": show_date(other_until)},
        )
    return refuse_calendar(calendar, first, last)


def refuse_calendar(calendar: Calendar, first: date, last: date) -> Refusal | None:
    """The days lie within the round's own days of public comment, and before its decision."""
    if calendar.comment_open_on is not None and first < calendar.comment_open_on:
        return Refusal(
            "before-comment-days",
            N_("Theo lịch của đợt xét, lấy ý kiến bắt đầu từ ngày {day}."),
            {"day": show_date(calendar.comment_open_on)},
            "first_on",
        )
    if calendar.comment_close_on is not None and last > calendar.comment_close_on:
        return Refusal(
            "after-comment-days",
            N_("Danh sách sẽ công khai đến {last}, quá ngày cuối lấy ý kiến của đợt xét ({day})."),
            {"last": show_date(last), "day": show_date(calendar.comment_close_on)},
            "working_days",
        )
    if calendar.decision_on is not None and last >= calendar.decision_on:
        return Refusal(
            "after-decision-day",
            N_("Danh sách sẽ công khai đến {last}, không còn trước ngày quyết định ({day})."),
            {"last": show_date(last), "day": show_date(calendar.decision_on)},
            "working_days",
        )
    return None


def refuse_prolonging(publication: Publication, today: date) -> Refusal | None:
    """Whether it can be given more days at all; nobody is told again of a list that is over."""
    state = publication.state(today)
    if state == "withdrawn":
        return Refusal("already-withdrawn", N_("Danh sách này đã được thu hồi."))
    if state == "ended":
        return Refusal(
            "already-ended",
            N_("Thời gian công khai đã kết thúc nên không gia hạn được; vui lòng công khai lại."),
        )
    return None


def refuse_extension(
    publication: Publication, calendar: Calendar, working_days: int, last: date, today: date
) -> Refusal | None:
    """`last`: of so many working days in all, which must be more than were announced."""
    if refusal := refuse_prolonging(publication, today):
        return refusal
    if working_days <= publication.working_days or last <= publication.last_on:
        return Refusal(
            "not-longer",
            N_("Danh sách đang công khai {n} ngày làm việc, đến hết {day}; chỉ được gia hạn thêm."),
            {"n": publication.working_days, "day": show_date(publication.last_on)},
            "working_days",
        )
    return refuse_calendar(calendar, publication.first_on, last)


def refuse_basis(basis: str, calendar: Calendar, listed: Listed) -> Refusal | None:
    """Where the calendar puts comments after the session, the public is asked about what the
    council approved and about nothing else. Before the gates are frozen nobody can be said to
    fulfil the conditions, and whoever does not is not published, chosen or not."""
    after_session = (
        calendar.comment_open_on is not None
        and calendar.session_on is not None
        and calendar.comment_open_on > calendar.session_on
    )
    if not listed.recorded and (after_session or basis == "approved"):
        return Refusal(
            "no-council-result",
            N_("Chưa ghi nhận kết quả phiên họp Hội đồng nên chưa công khai được danh sách này."),
            field_name="basis",
        )
    if after_session and basis == "eligible":
        return Refusal(
            "approved-only",
            N_("Sau phiên họp chỉ công khai những đề nghị Hội đồng đã thông qua."),
            field_name="basis",
        )
    if basis != "approved" and not listed.frozen:
        return Refusal(
            "gates-not-frozen",
            N_(
                "Điều kiện của các hồ sơ chưa được chốt (chốt khi mở chấm điểm) nên chưa công khai"
                " được danh sách này."
            ),
            field_name="basis",
        )
    if basis == "chosen" and (refusal := _refuse_chosen(listed)):
        return refusal
    if not listed.nomination_ids:
        return Refusal("empty-list", N_("Danh sách không có ai để công khai."), field_name="basis")
    return None


def _refuse_chosen(listed: Listed) -> Refusal | None:
    for code, codes, message in (
        ("unknown-codes", listed.unknown, N_("Không công khai được hồ sơ có mã: {codes}.")),
        (
            "not-fulfilled",
            listed.unfit,
            N_("Hồ sơ chưa đạt điều kiện nên không công khai được: {codes}."),
        ),
        (
            "not-approved",
            listed.unapproved,
            N_("Hội đồng không thông qua nên không công khai được: {codes}."),
        ),
    ):
        if codes:
            return Refusal(code, message, {"codes": ", ".join(codes)}, "codes")
    return None


def refuse_withdrawal(publication: Publication, today: date) -> Refusal | None:
    state = publication.state(today)
    if state == "withdrawn":
        return Refusal("already-withdrawn", N_("Danh sách này đã được thu hồi."))
    if state == "ended":
        return Refusal("already-ended", N_("Thời gian công khai đã kết thúc."))
    return None
