from __future__ import annotations

from app.kernel.actor import Actor, Role
from app.movement.policy import has_tab

# `unit_id`: launched the movement.


def may_publish(actor: Actor, unit_id: int) -> bool:
    """Publish, withdraw and handle what came in."""
    return actor.holds_over(unit_id, Role.COUNCIL_SECRETARY)


def publishes_for(actor: Actor) -> frozenset[int]:
    return actor.units_for(Role.COUNCIL_SECRETARY)


def may_read(actor: Actor, unit_id: int) -> bool:
    """Publications of a round with what was said."""
    return has_tab(actor, "comment", unit_id)


def may_see_authors(actor: Actor, unit_id: int) -> bool:
    """Who wrote, and how to answer them, is known to the office alone."""
    return actor.holds_over(unit_id, Role.COUNCIL_SECRETARY, Role.APPRAISER)
