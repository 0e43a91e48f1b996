"""Criteria sets with their versions, for everybody who is signed in."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from app.kernel.refusal import NotVisible
from app.movement.rules import Band, CriteriaSetFacts, CriterionFacts
from app.movement.rules.building import CorrectableRound, CriteriaUse
from app.movement.tables import CriteriaSet, Criterion

LARGEST_ID = 2**31 - 1


@dataclass(frozen=True, slots=True)
class CriteriaSetPage:
    """`based_on`: (id, name, version) of the set it was copied from."""

    facts: CriteriaSetFacts
    movement_id: int
    movement_name: str
    launched_by: str
    based_on: tuple[int, str, int] | None
    edits: int
    use: CriteriaUse
    unit_id: int


@dataclass(frozen=True, slots=True)
class CriteriaSetLine:
    id: int
    subject: str
    name: str
    version: int
    criteria: int
    total: Decimal
    by: str
    at: datetime | None
    based_on_version: int | None
    rounds: tuple[str, ...]
    frozen: bool


@dataclass(frozen=True, slots=True)
class Origin:
    """A set that a new one may be copied from."""

    id: int
    subject: str
    name: str
    version: int
    movement_name: str


@dataclass(frozen=True, slots=True)
class SourceChoice:
    id: int
    number: str
    title: str


async def criteria_set(set_id: int, *, lock: bool = False) -> CriteriaSetPage:
    """`lock` holds the set's row until the transaction ends, for actions that change it."""
    if not 0 < set_id <= LARGEST_ID:
        raise NotVisible
    if lock:
        await CriteriaSet.raw("SELECT 1 FROM criteria_set WHERE id = {} FOR UPDATE", set_id)
    rows = await CriteriaSet.raw(
        "SELECT s.id, s.movement, s.edits, m.name AS movement_name, m.launched_by AS unit_id,"
        " b.id AS based_id, b.name AS based_name, b.version AS based_version,"
        " coalesce(v.name, '') AS launched_by,"
        f" {_opened('s.id')} AS opened,"
        " (SELECT json_agg(r.name ORDER BY r.id) FROM review_round r WHERE"
        " s.id IN (r.individual_set, r.collective_set) AND NOT EXISTS"
        " (SELECT FROM round_opening o WHERE o.round = r.id)) AS planned,"
        " (SELECT json_agg(json_build_array(r.id, r.name, r.scoring_close_on) ORDER BY r.id)"
        " FROM review_round r"
        " JOIN round_opening o ON o.round = r.id"
        " WHERE r.movement = s.movement"
        " AND s.based_on IN (r.individual_set, r.collective_set)) AS corrects,"
        " (SELECT count(*) FROM criteria_set c WHERE c.based_on = s.id) AS copies"
        " FROM criteria_set s JOIN movement m ON m.id = s.movement"
        " LEFT JOIN criteria_set b ON b.id = s.based_on"
        " LEFT JOIN unit_version v ON v.unit = m.launched_by AND v.valid_from <= m.launched_on"
        " AND (v.valid_to IS NULL OR v.valid_to >= m.launched_on) WHERE s.id = {}",
        set_id,
    )
    if not rows:
        raise NotVisible
    row = rows[0]
    return CriteriaSetPage(
        facts=(await criteria_facts([set_id]))[set_id],
        movement_id=row["movement"],
        movement_name=row["movement_name"],
        launched_by=row["launched_by"],
        based_on=(row["based_id"], row["based_name"], row["based_version"])
        if row["based_id"]
        else None,
        edits=row["edits"],
        use=CriteriaUse(
            opened=_names(row["opened"]),
            planned=_names(row["planned"]),
            corrects=tuple(
                CorrectableRound(id_, name, date.fromisoformat(last) if last else None)
                for id_, name, last in json.loads(row["corrects"] or "[]")
            ),
            copies=row["copies"],
        ),
        unit_id=row["unit_id"],
    )


