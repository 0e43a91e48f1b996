from __future__ import annotations

from app.kernel.actor import Actor, Role
from app.movement.policy import has_tab


def may_publish(actor: Actor) -> bool:
    """Publish, withdraw and handle what came in."""
    return actor.holds(Role.COUNCIL_SECRETARY)


def may_read(actor: Actor) -> bool:
    """Publications of a round with what was said."""
    return has_tab(actor, "comment")


def may_see_authors(actor: Actor) -> bool:
    """Who wrote, and how to answer them, is known to the office alone."""
    return actor.holds(Role.COUNCIL_SECRETARY, Role.APPRAISER)
