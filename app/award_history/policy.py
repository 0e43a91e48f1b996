"""Who keeps the history of awards and who reads it. A unit's awards are no secret in the house.

The sets of unit ids given by these roles are widened by `organization.queries.reach`: a dissolved
unit belongs to whoever is over its successor.
"""

from __future__ import annotations

from app.kernel.actor import Actor, Role
from app.organization.policy import SEES_PEOPLE

KEEPS = (Role.UNIT_OFFICER, Role.UNIT_HEAD, Role.COUNCIL_SECRETARY)
LISTS = (Role.APPRAISER, Role.COUNCIL_SECRETARY, Role.LEADER, Role.AUDITOR)
# Whoever sees the person's page, and the office that weighs what somebody already received.
READS_OF_PEOPLE = (*SEES_PEOPLE, Role.APPRAISER, Role.COUNCIL_SECRETARY)


def may_list(actor: Actor) -> bool:
    return actor.holds(*LISTS)


def may_keep(actor: Actor) -> bool:
    """Whether the actor keeps the history of anybody."""
    return actor.holds(*KEEPS)
