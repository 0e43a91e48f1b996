"""Whose history it is, for who may read it and for who keeps it."""

from __future__ import annotations

from datetime import date

from app.award_history.policy import KEEPS, READS_OF_PEOPLE, may_keep
from app.award_history.rules import Holder
from app.kernel.actor import Actor
from app.kernel.refusal import NotVisible
from app.organization.queries import act_for, act_over, reach
from app.organization.queries.asking import LARGEST_ID, seen_through
from app.organization.tables import Person, Unit


async def person_holder(person_id: int, actor: Actor, today: date) -> Holder:
    """NotVisible unless it is the reader or somebody the reader's roles reach."""
    return await _person(
        person_id, await reach(actor.units_for(*READS_OF_PEOPLE)), today, own=actor.person_id
    )


async def unit_holder(unit_id: int) -> Holder:
    """By its latest name; every unit has readers."""
    if not 0 < unit_id <= LARGEST_ID:
        raise NotVisible
    rows = await Unit.raw(
        "SELECT u.id, u.code, v.name FROM unit u CROSS JOIN LATERAL (SELECT x.name"
        " FROM unit_version x WHERE x.unit = u.id ORDER BY x.valid_from DESC LIMIT 1) v"
        " WHERE u.id = {}",
        unit_id,
    )
    if not rows:
        raise NotVisible
    return Holder(None, rows[0]["id"], rows[0]["name"], rows[0]["code"])


async def keeps_over(actor: Actor) -> frozenset[int]:
    """The units whose history the actor keeps, with those they came from."""
    return await reach(actor.units_for(*KEEPS))


async def kept_holder(
    person_id: int | None, unit_id: int | None, actor: Actor, today: date
) -> Holder:
    """Somebody whose history the actor keeps, else NotVisible."""
    if not may_keep(actor):
        raise NotVisible
    kept = await keeps_over(actor)
    if person_id is not None:
        holder = await _person(person_id, kept, today, own=None)
        await act_for(actor, KEEPS, [person_id], today)
        return holder
    if unit_id is None or unit_id not in kept:
        raise NotVisible
    await act_over(actor, KEEPS, [unit_id])
    return await unit_holder(unit_id)


async def holder_for_update(
    person_id: int | None, unit_id: int | None, actor: Actor, today: date
) -> Holder:
    """Inside a transaction: two who enter the same award at once must see each other's."""
    if not 0 < (person_id or unit_id or 0) <= LARGEST_ID:
        raise NotVisible
    if person_id is not None:
        await Person.raw("SELECT id FROM person WHERE id = {} FOR UPDATE", person_id)
    else:
        await Unit.raw("SELECT id FROM unit WHERE id = {} FOR UPDATE", unit_id)
    return await kept_holder(person_id, unit_id, actor, today)


async def _person(person_id: int, units: frozenset[int], today: date, *, own: int | None) -> Holder:
    if not 0 < person_id <= LARGEST_ID:
        raise NotVisible
    rows = await Person.raw(
        "SELECT p.id, p.full_name, p.staff_code FROM person p"
        " WHERE p.id = {} AND (p.id = {} OR {})",
        person_id,
        own,
        seen_through(units, today),
    )
    if not rows:
        raise NotVisible
    return Holder(rows[0]["id"], None, rows[0]["full_name"], rows[0]["staff_code"])
