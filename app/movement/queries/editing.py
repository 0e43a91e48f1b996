"""What the forms of movements and rounds start from and offer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from app.kernel.period import Period
from app.kernel.refusal import NotVisible
from app.movement.queries.rounds import LARGEST_ID
from app.movement.rules import AnnualRound, MovementPlan, RoundPlan
from app.movement.tables import CriteriaSet, Movement, ReviewRound, StageExtension

_TREE_LOCK = 7_408_161


@dataclass(frozen=True, slots=True)
class StoredMovement:
    plan: MovementPlan
    version: int
    launched_by_code: str


@dataclass(frozen=True, slots=True)
class StoredRound:
    plan: RoundPlan
    version: int
    opened: bool


@dataclass(frozen=True, slots=True)
class Choice:
    id: int
    label: str


@dataclass(frozen=True, slots=True)
class ShownExtension:
    stage: str
    old_last: date
    new_last: date
    reason: str
    by: str
    at: datetime


async def stored_movement(movement_id: int, *, lock: bool = False) -> StoredMovement:
    """`lock` holds its row until the transaction ends: rounds are planned one after another."""
    if not 0 < movement_id <= LARGEST_ID:
        raise NotVisible
    if lock:
        await Movement.raw("SELECT 1 FROM movement WHERE id = {} FOR UPDATE", movement_id)
    rows = await Movement.raw(
        "SELECT m.*, u.code AS unit_code FROM movement m JOIN unit u ON u.id = m.launched_by"
        " WHERE m.id = {}",
        movement_id,
    )
    if not rows:
        raise NotVisible
    row = rows[0]
    plan = MovementPlan(**{name: row[name] for name in MovementPlan.__dataclass_fields__})
    return StoredMovement(plan, row["version"], row["unit_code"])


async def stored_round(round_id: int) -> StoredRound:
    if not 0 < round_id <= LARGEST_ID:
        raise NotVisible
    rows = await ReviewRound.raw(
        "SELECT r.*, o.id AS opening FROM review_round r"
        " LEFT JOIN round_opening o ON o.round = r.id WHERE r.id = {}",
        round_id,
    )
    if not rows:
        raise NotVisible
    row = rows[0]
    own = {name: row[name] for name in RoundPlan.__dataclass_fields__ if name in row}
    window = Period(row["achievements_from"], row["achievements_to"])
    return StoredRound(RoundPlan(**own, achievements=window), row["version"], bool(row["opening"]))


async def windows(movement_id: int) -> tuple[Period, ...]:
    """Of every round of the movement."""
    rows = await ReviewRound.raw(
        "SELECT achievements_from, achievements_to FROM review_round WHERE movement = {}"
        " ORDER BY achievements_from",
        movement_id,
    )
    return tuple(Period(row["achievements_from"], row["achievements_to"]) for row in rows)


async def annual_rounds(movement_id: int, *, but: int = 0) -> tuple[AnnualRound, ...]:
    """Of the movement, without the round `but`, oldest first."""
    rows = await ReviewRound.raw(
        "SELECT code, name, achievements_from AS first, achievements_to AS last FROM review_round"
        " WHERE movement = {} AND kind = 'annual' AND id <> {} ORDER BY achievements_from",
        movement_id,
        but,
    )
    return tuple(
        AnnualRound(row["code"], row["name"], Period(row["first"], row["last"])) for row in rows
    )


async def lock_tree() -> None:
    """Until the transaction ends nobody else gives a movement a parent: of two that would become
    each other's, the second sees the first. Taken before any movement's own row."""
    await Movement.raw("SELECT pg_advisory_xact_lock({})", _TREE_LOCK)


async def above(movement_id: int) -> frozenset[int]:
    """The movement and every one it is part of; empty when there is none of that id."""
    rows = await Movement.raw(
        "WITH RECURSIVE up AS (SELECT id, parent FROM movement WHERE id = {}"
        " UNION SELECT m.id, m.parent FROM up JOIN movement m ON m.id = up.parent)"
        " SELECT id FROM up",
        movement_id,
    )
    return frozenset(row["id"] for row in rows)


async def source_choices(movement_id: int) -> tuple[Choice, ...]:
    """Papers of the catalogue that the movement does not rest on yet."""
    rows = await Movement.raw(
        "SELECT s.id, s.number || ': ' || s.title AS label FROM legal_source s"
        " WHERE NOT EXISTS (SELECT FROM movement_source m WHERE m.source = s.id"
        " AND m.movement = {}) ORDER BY s.signed_on DESC NULLS LAST, s.number",
        movement_id,
    )
    return _choices(rows)


async def award_form_choices() -> tuple[Choice, ...]:
    return _choices(await Movement.raw("SELECT id, name AS label FROM award_form ORDER BY id"))


@dataclass(frozen=True, slots=True)
class SetChoice:
    id: int
    subject: str
    name: str
    version: int


async def set_choices(movement_id: int) -> tuple[SetChoice, ...]:
    """The criteria sets of the movement, the newest version of each subject first."""
    rows = await CriteriaSet.raw(
        "SELECT id, subject, name, version FROM criteria_set WHERE movement = {}"
        " ORDER BY subject, version DESC",
        movement_id,
    )
    return tuple(SetChoice(**row) for row in rows)


async def extensions(round_id: int) -> tuple[ShownExtension, ...]:
    """Newest first; of one extension the stage asked for before those moved with it."""
    rows = await StageExtension.raw(
        "SELECT e.stage, e.old_last, e.new_last, e.reason, a.name AS by, e.at"
        " FROM stage_extension e JOIN account a ON a.id = e.by WHERE e.round = {}"
        " ORDER BY e.at DESC, e.id",
        round_id,
    )
    return tuple(ShownExtension(**row) for row in rows)


def _choices(rows: Sequence[dict[str, Any]]) -> tuple[Choice, ...]:
    return tuple(Choice(**row) for row in rows)
