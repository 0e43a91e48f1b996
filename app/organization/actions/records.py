"""Records of people: postings, classifications, leadership pipeline, long absences."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

from app.audit import actions as audit
from app.kernel.actor import Actor
from app.kernel.period import today_in_vietnam
from app.kernel.refusal import NotVisible, Refusal, Refused
from app.organization import policy, queries, rules
from app.organization.rules import PersonRecord
from app.organization.tables import Person
from app.piccolo_conf import DB

_INSERT = {
    "postings": "INSERT INTO posting (post, valid_from, valid_to, unit, is_main, person)"
    " VALUES ({}, {}, {}, {}, {}, {}) RETURNING id",
    "classifications": "INSERT INTO yearly_classification (level, year, person)"
    " VALUES ({}, {}, {}) RETURNING id",
    "pipeline": "INSERT INTO leadership_pipeline (post, valid_from, valid_to, person)"
    " VALUES ({}, {}, {}, {}) RETURNING id",
    "absences": "INSERT INTO long_absence (reason, valid_from, valid_to, person)"
    " VALUES ({}, {}, {}, {}) RETURNING id",
}
_UPDATE = {
    "postings": "UPDATE posting SET post = {}, valid_from = {}, valid_to = {}, unit = {},"
    " is_main = {} WHERE id = {}",
    "classifications": "UPDATE yearly_classification SET level = {}, year = {} WHERE id = {}",
    "pipeline": "UPDATE leadership_pipeline SET post = {}, valid_from = {}, valid_to = {}"
    " WHERE id = {}",
    "absences": "UPDATE long_absence SET reason = {}, valid_from = {}, valid_to = {} WHERE id = {}",
}
_DELETE = {
    "postings": "DELETE FROM posting WHERE id = {}",
    "classifications": "DELETE FROM yearly_classification WHERE id = {}",
    "pipeline": "DELETE FROM leadership_pipeline WHERE id = {}",
    "absences": "DELETE FROM long_absence WHERE id = {}",
}


async def add_record(
    person_id: int,
    kind: str,
    new: PersonRecord,
    *,
    ends_previous: bool = False,
    actor: Actor,
    now: datetime,
) -> int:
    """`ends_previous`: a new main posting ends the one held until then on the day before."""
    today = today_in_vietnam(now)
    async with DB.transaction():
        known = list(await _kept(person_id, kind, actor, today, new.unit_id))
        ended = None
        if ends_previous and kind == "postings" and new.is_main:
            ended = rules.main_before(new.period.first, known)
        if ended is not None:
            await _covered(kind, ended, actor)
            known = [ended if record.id == ended.id else record for record in known]
        await _check(kind, new, known, actor, today)
        if ended is not None:
            await Person.raw(_UPDATE[kind], *_values(kind, ended), ended.id)
        rows = await Person.raw(_INSERT[kind], *_values(kind, new), person_id)
        record_id = int(rows[0]["id"])
        detail = _told(kind, new)
        if ended is not None:
            detail["ended"] = ended.id
        await audit.record(
            actor,
            "organization.add_record",
            "person",
            person_id,
            now=now,
            kind=kind,
            record=record_id,
            **detail,
        )
    return record_id


async def correct_record(
    person_id: int,
    kind: str,
    record_id: int,
    new: PersonRecord,
    why: str,
    version: str,
    *,
    actor: Actor,
    now: datetime,
) -> None:
    """What was wrong, or what has an end now. `why`: one of CHANGE_REASONS.

    `version`: what the form was made from. Refused with CHANGED when it is another by now.
    """
    today = today_in_vietnam(now)
    async with DB.transaction():
        known = await _kept(person_id, kind, actor, today, new.unit_id)
        before = _one(known, record_id)
        await _covered(kind, before, actor)
        new = replace(new, id=record_id)
        if new == before:
            return  # a second click, or nothing was typed
        if before.version != version:
            raise Refused(rules.CHANGED)
        await _check(kind, new, [r for r in known if r.id != record_id], actor, today)
        await Person.raw(_UPDATE[kind], *_values(kind, new), record_id)
        await audit.record(
            actor,
            "organization.correct_record",
            "person",
            person_id,
            now=now,
            kind=kind,
            record=record_id,
            why=why,
            **_changes(kind, before, new),
        )


async def remove_record(
    person_id: int, kind: str, record_id: int, why: str, *, actor: Actor, now: datetime
) -> None:
    """What never was so. What was true and is over gets its last day instead.

    The log keeps when it was said to have been; `why`: one of REMOVAL_REASONS.
    """
    async with DB.transaction():
        known = await _kept(person_id, kind, actor, today_in_vietnam(now))
        before = _one(known, record_id)
        await _covered(kind, before, actor)
        _refuse(rules.refuse_record_removal(kind, len(known)))
        await Person.raw(_DELETE[kind], record_id)
        await audit.record(
            actor,
            "organization.remove_record",
            "person",
            person_id,
            now=now,
            kind=kind,
            record=record_id,
            why=why,
            **_told(kind, before),
        )


async def _kept(
    person_id: int, kind: str, actor: Actor, today: date, unit_id: int | None = None
) -> tuple[PersonRecord, ...]:
    """The person's records of the kind, for nobody else to change.

    Neither do their units end meanwhile, nor the one of a record about to be written.
    """
    if not policy.may_keep(actor, kind):
        raise NotVisible
    reach = await queries.reach(policy.keeps_over(actor, kind))
    await queries.kept_person(person_id, reach, today)
    await queries.lock_records(person_id, kind)
    await queries.kept_person(person_id, reach, today)
    await queries.act_for(actor, policy.KEEPS_RECORDS[kind], [person_id], today)
    known = await queries.records_of(person_id, kind)
    units = {record.unit_id for record in known} | {unit_id}
    await queries.lock_posted([unit for unit in units if unit is not None])
    return known


def _one(known: Sequence[PersonRecord], record_id: int) -> PersonRecord:
    for record in known:
        if record.id == record_id:
            return record
    raise NotVisible


async def _check(
    kind: str, new: PersonRecord, others: Sequence[PersonRecord], actor: Actor, today: date
) -> None:
    _refuse(rules.refuse_record(kind, new, others, today))
    await _covered(kind, new, actor)
    if new.unit_id is not None:
        unit = (await queries.units_facts([new.unit_id]))[new.unit_id]
        _refuse(rules.refuse_posting_in(unit, new.period))


async def _covered(kind: str, record: PersonRecord, actor: Actor) -> None:
    """A person may have postings of several units; each is for who keeps that unit."""
    if record.unit_id is not None:
        reach = await queries.reach(policy.keeps_over(actor, kind))
        _refuse(rules.refuse_foreign(record, reach))


def _refuse(refusal: Refusal | None) -> None:
    if refusal:
        raise Refused(refusal)


def _values(kind: str, record: PersonRecord) -> list[object]:
    first, last = record.period.first, record.period.last
    if kind == "classifications":
        return [record.text, first.year]
    if kind == "postings":
        return [record.text, first, last, record.unit_id, record.is_main]
    return [record.text, first, last]


def _told(kind: str, record: PersonRecord) -> dict[str, object]:
    """Without words: why somebody is away is nobody's business in the log."""
    if kind == "classifications":
        return {"year": record.period.first.year, "level": record.text}
    detail: dict[str, object] = {
        "valid_from": record.period.first,
        "valid_to": record.period.last,
    }
    if kind == "postings":
        detail |= {"unit": record.unit_id, "main": record.is_main}
    return detail


def _changes(kind: str, before: PersonRecord, after: PersonRecord) -> dict[str, object]:
    """Each changed value as a pair of what it was and what it is now."""
    old, new = _told(kind, before), _told(kind, after)
    changes: dict[str, object] = {
        key: [value, new[key]] for key, value in old.items() if value != new[key]
    }
    if kind != "classifications" and before.text != after.text:
        changes["reworded"] = True
    return changes
