from __future__ import annotations

from app.kernel.actor import Actor, Role

# `unit_id`: launched the movement the decision is about.


def may_decide(actor: Actor, unit_id: int) -> bool:
    """A decision is published, so everybody signed in reads it; these prepare and record it."""
    return actor.holds_over(unit_id, Role.COUNCIL_SECRETARY, Role.LEADER)


def decides_for(actor: Actor) -> frozenset[int]:
    return actor.units_for(Role.COUNCIL_SECRETARY, Role.LEADER)


def may_see_history(actor: Actor, unit_id: int) -> bool:
    """Who did what in the office is for those who work there or check it."""
    return actor.holds_over(
        unit_id,
        Role.COUNCIL_SECRETARY,
        Role.LEADER,
        Role.AUDITOR,
        Role.APPRAISER,
        Role.COUNCIL_MEMBER,
    )
