"""Units join a movement and leave it."""

from __future__ import annotations

from datetime import date, datetime

from app.audit import actions as audit
from app.kernel.actor import Actor
from app.kernel.refusal import Refused
from app.movement import queries
from app.movement.actions.planned import planned_movement
from app.movement.rules import refuse_joining, refuse_leaving
from app.movement.tables import MovementUnit
from app.piccolo_conf import DB


async def join_unit(
    movement_id: int,
    unit_id: int,
    joined_on: date,
    *,
    with_children: bool,
    actor: Actor,
    now: datetime,
) -> int:
    """Returns how many joined; `with_children`: also all units directly below it that day.

    A unit below that takes part already is passed over.
    """
    async with DB.transaction():
        # The movement's row is locked, so two clicks join a unit once.
        stored = await planned_movement(movement_id, actor)
        refusal = refuse_joining(
            joined_on,
            stored.plan.life,
            await queries.unit_life(unit_id),
            await queries.memberships(movement_id, unit_id),
        )
        if refusal and not (with_children and refusal.code == "already-joined"):
            raise Refused(refusal)
        joined = 0 if refusal else await _join(movement_id, [unit_id], joined_on, actor, now)
        if with_children:
            below = await MovementUnit.raw("{}", queries.directly_below(unit_id, joined_on))
            children = [row["unit"] for row in below]
            joined += await _join(movement_id, children, joined_on, actor, now)
        if refusal and not joined:
            raise Refused(refusal)
        await audit.record(
            actor,
            "movement.join_unit",
            "movement",
            movement_id,
            now=now,
            unit=unit_id,
            day=joined_on,
            count=joined,
        )
    return joined


async def end_membership(
    movement_id: int, membership_id: int, left_on: date, *, actor: Actor, now: datetime
) -> None:
    async with DB.transaction():
        await planned_movement(movement_id, actor)
        membership = await queries.membership(movement_id, membership_id)
        if refusal := refuse_leaving(left_on, membership):
            raise Refused(refusal)
        rows = await MovementUnit.raw(
            "UPDATE movement_unit SET left_on = {} WHERE id = {} RETURNING unit",
            left_on,
            membership_id,
        )
        await audit.record(
            actor,
            "movement.leave_unit",
            "movement",
            movement_id,
            now=now,
            unit=rows[0]["unit"],
            day=left_on,
        )


async def _join(
    movement_id: int, unit_ids: list[int], joined_on: date, actor: Actor, now: datetime
) -> int:
    rows = await MovementUnit.raw(
        "INSERT INTO movement_unit (movement, unit, joined_on, by, at)"
        " SELECT {}, u.unit, {}, {}, {} FROM unnest({}::int[]) AS u(unit)"
        " WHERE NOT EXISTS (SELECT FROM movement_unit m WHERE m.movement = {}"
        " AND m.unit = u.unit AND (m.left_on IS NULL OR m.left_on >= {})) RETURNING id",
        movement_id,
        joined_on,
        actor.account_id,
        now,
        unit_ids,
        movement_id,
        joined_on,
    )
    return len(rows)
