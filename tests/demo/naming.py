from __future__ import annotations

from datetime import date

from app.demo.world.facts import Unit


def name_on(unit: Unit, day: date) -> str:
    """What the made-up unit was called on that day; it must have had a name then."""
    (name,) = (version.name for version in unit.names if day in version.period)
    return name
