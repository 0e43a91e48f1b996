"""Which work is to be reminded of today, and what makes two reminders the same."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from app.kernel.waiting import WaitingItem

# A week leaves time to ask others, three days to write, one to send; then the last day itself.
DAYS_BEFORE = (7, 3, 1, 0)


@dataclass(frozen=True, slots=True)
class Due:
    """`occasion` is the same for the same work, due day and step, whatever the figures are."""

    occasion: str
    item: WaitingItem
    due: date


@dataclass(frozen=True, slots=True)
class YearlyDate:
    """A day of a movement that comes back every year of its life; both ends count."""

    id: int
    name: str
    month: int
    day: int
    movement_id: int
    movement: str
    first: date
    last: date | None


def remind_for(due: date, today: date) -> int | None:
    """The step whose reminder is to be there today; None before the first and after the day.

    It is the nearest one not before today's distance: a day on which nothing ran is made up for
    on the next, and work that comes late is reminded of at once.
    """
    left = (due - today).days
    reached = [step for step in DAYS_BEFORE if step >= left]
    return min(reached) if left >= 0 and reached else None


def due_reminders(items: Iterable[WaitingItem], today: date) -> tuple[Due, ...]:
    found: dict[str, Due] = {}
    for item in items:
        step = remind_for(item.due, today) if item.due else None
        if item.due is not None and step is not None:
            occasion = f"{fingerprint(item)}:{item.due}:{step}"
            found.setdefault(occasion, Due(occasion, item, item.due))
    return tuple(found.values())


def fingerprint(item: WaitingItem) -> str:
    """Of what the work is, without its numbers: "3 hồ sơ" and "2 hồ sơ" are the same work."""
    words = (value for _, value in sorted(item.values.items()) if isinstance(value, str))
    return hashlib.sha256("\n".join((item.message, item.href, *words)).encode()).hexdigest()[:32]


def next_time(yearly: YearlyDate, today: date) -> date | None:
    """Its next day, today included, within the movement's life."""
    start = max(today, yearly.first)
    day = date(start.year, yearly.month, yearly.day)
    if day < start:
        day = date(start.year + 1, yearly.month, yearly.day)
    return day if yearly.last is None or day <= yearly.last else None
