"""Writing criteria sets. A set may be changed until a round opens with it."""

from __future__ import annotations

from datetime import datetime

from app.audit import actions as audit
from app.kernel.actor import Actor
from app.kernel.refusal import Refused
from app.movement import queries
from app.movement.actions.criteria_rows import (
    code_of,
    copied_from,
    copy_criteria,
    count_edit,
    insert_criterion,
    must_build,
    must_fit,
    replace_criterion,
    writable,
)
from app.movement.criteria_default import default_criteria, default_gates
from app.movement.queries.criteria import source_choices
from app.movement.rules.building import (
    CriterionDraft,
    moved,
    place_for,
    refuse_discarding,
    refuse_second_version,
)
from app.movement.tables import CriteriaSet, Criterion, CriterionBand
from app.piccolo_conf import DB


async def create_set(
    movement_id: int,
    subject: str,
    name: str,
    origin: str,
    newest: int,
    *,
    actor: Actor,
    now: datetime,
) -> int:
    """`origin`: empty (the gates alone), default, or the id of a set for the same subject, of any
    movement. `newest`: the version that was the last when the form was made; 0: there was none."""
    async with DB.transaction():
        must_build(actor, (await queries.movement(movement_id)).unit_id)
        # Two people creating at once must not get the same version.
        await CriteriaSet.raw("SELECT 1 FROM movement WHERE id = {} FOR UPDATE", movement_id)
        found = await CriteriaSet.raw(
            "SELECT coalesce(max(version), 0) AS newest FROM criteria_set"
            " WHERE movement = {} AND subject = {}",
            movement_id,
            subject,
        )
        if refusal := refuse_second_version(found[0]["newest"], newest):
            raise Refused(refusal)
        copied = await copied_from(origin, subject)
        made = CriteriaSet(
            movement=movement_id,
            subject=subject,
            version=newest + 1,
            name=name,
            note="",
            based_on=copied,
            by=actor.account_id,
            at=now,
        )
        await made.save()
        if copied is None:
            sources = {paper.number: paper.id for paper in await source_choices()}
            whole = origin == "default"
            drafts = default_criteria(subject, sources) if whole else default_gates(sources)
            for position, draft in enumerate(drafts, start=1):
                await insert_criterion(made.id, position, draft)
        if copied is not None:
            await copy_criteria(copied, made.id)
        await audit.record(
            actor,
            "movement.create_criteria",
            "criteria_set",
            made.id,
            now=now,
            version=made.version,
            based_on=copied,
        )
    return int(made.id)


async def describe_set(
    set_id: int, name: str, note: str, seen: int, *, actor: Actor, now: datetime
) -> None:
    async with DB.transaction():
        await writable(set_id, seen, actor)
        await CriteriaSet.raw(
            "UPDATE criteria_set SET name = {}, note = {} WHERE id = {}", name, note, set_id
        )
        await count_edit(set_id, actor, now)
        await audit.record(actor, "movement.describe_criteria", "criteria_set", set_id, now=now)


async def discard_set(set_id: int, seen: int, *, actor: Actor, now: datetime) -> int:
    """Returns the movement it belonged to."""
    async with DB.transaction():
        found = await writable(set_id, seen, actor)
        if refusal := refuse_discarding(found.use):
            raise Refused(refusal)
        await CriterionBand.raw(
            "DELETE FROM criterion_band WHERE criterion IN"
            " (SELECT id FROM criterion WHERE criteria_set = {})",
            set_id,
        )
        await Criterion.raw("DELETE FROM criterion WHERE criteria_set = {}", set_id)
        await CriteriaSet.raw("DELETE FROM criteria_set WHERE id = {}", set_id)
        await audit.record(
            actor,
            "movement.discard_criteria",
            "criteria_set",
            set_id,
            now=now,
            version=found.facts.version,
        )
    return found.movement_id


async def add_criterion(
    set_id: int, draft: CriterionDraft, seen: int, *, actor: Actor, now: datetime
) -> int:
    async with DB.transaction():
        found = await writable(set_id, seen, actor)
        await must_fit(draft, found, None)
        position = place_for(draft.kind, found.facts.criteria)
        await Criterion.raw(
            "UPDATE criterion SET position = position + 1"
            " WHERE criteria_set = {} AND position >= {}",
            set_id,
            position,
        )
        criterion_id = await insert_criterion(set_id, position, draft)
        await count_edit(set_id, actor, now)
        await audit.record(
            actor,
            "movement.add_criterion",
            "criteria_set",
            set_id,
            now=now,
            criterion=draft.code,
        )
    return criterion_id


async def change_criterion(
    set_id: int, criterion_id: int, draft: CriterionDraft, seen: int, *, actor: Actor, now: datetime
) -> None:
    async with DB.transaction():
        found = await writable(set_id, seen, actor)
        code_of(found, criterion_id)
        await must_fit(draft, found, criterion_id)
        await replace_criterion(criterion_id, draft)
        await count_edit(set_id, actor, now)
        await audit.record(
            actor,
            "movement.change_criterion",
            "criteria_set",
            set_id,
            now=now,
            criterion=draft.code,
        )


async def remove_criterion(
    set_id: int, criterion_id: int, seen: int, *, actor: Actor, now: datetime
) -> None:
    async with DB.transaction():
        found = await writable(set_id, seen, actor)
        code = code_of(found, criterion_id)
        await CriterionBand.raw("DELETE FROM criterion_band WHERE criterion = {}", criterion_id)
        await Criterion.raw("DELETE FROM criterion WHERE id = {}", criterion_id)
        await count_edit(set_id, actor, now)
        await audit.record(
            actor, "movement.remove_criterion", "criteria_set", set_id, now=now, criterion=code
        )


async def move_criterion(
    set_id: int, criterion_id: int, by: int, seen: int, *, actor: Actor, now: datetime
) -> None:
    """`by`: -1 is up, 1 is down."""
    async with DB.transaction():
        found = await writable(set_id, seen, actor)
        code = code_of(found, criterion_id)
        await Criterion.raw(
            "UPDATE criterion c SET position = x.place"
            " FROM unnest({}::int[]) WITH ORDINALITY AS x (id, place) WHERE c.id = x.id",
            list(moved(found.facts.criteria, criterion_id, by)),
        )
        await count_edit(set_id, actor, now)
        await audit.record(
            actor, "movement.move_criterion", "criteria_set", set_id, now=now, criterion=code
        )
