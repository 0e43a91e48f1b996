"""Somebody new with a first posting, and a person's own data put right."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from app.audit import actions as audit
from app.kernel.actor import Actor
from app.kernel.period import Period, today_in_vietnam
from app.kernel.refusal import NotVisible, Refusal, Refused
from app.kernel.vietnamese import person_order_key, search_key
from app.organization import policy, queries, rules
from app.organization.rules import PersonFacts
from app.organization.tables import Person, Posting
from app.piccolo_conf import DB

# Of these the log keeps what they were and are; of the others only that they were changed.
_TOLD = {"staff_code": "code", "full_name": "name", "recruited_on": "recruited_on"}


async def add_person(
    new: PersonFacts,
    unit_id: int,
    post: str,
    first: date,
    *,
    another: bool = False,
    actor: Actor,
    now: datetime,
) -> int:
    """Returns the id. `another`: said to be somebody else than their namesake."""
    today = today_in_vietnam(now)
    async with DB.transaction():
        reach = await _locked(actor)
        if unit_id not in reach:
            raise Refused(rules.FOREIGN_UNIT)
        await queries.act_over(actor, policy.KEEPS_PEOPLE, [unit_id])
        await queries.lock_posted([unit_id])
        unit = (await queries.units_facts([unit_id]))[unit_id]
        _check(rules.refuse_person(new, today))
        _check(rules.refuse_posting_in(unit, Period(first)))
        await _refuse_twice(new, reach, today, another=another)
        person = Person(**_row(new))
        await person.save()
        await Posting(person=person.id, unit=unit_id, post=post, valid_from=first).save()
        await audit.record(
            actor,
            "organization.add_person",
            "person",
            person.id,
            now=now,
            code=new.staff_code,
            unit=unit_id,
            valid_from=first,
        )
    return int(person.id)


async def correct_person(
    person_id: int,
    new: PersonFacts,
    why: str,
    version: str,
    *,
    another: bool = False,
    actor: Actor,
    now: datetime,
) -> None:
    """`version`: what the form was made from. Refused with CHANGED when it is another by now.

    What was made of the person before keeps the old name: dossiers, decisions, certificates.
    """
    today = today_in_vietnam(now)
    async with DB.transaction():
        reach = await _locked(actor)
        await queries.kept_person(person_id, reach, today)
        await queries.act_for(actor, policy.KEEPS_PEOPLE, [person_id], today)
        before = await queries.person_facts(person_id)
        changed = rules.changed_fields(before, new)
        if not changed:
            return  # a second click, or nothing was typed
        if before.version != version:
            raise Refused(rules.CHANGED)
        _check(rules.refuse_person(new, today))
        unlike = {"full_name", "birth_date"} & set(changed)
        await _refuse_twice(new, reach, today, but=person_id, another=another or not unlike)
        await Person.update(_row(new)).where(Person.id == person_id)
        await audit.record(
            actor,
            "organization.correct_person",
            "person",
            person_id,
            now=now,
            why=why,
            fields=", ".join(changed),
            **_told(before, new, changed),
        )


async def _locked(actor: Actor) -> frozenset[int]:
    """The units whose people the actor keeps, with nobody else writing about people."""
    if not policy.may_keep_people(actor):
        raise NotVisible
    await queries.lock_people()
    return await queries.reach(policy.people_kept_over(actor))


async def _refuse_twice(
    person: PersonFacts, reach: Collection[int], today: date, *, but: int = 0, another: bool
) -> None:
    taken = await queries.is_code_taken(person.staff_code, but=but)
    _check(rules.refuse_taken_code(person.staff_code, taken))
    if not another:
        found = await queries.namesakes(person, reach, today, but=but)
        _check(rules.refuse_namesake(person, found))


def _row(person: PersonFacts) -> dict[Any, Any]:
    """By column name."""
    name = person.full_name
    keys = {"search_key": search_key(name), "order_key": person_order_key(name)}
    return {**asdict(person), **keys}


def _told(
    before: PersonFacts, after: PersonFacts, changed: Collection[str]
) -> dict[str, list[object]]:
    """Each as a pair. Who reads the log may not know birth dates; the rest is nobody's business."""
    old, new = asdict(before), asdict(after)
    return {word: [old[name], new[name]] for name, word in _TOLD.items() if name in changed}


def _check(refusal: Refusal | None) -> None:
    if refusal:
        raise Refused(refusal)