async def criteria_sets(movement_id: int) -> tuple[CriteriaSetLine, ...]:
    """Newest version first within a subject."""
    rows = await CriteriaSet.raw(
        "SELECT s.id, s.subject, s.name, s.version, s.at, coalesce(a.name, '') AS by,"
        " b.version AS based_on_version, count(c.id) AS criteria,"
        f" coalesce(sum(c.max_points), 0) AS total, {_opened('s.id')} AS opened,"
        " (SELECT json_agg(r.name ORDER BY r.id) FROM review_round r"
        " WHERE s.id IN (r.individual_set, r.collective_set)) AS rounds"
        " FROM criteria_set s LEFT JOIN criterion c ON c.criteria_set = s.id"
        " LEFT JOIN account a ON a.id = s.by LEFT JOIN criteria_set b ON b.id = s.based_on"
        " WHERE s.movement = {} GROUP BY s.id, a.name, b.version"
        " ORDER BY s.subject, s.version DESC",
        movement_id,
    )
    return tuple(_line(row) for row in rows)


async def origins() -> tuple[Origin, ...]:
    """Every set of every movement that has criteria, newest first."""
    rows = await CriteriaSet.raw(
        "SELECT s.id, s.subject, s.name, s.version, m.name AS movement_name FROM criteria_set s"
        " JOIN movement m ON m.id = s.movement"
        " WHERE EXISTS (SELECT FROM criterion c WHERE c.criteria_set = s.id) ORDER BY s.id DESC"
    )
    return tuple(Origin(**row) for row in rows)


async def source_choices() -> tuple[SourceChoice, ...]:
    rows = await CriteriaSet.raw("SELECT id, number, title FROM legal_source ORDER BY number")
    return tuple(SourceChoice(**row) for row in rows)


async def criteria_facts(set_ids: Collection[int]) -> Mapping[int, CriteriaSetFacts]:
    """By id, each with its criteria in order; unknown ones are left out."""
    rows = await Criterion.raw(
        "SELECT s.id AS set_id, s.subject, s.name AS set_name, s.version, s.note, c.*,"
        " coalesce(l.number, '') AS source_number,"
        " (SELECT json_agg(json_build_array(b.label, b.description, b.points_from::text,"
        " b.points_to::text) ORDER BY b.position) FROM criterion_band b WHERE b.criterion = c.id)"
        " AS bands"
        " FROM criteria_set s LEFT JOIN criterion c ON c.criteria_set = s.id"
        " LEFT JOIN legal_source l ON l.id = c.source"
        " WHERE s.id = ANY({}) ORDER BY s.subject, s.id, c.position, c.id",
        list(set_ids),
    )
    found: dict[int, list[dict[str, Any]]] = {}
    for row in rows:
        found.setdefault(row["set_id"], []).append(row)
    return {
        set_id: CriteriaSetFacts(
            set_id,
            own[0]["subject"],
            own[0]["set_name"],
            own[0]["version"],
            own[0]["note"],
            tuple(_criterion(row) for row in own if row["id"] is not None),
        )
        for set_id, own in found.items()
    }


def _opened(of: str) -> str:
    """Names of the opened rounds a set froze with; `of` is a column of our own."""
    return (
        "(SELECT json_agg(r.name ORDER BY r.id) FROM review_round r"
        " JOIN round_opening o ON o.round = r.id"
        f" WHERE {of} IN (r.individual_set, r.collective_set) OR EXISTS"
        " (SELECT FROM criteria_correction k WHERE k.round = r.id"
        f" AND {of} IN (k.old_set, k.new_set)))"
    )


def _line(row: dict[str, Any]) -> CriteriaSetLine:
    plain = {
        name: row[name]
        for name in CriteriaSetLine.__dataclass_fields__
        if name not in ("rounds", "frozen")
    }
    opened = _names(row["opened"])
    rounds = dict.fromkeys((*_names(row["rounds"]), *opened))
    return CriteriaSetLine(**plain, rounds=tuple(rounds), frozen=bool(opened))


def _names(text: str | None) -> tuple[str, ...]:
    return tuple(json.loads(text or "[]"))


def _criterion(row: dict[str, Any]) -> CriterionFacts:
    plain = {name: row[name] for name in CriterionFacts.__dataclass_fields__}
    bands = tuple(
        Band(label, description, Decimal(first), Decimal(last))
        for label, description, first, last in json.loads(row["bands"] or "[]")
    )
    return CriterionFacts(**plain | {"source": row["source_number"], "bands": bands})
