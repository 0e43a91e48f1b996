"""Units founded, renamed, moved. `day` is the first day of the new state, for every event."""

from __future__ import annotations

from datetime import date, datetime

from app.audit import actions as audit
from app.kernel.actor import Actor
from app.kernel.period import today_in_vietnam
from app.kernel.vietnamese import tidy
from app.organization import queries, rules
from app.organization.actions.tree import check, insert, locked, refuse_codes, store
from app.organization.rules import NewUnit
from app.piccolo_conf import DB

OFFICE_NAME = "Cơ quan"


async def found_office(now: datetime) -> int:
    """The first unit of an empty database; its name is put right when the units are imported."""
    async with DB.transaction():
        office = NewUnit("co-quan", "supreme", OFFICE_NAME)
        unit_id = await insert(office, None, today_in_vietnam(now))
        await audit.record(None, "organization.found", "unit", unit_id, now=now)
    return unit_id


async def found(new: NewUnit, parent_id: int, day: date, *, actor: Actor, now: datetime) -> int:
    async with DB.transaction():
        units = await locked(actor, [parent_id])
        await refuse_codes([new])
        check(rules.refuse_parent(units[parent_id], day))
        unit_id = await insert(new, parent_id, day)
        await audit.record(
            actor, "organization.found", "unit", unit_id, now=now, code=new.code, day=day
        )
    return unit_id


async def rename(unit_id: int, name: str, day: date, *, actor: Actor, now: datetime) -> None:
    name = tidy(name)
    async with DB.transaction():
        unit = (await locked(actor, [unit_id]))[unit_id]
        check(rules.refuse_rename(unit, name, day))
        await store(rules.with_version(unit, day, name=name))
        await audit.record(
            actor,
            "organization.rename",
            "unit",
            unit_id,
            now=now,
            day=day,
            before=unit.latest.name,
            after=name,
        )


async def move(unit_id: int, parent_id: int, day: date, *, actor: Actor, now: datetime) -> None:
    """Under another parent, with everything below."""
    async with DB.transaction():
        units = await locked(actor, [unit_id, parent_id])
        unit, parent = units[unit_id], units[parent_id]
        above = await queries.links_above(parent_id, day)
        check(rules.refuse_move(unit, parent, day, above))
        await store(rules.with_version(unit, day, parent_id=parent_id))
        await audit.record(
            actor,
            "organization.move",
            "unit",
            unit_id,
            now=now,
            day=day,
            before=unit.latest.parent_id,
            after=parent_id,
        )
