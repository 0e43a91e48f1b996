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
CLOSED = Refusal("scoring-closed", N_("Việc chấm điểm đã kết thúc; kết quả đã được chốt."))


def refuse_opening(
    round_: RoundFacts, stage: Stage, members: Sequence[int], today: date
) -> Refusal | None:
    """`members` are the accounts of the panel in the order that gives them their labels."""
    if stage.opened_at is not None:
        return Refusal("scoring-already-open", N_("Việc chấm điểm đã được mở."))
    if round_.opening is None:
        return Refusal("round-not-open", N_("Đợt xét chưa được mở; tiêu chí chưa được chốt."))
    if refusal := _refuse_opening_day(round_, stage, today):
        return refusal
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
    # The closing day itself still belongs to the units.
    if today <= last:
        return Refusal(
            "nominations-open",
            N_("Đơn vị còn được nộp hồ sơ đến hết ngày {day}."),
            {"day": show_date(last)},
        )
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
