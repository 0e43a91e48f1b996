"""What every event of units does: lock, check, write."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date

from app.kernel.actor import Actor
from app.kernel.period import Period
from app.kernel.refusal import NotVisible, Refusal, Refused
from app.kernel.vietnamese import order_key, search_key, tidy
from app.organization import policy, queries, rules
from app.organization.rules import NewUnit, UnitFacts, Version
from app.organization.tables import Unit, UnitSuccession, UnitVersion


async def locked(
    actor: Actor, unit_ids: Collection[int], *, with_people: Collection[int] = ()
) -> dict[int, UnitFacts]:
    """The units as they are, for nobody else to change; NotVisible unless the actor may.

    `with_people`: units whose people are locked too, and first: who writes a posting locks the
    person before the unit.
    """
    if with_people:
        await queries.lock_members(with_people)
    await queries.lock_tree(unit_ids)
    reach = await queries.reach(actor.units_for(*policy.CHANGES_UNITS))
    if not policy.changes_units(actor) or not policy.may_change_units(reach, *unit_ids):
        raise NotVisible
    await queries.act_over(actor, policy.CHANGES_UNITS, unit_ids)
    return dict(await queries.units_facts(set(unit_ids)))


async def refuse_codes(news: Sequence[NewUnit], field_name: str = "code") -> None:
    taken = await queries.codes_taken([new.code for new in news])
    for new in news:
        if refusal := rules.refuse_code(new.code, taken):
            raise Refused(replace(refusal, field_name=field_name))


async def insert(new: NewUnit, parent_id: int | None, day: date) -> int:
    unit = Unit(code=new.code, kind=new.kind, founded_on=day)
    await unit.save()
    await _row(unit.id, Version(tidy(new.name), parent_id, Period(day))).save()
    return int(unit.id)


async def store(unit: UnitFacts) -> None:
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


async def succeed(predecessor: int, successor: int, day: date, event: str) -> None:
    await UnitSuccession(
        predecessor=predecessor, successor=successor, happened_on=day, event=event
    ).save()


def check(refusal: Refusal | None) -> None:
    if refusal:
        raise Refused(refusal)
