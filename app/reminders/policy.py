"""Who gets what in the calendar and among the reminders."""

from __future__ import annotations

from app.kernel.actor import Actor, Role
from app.movement.policy import plans_for

# They work on every round of their unit's movements, whoever takes part.
_OFFICE = (
    Role.APPRAISER,
    Role.COUNCIL_MEMBER,
    Role.COUNCIL_SECRETARY,
    Role.LEADER,
    Role.AUDITOR,
)


def follows_rounds_of(actor: Actor) -> frozenset[int]:
    """Units every round of whose movements is in the calendar."""
    return actor.units_for(*_OFFICE)


def keeps_yearly_dates_of(actor: Actor) -> frozenset[int]:
    """Whoever plans a movement sees to its yearly days."""
    return plans_for(actor)
