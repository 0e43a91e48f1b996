"""Days on which offices work, for what the demo dates around today."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from functools import cache

from app.public_comment.days_off import days_off
from app.public_comment.rules import DaysOff, is_working

_DAY = timedelta(days=1)


def since(day: date) -> date:
    """The day itself or the next working day."""
    while not _works(day):
        day += _DAY
    return day


def until(day: date) -> date:
    """The day itself or the working day before."""
    while not _works(day):
        day -= _DAY
    return day


def spread(first: date, counts: Mapping[str, int]) -> dict[str, date]:
    """Working days some days after `first`, in the order of `counts` and no two alike."""
    found: dict[str, date] = {}
    last = None
    for name, count in counts.items():
        wanted = first + timedelta(days=count)
        last = since(max(wanted, last + _DAY) if last else wanted)
        found[name] = last
    return found


def _works(day: date) -> bool:
    return is_working(day, _off(day.year))


@cache
def _off(year: int) -> DaysOff:
    return days_off(date(year, 1, 1))
