from __future__ import annotations

from app.kernel.actor import Actor, Role


def may_decide(actor: Actor) -> bool:
    """A decision is published, so everybody signed in reads it; these prepare and record it."""
    return actor.holds(Role.COUNCIL_SECRETARY, Role.LEADER)


def may_see_history(actor: Actor) -> bool:
    """Who did what in the office is for those who work there or check it."""
    return actor.holds(
        Role.COUNCIL_SECRETARY, Role.LEADER, Role.AUDITOR, Role.APPRAISER, Role.COUNCIL_MEMBER
    )
