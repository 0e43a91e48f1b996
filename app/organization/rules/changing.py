"""What an event makes of a unit. `day` is the first day of the new state, for every event."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from app.kernel.period import Period
from app.organization.rules.facts import UnitFacts, Version

_A_DAY = timedelta(days=1)


def with_version(
    unit: UnitFacts, day: date, *, name: str | None = None, parent_id: int | None = None
) -> UnitFacts:
    """From `day` under another name or parent; what is not given stays as it was."""
    last = unit.latest
    new = Version(
        last.name if name is None else name,
        last.parent_id if parent_id is None else parent_id,
        Period(day),
    )
    return replace(unit, versions=(*_closed(unit, day), new))


def ended(unit: UnitFacts, day: date) -> UnitFacts:
    """No longer there on `day`: the day before is its last."""
    return replace(unit, dissolved_on=day - _A_DAY, versions=_closed(unit, day))


def passed_on(children: tuple[UnitFacts, ...], parent_id: int, day: date) -> tuple[UnitFacts, ...]:
    """The units below a dissolved one, under the one that takes over."""
    return tuple(with_version(child, day, parent_id=parent_id) for child in children)


def _closed(unit: UnitFacts, day: date) -> tuple[Version, ...]:
    *before, last = unit.versions
    return (*before, replace(last, period=Period(last.period.first, day - _A_DAY)))
