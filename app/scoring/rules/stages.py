"""When scoring may be opened, worked on and closed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from app.kernel.period import show_date
from app.kernel.refusal import N_, Refusal
from app.movement.rules import RoundFacts


@dataclass(frozen=True, slots=True)
class Stage:
    """Where the scoring of a round stands; `close_on` is the last day on which marks are taken."""

    close_on: date | None
    opened_at: datetime | None = None
    closed_at: datetime | None = None


NOT_OPEN = Refusal("scoring-not-open", N_("Việc chấm điểm chưa được mở."))
ALREADY_OPEN = Refusal("scoring-already-open", N_("Việc chấm điểm đã được mở."))
NOT_CLOSED = Refusal("scoring-not-closed", N_("Kết quả chấm điểm chưa được chốt."))
CLOSED = Refusal("scoring-closed", N_("Việc chấm điểm đã kết thúc; kết quả đã được chốt."))


# What ends before scoring begins, in the order of the calendar.
_BEFORE = (
    ("nominations-open", N_("Đơn vị còn được nộp hồ sơ đến hết ngày {day}.")),
    ("endorsement-open", N_("Các cấp còn được xác nhận và trình hồ sơ đến hết ngày {day}.")),
    ("appraisal-open", N_("Việc thẩm định hồ sơ còn đến hết ngày {day}.")),
)


def refuse_opening(
    round_: RoundFacts,
    stage: Stage,
    members: Sequence[int],
    today: date,
    not_frozen: Sequence[str],
) -> Refusal | None:
    """`members`: the accounts of the panel. `not_frozen`: names of the annual rounds that a phase
    round cites and whose results are still to come."""
    if stage.opened_at is not None:
        return ALREADY_OPEN
    if round_.opening is None:
        return Refusal("round-not-open", N_("Đợt xét chưa được mở; tiêu chí chưa được chốt."))
    if refusal := _refuse_opening_day(round_, stage, today):
        return refusal
    if not_frozen:
        return Refusal(
            "annual-not-frozen",
            N_("Chưa mở chấm điểm được: đợt xét được dẫn chưa chốt kết quả ({rounds})."),
            {"rounds": ", ".join(not_frozen)},
        )
    needed = round_.opening.protocol["min_members"]
    if len(set(members)) < needed:
        return Refusal(
            "too-few-members",
            N_("Cần ít nhất {needed} thành viên chấm điểm theo quy tắc đã chốt; hiện có {n}."),
            {"needed": needed, "n": len(set(members))},
        )
    return None


def _refuse_opening_day(round_: RoundFacts, stage: Stage, today: date) -> Refusal | None:
    last = round_.nominations.last if round_.nominations is not None else None
    if last is None or stage.close_on is None:
        return Refusal("no-calendar", N_("Đợt xét chưa có lịch nhận hồ sơ và chấm điểm."))
    days = (last, round_.calendar.endorsement_close_on, round_.calendar.appraisal_close_on)
    # The closing day itself still belongs to whoever it closes for.
    running = [
        Refusal(code, message, {"day": show_date(day)})
        for day, (code, message) in zip(days, _BEFORE, strict=True)
        if day is not None and today <= day
    ]
    if running:
        return running[-1]
    if today > stage.close_on:
        return late(stage.close_on)
    return None


def refuse_scoring(stage: Stage, today: date) -> Refusal | None:
    """Why marks and recusals are not taken on this day."""
    if stage.opened_at is None or stage.close_on is None:
        return NOT_OPEN
    if stage.closed_at is not None:
        return CLOSED
    if today > stage.close_on:
        return late(stage.close_on)
    return None


def late(close_on: date) -> Refusal:
    return Refusal(
        "scoring-over",
        N_("Đã hết hạn chấm điểm (hết ngày {day})."),
        {"day": show_date(close_on)},
    )


def refuse_closing(stage: Stage, sheets_left: int, today: date) -> Refusal | None:
    """Early only when nobody has anything left; after the last day, whatever is there counts."""
    if stage.opened_at is None or stage.close_on is None:
        return NOT_OPEN
    if stage.closed_at is not None:
        return CLOSED
    if sheets_left and today <= stage.close_on:
        return Refusal(
            "sheets-left",
            N_("Còn {n} phiếu chưa chấm đủ và thành viên còn được chấm đến hết ngày {day}."),
            {"n": sheets_left, "day": show_date(stage.close_on)},
        )
    return None
