"""Events of units. `day` is the first day of the new state; what ends, ends the day before."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date, datetime

from app.audit import actions as audit
from app.kernel.actor import Actor
from app.kernel.period import Period, today_in_vietnam
from app.kernel.refusal import NotVisible, Refusal, Refused
from app.kernel.vietnamese import order_key, search_key, tidy
from app.organization import policy, queries, rules
from app.organization.rules import NewUnit, UnitFacts, Version
from app.organization.tables import Unit, UnitSuccession, UnitVersion
from app.piccolo_conf import DB

OFFICE_NAME = "Cơ quan"


async def found_office(now: datetime) -> int:
    """The first unit of an empty database; its name is put right when the units are imported."""
    async with DB.transaction():
        office = NewUnit("co-quan", "supreme", OFFICE_NAME)
        unit_id = await _insert(office, None, today_in_vietnam(now))
        await audit.record(None, "organization.found", "unit", unit_id, now=now)
    return unit_id


async def found(new: NewUnit, parent_id: int, day: date, *, actor: Actor, now: datetime) -> int:
    async with DB.transaction():
        units = await _locked(actor, [parent_id])
        await _refuse_codes([new])
        _check(rules.refuse_parent(units[parent_id], day))
        unit_id = await _insert(new, parent_id, day)
        await audit.record(
            actor, "organization.found", "unit", unit_id, now=now, code=new.code, day=day
        )
    return unit_id


async def rename(unit_id: int, name: str, day: date, *, actor: Actor, now: datetime) -> None:
    name = tidy(name)
    async with DB.transaction():
        unit = (await _locked(actor, [unit_id]))[unit_id]
        _check(rules.refuse_rename(unit, name, day))
        await _store(rules.with_version(unit, day, name=name))
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
        units = await _locked(actor, [unit_id, parent_id])
        unit, parent = units[unit_id], units[parent_id]
        above = await queries.links_above(parent_id, day)
        _check(rules.refuse_move(unit, parent, day, above))
        await _store(rules.with_version(unit, day, parent_id=parent_id))
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


async def merge(
    unit_ids: Sequence[int],
    new: NewUnit,
    parent_id: int,
    day: date,
    *,
    actor: Actor,
    now: datetime,
) -> int:
    """Into a new unit, which takes over what lies below them; returns its id."""
    async with DB.transaction():
        units = await _locked(actor, [*unit_ids, parent_id])
        merged = [units[unit_id] for unit_id in unit_ids]
        above = await queries.links_above(parent_id, day)
        _check(rules.refuse_merge(merged, units[parent_id], day, above))
        await _refuse_codes([new])
        new_id = await _take_over(merged, new, parent_id, day, "merge")
        await audit.record(
            actor,
            "organization.merge",
            "unit",
            new_id,
            now=now,
            day=day,
            code=new.code,
            predecessors=[unit.code for unit in merged],
        )
    return new_id


async def convert(unit_id: int, new: NewUnit, day: date, *, actor: Actor, now: datetime) -> int:
    """One unit becomes one other, of another kind or standing; returns the new one's id."""
    async with DB.transaction():
        unit = (await _locked(actor, [unit_id]))[unit_id]
        parent_id = unit.latest.parent_id
        _check(rules.refuse_ending(unit, day, (), taken_over=True))
        await _refuse_codes([new])
        assert parent_id is not None  # noqa: S101 - refused above for the head of the tree
        new_id = await _take_over([unit], new, parent_id, day, "conversion")
        await audit.record(
            actor,
            "organization.convert",
            "unit",
            new_id,
            now=now,
            day=day,
            code=new.code,
            predecessors=[unit.code],
        )
    return new_id


