from __future__ import annotations

from collections.abc import Sequence

from app.initiatives.rules import Author
from app.kernel.actor import Actor, Role

SUBMITS = (Role.UNIT_OFFICER, Role.UNIT_HEAD)
RECOGNISES = (Role.INITIATIVE_COUNCIL_MEMBER, Role.COUNCIL_SECRETARY)


def may_submit(actor: Actor, unit_id: int, authors: Sequence[Author]) -> bool:
    """The unit's officer or head, or an author."""
    own = actor.person_id is not None and any(a.person_id == actor.person_id for a in authors)
    return own or actor.holds_over(unit_id, *SUBMITS)


def may_recognise(actor: Actor, unit_id: int) -> bool:
    return actor.holds_over(unit_id, *RECOGNISES)
