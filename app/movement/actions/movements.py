"""Launch a movement and keep what it rests on."""

from __future__ import annotations

from dataclasses import fields
from datetime import datetime
from typing import Any

import asyncpg

from app.audit import actions as audit
from app.catalogue.rules import LegalSourceEntry
from app.catalogue.tables import LegalSource
from app.kernel.actor import Actor
from app.kernel.refusal import N_, NotVisible, Refusal, Refused
from app.movement import policy, queries
from app.movement.actions.planned import planned_movement
from app.movement.rules import (
    CHANGED,
    CODE_TAKEN,
    MovementPlan,
    refuse_movement,
    refuse_parent,
    refuse_yearly_day,
)
from app.movement.tables import Movement, MovementDate, MovementSource
from app.piccolo_conf import DB


async def create_movement(plan: MovementPlan, *, actor: Actor, now: datetime) -> int:
    if not policy.may_plan(actor, plan.launched_by):
        raise NotVisible
    try:
        async with DB.transaction():
            await _check(plan, 0)
            row = Movement(**_columns(plan))
            await row.save()
            await audit.record(
                actor, "movement.create", "movement", row.id, now=now, code=plan.code
            )
    except asyncpg.UniqueViolationError:
        raise Refused(CODE_TAKEN) from None
    return int(row.id)


async def change_movement(
    movement_id: int, plan: MovementPlan, version: int, *, actor: Actor, now: datetime
) -> None:
    """`version`: what the form was made from; Refused with CHANGED when it is another by now."""
    try:
        async with DB.transaction():
            await queries.lock_tree()
            stored = await planned_movement(movement_id, actor)
            if not policy.may_plan(actor, plan.launched_by):
                raise NotVisible
            if stored.version != version:
                raise Refused(CHANGED)
            await _check(plan, movement_id)
            changed = [
                field.name
                for field in fields(plan)
                if getattr(plan, field.name) != getattr(stored.plan, field.name)
            ]
            if not changed:
                return
            columns = {**_columns(plan), "version": version + 1}
            await Movement.update(columns).where(Movement.id == movement_id)  # type: ignore[arg-type]
            await audit.record(
                actor,
                "movement.change",
                "movement",
                movement_id,
                now=now,
                fields=", ".join(changed),
                version=version + 1,
            )
    except asyncpg.UniqueViolationError:
        raise Refused(CODE_TAKEN) from None


async def cite_source(movement_id: int, source_id: int, *, actor: Actor, now: datetime) -> None:
    """A paper of the catalogue; NotVisible when there is none of that id."""
    async with DB.transaction():
        await planned_movement(movement_id, actor)
        found = await LegalSource.select(LegalSource.number).where(LegalSource.id == source_id)
        if not found:
            raise NotVisible
        await _cite(movement_id, source_id)
        await audit.record(
            actor,
            "movement.cite_source",
            "movement",
            movement_id,
            now=now,
            number=found[0]["number"],
        )


async def add_source(
    movement_id: int, source: LegalSourceEntry, *, actor: Actor, now: datetime
) -> None:
    """Take a paper into the catalogue and let the movement rest on it."""
    async with DB.transaction():
        await planned_movement(movement_id, actor)
        rows = await LegalSource.raw(
            "INSERT INTO legal_source"
            " (number, title, issuer, signed_on, effective_from, effective_to, note, cited)"
            " VALUES ({}, {}, {}, {}, {}, {}, '', false) ON CONFLICT DO NOTHING RETURNING id",
            source.number,
            source.title,
            source.issuer,
            source.signed_on,
            source.effective_from,
            source.effective_to,
        )
        if not rows:
            raise Refused(
                Refusal(
                    "source-known",
                    N_("Danh mục đã có văn bản số này; vui lòng chọn trong danh mục."),
                    field_name="number",
                )
            )
        await _cite(movement_id, rows[0]["id"])
        await audit.record(
            actor, "movement.add_source", "movement", movement_id, now=now, number=source.number
        )


async def remove_source(movement_id: int, source_id: int, *, actor: Actor, now: datetime) -> None:
    """The paper stays in the catalogue."""
    async with DB.transaction():
        await planned_movement(movement_id, actor)
        rows = await MovementSource.raw(
            "DELETE FROM movement_source m USING legal_source s WHERE m.movement = {}"
            " AND m.source = {} AND s.id = m.source RETURNING s.number",
            movement_id,
            source_id,
        )
        if not rows:
            raise NotVisible
        await audit.record(
            actor,
            "movement.remove_source",
            "movement",
            movement_id,
            now=now,
            number=rows[0]["number"],
        )


async def add_date(
    movement_id: int, name: str, month: int, day: int, *, actor: Actor, now: datetime
) -> None:
    async with DB.transaction():
        await planned_movement(movement_id, actor)
        if refusal := refuse_yearly_day(month, day):
            raise Refused(refusal)
        rows = await MovementDate.raw(
            "INSERT INTO movement_date (movement, name, month, day) VALUES ({}, {}, {}, {})"
            " ON CONFLICT DO NOTHING RETURNING id",
            movement_id,
            name,
            month,
            day,
        )
        if not rows:
            raise Refused(
                Refusal(
                    "date-known", N_("Phong trào đã có mốc với tên này."), field_name="date_name"
                )
            )
        await audit.record(
            actor,
            "movement.add_date",
            "movement",
            movement_id,
            now=now,
            record=rows[0]["id"],
            day=f"{day:02d}/{month:02d}",
        )


async def remove_date(movement_id: int, date_id: int, *, actor: Actor, now: datetime) -> None:
    async with DB.transaction():
        await planned_movement(movement_id, actor)
        rows = await MovementDate.raw(
            "DELETE FROM movement_date WHERE movement = {} AND id = {} RETURNING month, day",
            movement_id,
            date_id,
        )
        if not rows:
            raise NotVisible
        await audit.record(
            actor,
            "movement.remove_date",
            "movement",
            movement_id,
            now=now,
            record=date_id,
            day=f"{rows[0]['day']:02d}/{rows[0]['month']:02d}",
        )


async def _check(plan: MovementPlan, movement_id: int) -> None:
    windows = await queries.windows(movement_id) if movement_id else ()
    refusal = refuse_movement(plan, windows)
    if refusal is None and plan.parent is not None:
        above = await queries.above(plan.parent)
        if not above:
            raise NotVisible
        refusal = refuse_parent(movement_id, above)
    if refusal:
        raise Refused(refusal)


async def _cite(movement_id: int, source_id: int) -> None:
    rows = await MovementSource.raw(
        "INSERT INTO movement_source (movement, source) VALUES ({}, {})"
        " ON CONFLICT DO NOTHING RETURNING id",
        movement_id,
        source_id,
    )
    if not rows:
        raise Refused(
            Refusal("source-cited", N_("Phong trào đã dẫn văn bản này."), field_name="source")
        )


def _columns(plan: MovementPlan) -> dict[str, Any]:
    return {field.name: getattr(plan, field.name) for field in fields(plan)}
