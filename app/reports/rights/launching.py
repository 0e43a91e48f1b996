"""The units that launch movements: an office role over one of them is of use in its rounds."""

from __future__ import annotations

from collections.abc import Callable

from app.kernel.abilities import Ability, ability
from app.kernel.actor import Actor
from app.movement.tables import Movement


async def launching_units() -> frozenset[int]:
    rows = await Movement.raw("SELECT DISTINCT launched_by FROM movement")
    return frozenset(row["launched_by"] for row in rows)


def in_rounds(
    subject: Actor, name: str, may: Callable[[Actor, int], bool], units: frozenset[int]
) -> Ability:
    """Whether it may be done in the movements of at least one of the units."""
    return ability(name, subject, lambda actor: any(may(actor, unit) for unit in units), over=units)
