"""More days for a stage of an opened round, and what that does to the stages after it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from app.kernel.period import show_date
from app.kernel.refusal import N_, Refusal
from app.movement.rules.calendar import STAGES, STILL_HEARD, Calendar, still_heard

FURTHEST_YEAR = 2100


@dataclass(frozen=True, slots=True)
class Extended:
    stage: str
    old_last: date
    new_last: date


@dataclass(frozen=True, slots=True)
class Extension:
    """`stages`: the one extended first, then those moved with it, in their order."""

    calendar: Calendar
    stages: tuple[Extended, ...]


def plan_extension(
    calendar: Calendar,
    stage: str,
    new_last: date,
    today: date,
    *,
    move_following: bool,
    finished: Collection[str] = (),
) -> Extension | Refusal:
    """The stages that follow keep their length and distance when they are moved too.

    A stage whose days are over may be taken up again, with a last day not behind `today`, until
    what it was for is frozen: such stages are `finished`.
    """
    if stage in finished:
        return Refusal(
            "stage-finished",
            N_("Kết quả của giai đoạn này đã được chốt nên không gia hạn được nữa."),
            field_name="stage",
        )
    old_last = getattr(calendar, STAGES[stage].last)
    if old_last is None:
        return Refusal("no-day", N_("Giai đoạn này chưa có lịch nên không có gì để gia hạn."))
    if new_last <= old_last:
        return _refuse("not-later", old_last, N_("Ngày mới phải sau ngày đang áp dụng ({day})."))
    if new_last < today:
        return _refuse("in-the-past", today, N_("Ngày mới không được trước hôm nay ({day})."))
    moved: dict[str, date] = {STAGES[stage].last: new_last}
    following = following_days(calendar, stage)
    if move_following:
        moved |= {name: day + (new_last - old_last) for name, day in following.items()}
    elif overtaken := [day for day in following.values() if day < new_last]:
        return _refuse(
            "overtakes",
            min(overtaken),
            N_(
                "Ngày mới vượt quá ngày {day} của giai đoạn sau. Chọn lùi cả các giai đoạn sau"
                " hoặc chọn ngày sớm hơn."
            ),
        )
    if max(moved.values()).year > FURTHEST_YEAR:
        return _refuse("too-far", max(moved.values()), N_("Ngày {day} quá xa."))
    extended = replace(calendar, **moved)
    # An older calendar may have both on one day; it stays as it was announced.
    if not still_heard(calendar) and (heard_until := still_heard(extended)):
        return _refuse("decision-while-heard", heard_until, STILL_HEARD)
    stages = tuple(
        Extended(key, getattr(calendar, each.last), moved[each.last])
        for key, each in STAGES.items()
        if each.last in moved
    )
    return Extension(extended, stages)


def following_days(calendar: Calendar, stage: str) -> Mapping[str, date]:
    """The days that must not lie before the end of `stage`, by column, in the order of stages.

    Nominating may begin while people still register, so its first day is none of them.
    """
    later = list(STAGES.values())[list(STAGES).index(stage) + 1 :]
    return {
        name: day
        for each in later
        for name in each.columns
        if name != "nominations_open_on" and (day := getattr(calendar, name)) is not None
    }


def offered_days(calendar: Calendar, stage: str, by: timedelta) -> Mapping[str, date]:
    """Where the last days after `stage` would be moved to, by stage."""
    following = following_days(calendar, stage)
    return {
        key: following[each.last] + by for key, each in STAGES.items() if each.last in following
    }


def _refuse(code: str, day: date, message: str) -> Refusal:
    return Refusal(code, message, {"day": show_date(day)}, "new_last")
