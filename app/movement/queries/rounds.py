from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from app.kernel.period import Period
from app.kernel.refusal import NotVisible
from app.movement.rules import (
    COLUMNS,
    AwardFormFacts,
    Band,
    Calendar,
    CriteriaSetFacts,
    CriterionFacts,
    Opening,
    RoundFacts,
)
from app.movement.tables import Criterion, Movement, ReviewRound

LARGEST_ID = 2**31 - 1


@dataclass(frozen=True, slots=True)
class RoundLine:
    id: int
    code: str
    name: str
    kind: str
    achievements: Period
    nominations: Period | None
    session_on: date | None
    opened: bool


@dataclass(frozen=True, slots=True)
class MovementFacts:
    id: int
    code: str
    name: str
    launched_by: str
    launched_on: date
    summary: str
    sources: tuple[tuple[str, str], ...]
    rounds: tuple[RoundLine, ...]


@dataclass(frozen=True, slots=True)
class MovementLine:
    id: int
    name: str
    launched_on: date
    rounds: int


async def movements() -> tuple[MovementLine, ...]:
    rows = await Movement.raw(
        "SELECT m.id, m.name, m.launched_on, count(r.id) AS rounds FROM movement m"
        " LEFT JOIN review_round r ON r.movement = m.id GROUP BY m.id ORDER BY m.launched_on DESC"
    )
    return tuple(MovementLine(**row) for row in rows)


async def movement(movement_id: int) -> MovementFacts:
    if not 0 < movement_id <= LARGEST_ID:
        raise NotVisible
    # The launching unit is shown by the name it had on the day of the launch.
    rows = await Movement.raw(
        "SELECT m.*, v.name AS unit_name FROM movement m LEFT JOIN unit_version v"
        " ON v.unit = m.launched_by AND v.valid_from <= m.launched_on"
        " AND (v.valid_to IS NULL OR v.valid_to >= m.launched_on) WHERE m.id = {}",
        movement_id,
    )
    if not rows:
        raise NotVisible
    row = rows[0]
    sources = await Movement.raw(
        "SELECT s.number, s.title FROM movement_source ms JOIN legal_source s ON s.id = ms.source"
        " WHERE ms.movement = {} ORDER BY s.signed_on NULLS LAST, s.number",
        movement_id,
    )
    return MovementFacts(
        row["id"],
        row["code"],
        row["name"],
        row["unit_name"] or "",
        row["launched_on"],
        row["summary"],
        tuple((source["number"], source["title"]) for source in sources),
        await _round_lines(movement_id),
    )


async def _round_lines(movement_id: int) -> tuple[RoundLine, ...]:
    rows = await ReviewRound.raw(
        "SELECT r.*, o.id AS opening FROM review_round r"
        " LEFT JOIN round_opening o ON o.round = r.id"
        " WHERE r.movement = {} ORDER BY r.achievements_to DESC, r.achievements_from DESC",
        movement_id,
    )
    return tuple(
        RoundLine(
            row["id"],
            row["code"],
            row["name"],
            row["kind"],
            Period(row["achievements_from"], row["achievements_to"]),
            _period(row["nominations_open_on"], row["nominations_close_on"]),
            row["session_on"],
            row["opening"] is not None,
        )
        for row in rows
    )


async def round_facts(round_id: int, *, lock: bool = False) -> RoundFacts:
    """A round with its criteria and, once opened, its frozen protocol; NotVisible if unknown.

    `lock` holds the round's row until the transaction ends, for actions that change its state.
    """
    if not 0 < round_id <= LARGEST_ID:
        raise NotVisible
    if lock:
        # A statement of its own: one that waits for a lock goes on with the joined rows as they
        # were when it began, and would not see what the other transaction has just written.
        await ReviewRound.raw("SELECT 1 FROM review_round WHERE id = {} FOR UPDATE", round_id)
    rows = await ReviewRound.raw(
        "SELECT r.*, m.name AS movement_name, f.code AS form_code, f.name AS form_name,"
        " o.at AS opened_at, o.protocol, o.protocol_sha256, o.criteria_sha256"
        " FROM review_round r JOIN movement m ON m.id = r.movement"
        " LEFT JOIN award_form f ON f.id = r.award_form"
        " LEFT JOIN round_opening o ON o.round = r.id WHERE r.id = {}",
        round_id,
    )
    if not rows:
        raise NotVisible
    row = rows[0]
    return RoundFacts(
        id=row["id"],
        code=row["code"],
        name=row["name"],
        kind=row["kind"],
        movement_id=row["movement"],
        movement_name=row["movement_name"],
        achievements=Period(row["achievements_from"], row["achievements_to"]),
        nominations=_period(row["nominations_open_on"], row["nominations_close_on"]),
        scoring_close_on=row["scoring_close_on"],
        session_on=row["session_on"],
        award_form=AwardFormFacts(row["award_form"], row["form_code"], row["form_name"])
        if row["award_form"]
        else None,
        sets=await _criteria_sets(
            [id_ for id_ in (row["individual_set"], row["collective_set"]) if id_ is not None]
        ),
        opening=Opening(
            row["opened_at"],
            json.loads(row["protocol"]),
            row["protocol_sha256"],
            row["criteria_sha256"],
        )
        if row["opened_at"]
        else None,
        calendar=Calendar(**{name: row[name] for name in COLUMNS}),
        method=row["method"],
    )


async def _criteria_sets(ids: list[int]) -> dict[str, CriteriaSetFacts]:
    rows = await Criterion.raw(
        "SELECT s.id AS set_id, s.subject, s.name AS set_name, s.version, s.note, c.*,"
        " coalesce(l.number, '') AS source_number,"
        " (SELECT json_agg(json_build_array(b.label, b.description, b.points_from::text,"
        " b.points_to::text) ORDER BY b.position) FROM criterion_band b WHERE b.criterion = c.id)"
        " AS bands"
        " FROM criteria_set s LEFT JOIN criterion c ON c.criteria_set = s.id"
        " LEFT JOIN legal_source l ON l.id = c.source"
        " WHERE s.id = ANY({}) ORDER BY s.subject, c.position",
        ids,
    )
    found: dict[str, CriteriaSetFacts] = {}
    for subject in dict.fromkeys(row["subject"] for row in rows):
        own = [row for row in rows if row["subject"] == subject]
        criteria = tuple(_criterion(row) for row in own if row["id"] is not None)
        first = own[0]
        found[subject] = CriteriaSetFacts(
            first["set_id"], subject, first["set_name"], first["version"], first["note"], criteria
        )
    return found


def _criterion(row: dict[str, Any]) -> CriterionFacts:
    plain = {name: row[name] for name in CriterionFacts.__dataclass_fields__}
    bands = tuple(
        Band(label, description, Decimal(first), Decimal(last))
        for label, description, first, last in json.loads(row["bands"] or "[]")
    )
    return CriterionFacts(**plain | {"source": row["source_number"], "bands": bands})


def _period(first: date | None, last: date | None) -> Period | None:
    return Period(first, last) if first is not None else None
