from __future__ import annotations

from app.kernel.actor import Actor, Role
from app.movement.policy import has_tab


def may_establish(actor: Actor, unit_id: int) -> bool:
    """The head of the agency founds a council; its secretary keeps the record of it."""
    return actor.holds_over(unit_id, Role.COUNCIL_SECRETARY, Role.LEADER)


def may_see_council(actor: Actor, unit_id: int) -> bool:
    """The session's page speaks of the ranking, so it has the same readers."""
    return has_tab(actor, "council", unit_id)


def may_record_result(actor: Actor, unit_id: int) -> bool:
    """`unit_id`: launched the movement."""
    return actor.holds_over(unit_id, Role.COUNCIL_SECRETARY)


def records_for(actor: Actor) -> frozenset[int]:
    return actor.units_for(Role.COUNCIL_SECRETARY)
