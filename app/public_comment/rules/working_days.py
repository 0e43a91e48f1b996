"""Working days: Monday to Friday, less holidays, plus weekend days worked in exchange."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

_DAY = timedelta(days=1)
_SATURDAY = 5
WEEKEND = ""


@dataclass(frozen=True, slots=True)
class DaysOff:
    """`holidays`: names by day, days off in exchange among them; `worked`: weekend days worked."""

    holidays: Mapping[date, str] = field(default_factory=dict)
    worked: frozenset[date] = frozenset()


def is_working(day: date, off: DaysOff) -> bool:
    if day in off.worked:
        return True
    return day.weekday() < _SATURDAY and day not in off.holidays


def last_working_day(first: date, count: int, off: DaysOff) -> date:
    """The `count`th working day from `first` on, which itself counts where it is one."""
    if count < 1:
        raise ValueError("at least one working day")
    day, left = first, count - is_working(first, off)
    while left:
        day += _DAY
        left -= is_working(day, off)
    return day


def working_days(first: date, last: date, off: DaysOff) -> int:
    """Both ends count."""
    return sum(is_working(day, off) for day in _days(first, last))


def skipped(first: date, last: date, off: DaysOff) -> tuple[tuple[date, str], ...]:
    """The days between that do not count, each with its holiday's name or WEEKEND."""
    return tuple(
        (day, off.holidays.get(day, WEEKEND))
        for day in _days(first, last)
        if not is_working(day, off)
    )


def _days(first: date, last: date) -> list[date]:
    return [first + _DAY * n for n in range((last - first).days + 1)]
