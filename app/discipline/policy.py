from __future__ import annotations

from collections.abc import Collection

from app.kernel.actor import Actor, Role


def may_keep_register(actor: Actor, unit_ids: Collection[int]) -> bool:
    """`unit_ids`: where the person is posted. Somebody posted nowhere is kept by nobody."""
    return any(actor.holds_over(unit_id, Role.DISCIPLINE_OFFICER) for unit_id in unit_ids)


def keeps_over(actor: Actor) -> frozenset[int]:
    return actor.units_for(Role.DISCIPLINE_OFFICER)


def may_read_details(actor: Actor, unit_id: int, person_id: int) -> bool:
    """Dates and form of a case of `person_id`, met in a dossier of unit `unit_id`."""
    own = actor.person_id is not None and actor.person_id == person_id
    return own or actor.holds_over(unit_id, Role.DISCIPLINE_OFFICER)
