"""Who gets what in the calendar and among the reminders."""

from __future__ import annotations

from app.kernel.actor import Actor, Role
from app.movement.policy import may_plan

# They work on every round, whoever takes part.
_OFFICE = (
    Role.APPRAISER,
    Role.COUNCIL_MEMBER,
    Role.COUNCIL_SECRETARY,
    Role.LEADER,
    Role.AUDITOR,
)


def follows_every_round(actor: Actor) -> bool:
    return actor.holds(*_OFFICE)


def keeps_yearly_dates(actor: Actor) -> bool:
    """Whoever plans a movement sees to its yearly days."""
    return may_plan(actor)
