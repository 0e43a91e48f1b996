"""What stands in somebody's calendar: whole days in Vietnam, both ends count."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime

from app.kernel.refusal import N_
from app.kernel.waiting import WaitingItem
from app.movement.rules import Calendar, stage_days
from app.reminders.rules.days import YearlyDate, fingerprint, next_time

Words = Callable[..., str]

_ENDS = N_("{round}: hạn cuối, {stage}")
_LASTS = N_("{round}: {stage}")


@dataclass(frozen=True, slots=True)
class Event:
    """`name` stays the same when the days move; `sequence` then grows.

    `until`: it comes back every year, the last time not after that day; None and not `yearly`:
    it comes once.
    """

    name: str
    summary: str
    first: date
    last: date
    href: str
    sequence: int
    changed_at: datetime
    yearly: bool = False
    until: date | None = None


@dataclass(frozen=True, slots=True)
class RoundDays:
    """`version` counts the changes of its days; `changed_at` is the last one known."""

    id: int
    name: str
    version: int
    changed_at: datetime
    calendar: Calendar


def round_events(rounds: Iterable[RoundDays], words: Words) -> tuple[Event, ...]:
    """One event a stage that has a day; a stage without a first day is its closing day alone."""
    return tuple(
        Event(
            name=f"round-{round_.id}-{stage.key}",
            summary=words(
                _LASTS if stage.first else _ENDS, round=round_.name, stage=words(stage.label)
            ),
            first=stage.first or stage.last,
            last=stage.last,
            href=f"/rounds/{round_.id}",
            sequence=round_.version,
            changed_at=round_.changed_at,
        )
        for round_ in rounds
        for stage in stage_days(round_.calendar)
        if stage.last is not None
    )


def deadline_events(
    items: Iterable[WaitingItem], account_id: int, changed_at: datetime, words: Words
) -> tuple[Event, ...]:
    """Own work with a due day. The day's own number grows when the day is put off."""
    found: dict[str, Event] = {}
    for item in items:
        if item.due is not None:
            name = f"work-{account_id}-{fingerprint(item)}"
            found[name] = Event(
                name=name,
                summary=words(item.message, **item.values),
                first=item.due,
                last=item.due,
                href=item.href,
                sequence=item.due.toordinal(),
                changed_at=changed_at,
            )
    return tuple(found.values())


def yearly_event(yearly: YearlyDate, changed_at: datetime) -> Event | None:
    """None when the movement ends before the day comes for the first time."""
    first = next_time(yearly, yearly.first)
    if first is None:
        return None
    return Event(
        name=f"date-{yearly.id}",
        summary=f"{yearly.movement}: {yearly.name}",
        first=first,
        last=first,
        href=f"/movements/{yearly.movement_id}",
        sequence=0,
        changed_at=changed_at,
        yearly=True,
        until=yearly.last,
    )
