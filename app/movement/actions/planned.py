"""What is planned, locked, for whoever plans it."""

from __future__ import annotations

from app.kernel.actor import Actor
from app.kernel.refusal import NotVisible
from app.movement import policy, queries
from app.movement.queries.editing import StoredMovement
from app.movement.rules import RoundFacts


async def planned_movement(movement_id: int, actor: Actor) -> StoredMovement:
    stored = await queries.stored_movement(movement_id, lock=True)
    if not policy.may_plan(actor, stored.plan.launched_by):
        raise NotVisible
    return stored


async def planned_round(round_id: int, actor: Actor) -> RoundFacts:
    round_ = await queries.round_facts(round_id, lock=True)
    if not policy.may_plan(actor, round_.unit_id):
        raise NotVisible
    return round_