async def split(
    unit_id: int, news: Sequence[NewUnit], day: date, *, actor: Actor, now: datetime
) -> tuple[int, ...]:
    """Into several new units under the same parent; returns their ids in the order given."""
    async with DB.transaction():
        unit = (await _locked(actor, [unit_id]))[unit_id]
        _check(rules.refuse_split(unit, news, day))
        children = await queries.children_after([unit_id], day)
        _check(rules.refuse_ending(unit, day, children, taken_over=False))
        await _refuse_codes(news, field_name="parts")
        await _store(rules.ended(unit, day))
        new_ids = [await _insert(new, unit.latest.parent_id, day) for new in news]
        for new_id in new_ids:
            await _succeed(unit_id, new_id, day, "split")
        await audit.record(
            actor,
            "organization.split",
            "unit",
            unit_id,
            now=now,
            day=day,
            successors=[new.code for new in news],
        )
    return tuple(new_ids)


async def dissolve(unit_id: int, day: date, *, actor: Actor, now: datetime) -> int:
    """Without a successor. Returns how many people are still posted there, which is no refusal."""
    async with DB.transaction():
        unit = (await _locked(actor, [unit_id]))[unit_id]
        children = await queries.children_after([unit_id], day)
        _check(rules.refuse_ending(unit, day, children, taken_over=False))
        await _store(rules.ended(unit, day))
        posted = await queries.still_posted([unit_id], day)
        await audit.record(
            actor, "organization.dissolve", "unit", unit_id, now=now, day=day, posted=posted
        )
    return posted


async def _locked(actor: Actor, unit_ids: Collection[int]) -> dict[int, UnitFacts]:
    """The units as they are, for nobody else to change; NotVisible unless the actor may."""
    await queries.lock_tree(unit_ids)
    reach = await queries.reach(actor.units_for(*policy.CHANGES_UNITS))
    if not policy.may_change_units(reach, *unit_ids):
        raise NotVisible
    return dict(await queries.units_facts(set(unit_ids)))


async def _take_over(
    units: Sequence[UnitFacts], new: NewUnit, parent_id: int, day: date, event: str
) -> int:
    children = await queries.children_after([unit.id for unit in units], day)
    for unit in units:
        _check(rules.refuse_ending(unit, day, children, taken_over=True))
    new_id = await _insert(new, parent_id, day)
    for unit in units:
        await _store(rules.ended(unit, day))
        await _succeed(unit.id, new_id, day, event)
    for child in rules.passed_on(children, new_id, day):
        await _store(child)
    return new_id


async def _refuse_codes(news: Sequence[NewUnit], field_name: str = "code") -> None:
    taken = await queries.codes_taken([new.code for new in news])
    for new in news:
        if refusal := rules.refuse_code(new.code, taken):
            raise Refused(replace(refusal, field_name=field_name))


async def _insert(new: NewUnit, parent_id: int | None, day: date) -> int:
    unit = Unit(code=new.code, kind=new.kind, founded_on=day)
    await unit.save()
    await _row(unit.id, Version(tidy(new.name), parent_id, Period(day))).save()
    return int(unit.id)


async def _store(unit: UnitFacts) -> None:
    """Write what an event made of a unit: its end, the end of a version, and the new version."""
    await Unit.update({Unit.dissolved_on: unit.dissolved_on}).where(Unit.id == unit.id)
    for version in unit.versions[-2:]:
        updated = (
            await UnitVersion.update({UnitVersion.valid_to: version.period.last})
            .where(UnitVersion.unit == unit.id, UnitVersion.valid_from == version.period.first)
            .returning(UnitVersion.id)
        )
        if not updated:
            await _row(unit.id, version).save()


def _row(unit_id: int, version: Version) -> UnitVersion:
    return UnitVersion(
        unit=unit_id,
        name=version.name,
        search_key=search_key(version.name),
        order_key=order_key(version.name),
        parent=version.parent_id,
        valid_from=version.period.first,
        valid_to=version.period.last,
    )


async def _succeed(predecessor: int, successor: int, day: date, event: str) -> None:
    await UnitSuccession(
        predecessor=predecessor, successor=successor, happened_on=day, event=event
    ).save()


def _check(refusal: Refusal | None) -> None:
    if refusal:
        raise Refused(refusal)
