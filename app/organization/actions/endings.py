"""Events that end units: what they were passes on. The day before `day` is the last of what ends.

`people`: whether those posted there follow (`move`) or are posted on one by one (`later`).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from app.audit import actions as audit
from app.kernel.actor import Actor
from app.kernel.refusal import N_, Refusal
from app.kernel.vietnamese import tidy
from app.organization import queries, rules
from app.organization.actions.following import post_on
from app.organization.actions.tree import check, insert, locked, refuse_codes, store, succeed
from app.organization.rules import NewUnit, UnitFacts
from app.piccolo_conf import DB


async def merge(
    unit_ids: Sequence[int],
    new: NewUnit,
    parent_id: int,
    day: date,
    *,
    people: str = "later",
    actor: Actor,
    now: datetime,
) -> int:
    """Hợp nhất: into a new unit, which takes over what lies below them; returns its id."""
    async with DB.transaction():
        units = await locked(actor, [*unit_ids, parent_id], with_people=unit_ids)
        merged = [units[unit_id] for unit_id in unit_ids]
        above = await queries.links_above(parent_id, day)
        check(rules.refuse_merge(merged, units[parent_id], day, above))
        await refuse_codes([new])
        new_id = await insert(new, parent_id, day)
        await _pass_on(merged, new_id, day, "merge")
        moved = await _follow(merged, new_id, day, people, actor, now)
        await audit.record(
            actor,
            "organization.merge",
            "unit",
            new_id,
            now=now,
            day=day,
            code=new.code,
            predecessors=[unit.code for unit in merged],
            **moved,
        )
    return new_id


async def absorb(
    unit_ids: Sequence[int],
    into_id: int,
    name: str,
    day: date,
    *,
    people: str = "later",
    actor: Actor,
    now: datetime,
) -> None:
    """Sáp nhập: into a unit that goes on, from `day` under `name` unless that is empty."""
    name = tidy(name)
    async with DB.transaction():
        units = await locked(actor, [*unit_ids, into_id], with_people=unit_ids)
        absorbed, into = [units[unit_id] for unit_id in unit_ids], units[into_id]
        before, after = into.latest.name, name or into.latest.name
        above = await queries.links_above(into_id, day)
        check(rules.refuse_absorption(absorbed, into, after, day, above))
        if after != before:
            await store(rules.with_version(into, day, name=after))
        await _pass_on(absorbed, into_id, day, "absorption")
        moved = await _follow(absorbed, into_id, day, people, actor, now)
        await audit.record(
            actor,
            "organization.absorb",
            "unit",
            into_id,
            now=now,
            day=day,
            predecessors=[unit.code for unit in absorbed],
            **({"before": before, "after": after} if after != before else {}),
            **moved,
        )


async def convert(
    unit_id: int,
    new: NewUnit,
    day: date,
    *,
    people: str = "later",
    actor: Actor,
    now: datetime,
) -> int:
    """One unit becomes one other, of another kind or standing; returns the new one's id."""
    async with DB.transaction():
        unit = (await locked(actor, [unit_id], with_people=[unit_id]))[unit_id]
        check(rules.refuse_ending(unit, day, (), taken_over=True))
        await refuse_codes([new])
        new_id = await insert(new, unit.latest.parent_id, day)
        await _pass_on([unit], new_id, day, "conversion")
        moved = await _follow([unit], new_id, day, people, actor, now)
        await audit.record(
            actor,
            "organization.convert",
            "unit",
            new_id,
            now=now,
            day=day,
            code=new.code,
            predecessors=[unit.code],
            **moved,
        )
    return new_id


async def split(
    unit_id: int,
    news: Sequence[NewUnit],
    day: date,
    *,
    to: str = "",
    people: str = "",
    actor: Actor,
    now: datetime,
) -> tuple[int, ...]:
    """Into several new units under the same parent; returns their ids in the order given.

    `to`: the code of the one that takes over what lies below and the people, if one does.
    """
    async with DB.transaction():
        unit = (await locked(actor, [unit_id], with_people=[unit_id]))[unit_id]
        check(rules.refuse_split(unit, news, day))
        await refuse_codes(news, field_name="parts")
        codes = [new.code for new in news]
        if to and to not in codes:
            message = N_("Mã “{code}” không có trong các đơn vị mới ở trên.")
            check(Refusal("not-a-part", message, {"code": to}, "to"))
        check(await _refuse_leaving(unit, day, people, received=bool(to)))
        new_ids = [await insert(new, unit.latest.parent_id, day) for new in news]
        to_id = new_ids[codes.index(to)] if to else None
        await _pass_on([unit], to_id, day)
        for new_id in new_ids:
            await succeed(unit_id, new_id, day, "split")
        moved = await _follow([unit], to_id, day, people, actor, now)
        await audit.record(
            actor,
            "organization.split",
            "unit",
            unit_id,
            now=now,
            day=day,
            successors=codes,
            **moved,
        )
    return tuple(new_ids)


async def dissolve(
    unit_id: int,
    day: date,
    *,
    to_id: int | None = None,
    people: str = "",
    actor: Actor,
    now: datetime,
) -> int:
    """Without a successor. Returns how many people are still posted there, which is no refusal.

    `to_id`: the unit that receives what lies below, and the people if they are told to go.
    """
    named = [unit_id] if to_id is None else [unit_id, to_id]
    async with DB.transaction():
        units = await locked(actor, named, with_people=[unit_id])
        unit = units[unit_id]
        if to_id is not None:
            above = await queries.links_above(to_id, day)
            check(rules.refuse_receiver([unit_id], units[to_id], day, above))
        check(await _refuse_leaving(unit, day, people, received=to_id is not None))
        await _pass_on([unit], to_id, day)
        moved = await _follow([unit], to_id, day, people, actor, now)
        posted = await queries.still_posted([unit_id], day)
        detail = {} if to_id is None else {"receiver": to_id}
        await audit.record(
            actor,
            "organization.dissolve",
            "unit",
            unit_id,
            now=now,
            day=day,
            posted=posted,
            **detail,
            **moved,
        )
    return posted


async def _refuse_leaving(
    unit: UnitFacts, day: date, people: str, *, received: bool
) -> Refusal | None:
    """Nothing below is left without a parent, and nobody without a word."""
    children = await queries.children_after([unit.id], day)
    if refusal := rules.refuse_ending(unit, day, children, taken_over=received):
        return refusal
    posted = await queries.still_posted([unit.id], day)
    return rules.refuse_people_untold(posted, people, received=received)


async def _pass_on(
    units: Sequence[UnitFacts], to_id: int | None, day: date, event: str | None = None
) -> None:
    """They end, and what lies below them lies below `to_id`; `event`: they are succeeded by it."""
    children = await queries.children_after([unit.id for unit in units], day)
    for unit in units:
        check(rules.refuse_ending(unit, day, children, taken_over=to_id is not None))
        await store(rules.ended(unit, day))
        if event is not None and to_id is not None:
            await succeed(unit.id, to_id, day, event)
    if to_id is not None:
        for child in rules.passed_on(children, to_id, day):
            await store(child)


async def _follow(
    units: Sequence[UnitFacts],
    to_id: int | None,
    day: date,
    people: str,
    actor: Actor,
    now: datetime,
) -> dict[str, object]:
    """For the log: how many people go along."""
    if people != "move" or to_id is None:
        return {}
    moved = await post_on([unit.id for unit in units], to_id, day, actor=actor, now=now)
    return {"moved": moved}
