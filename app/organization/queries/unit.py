"""One unit with its whole history."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date

from app.kernel.period import Period
from app.kernel.refusal import NotVisible
from app.organization.queries.asking import LARGEST_ID
from app.organization.rules import UnitFacts, Version
from app.organization.tables import Unit, UnitSuccession


@dataclass(frozen=True, slots=True)
class UnitSheet:
    """`left_behind`: people still posted here after the unit's last day."""

    facts: UnitFacts
    parent_names: dict[int, str]
    """Of every parent the unit ever had, by id, as the parent was called last."""
    illustrative: bool
    left_behind: int


@dataclass(frozen=True, slots=True)
class Relation:
    """`name`: what the other unit was called at the event; `taken_over`: it came after this one."""

    id: int
    name: str
    event: str
    happened_on: date
    taken_over: bool


async def unit_sheet(unit_id: int) -> UnitSheet:
    if not 0 < unit_id <= LARGEST_ID:
        raise NotVisible
    rows = await Unit.raw(
        "SELECT u.*, (SELECT json_agg(json_build_object('name', v.name, 'parent', v.parent,"
        " 'first', v.valid_from, 'last', v.valid_to, 'parent_name', (SELECT p.name"
        " FROM unit_version p WHERE p.unit = v.parent ORDER BY p.valid_from DESC LIMIT 1))"
        " ORDER BY v.valid_from) FROM unit_version v WHERE v.unit = u.id) AS versions,"
        " (SELECT count(DISTINCT q.person) FROM posting q WHERE q.unit = u.id"
        " AND (q.valid_to IS NULL OR q.valid_to > u.dissolved_on)"
        " AND u.dissolved_on IS NOT NULL) AS left_behind FROM unit u WHERE u.id = {}",
        unit_id,
    )
    if not rows or not rows[0]["versions"]:
        raise NotVisible
    row, versions = rows[0], json.loads(rows[0]["versions"])
    facts = UnitFacts(
        row["id"],
        row["code"],
        row["kind"],
        row["founded_on"],
        row["dissolved_on"],
        tuple(
            Version(v["name"], v["parent"], Period(_day(v["first"]), v["last"] and _day(v["last"])))
            for v in versions
        ),
    )
    parents = {v["parent"]: v["parent_name"] for v in versions if v["parent"]}
    return UnitSheet(facts, parents, row["illustrative"], row["left_behind"])


async def relations(unit_id: int) -> tuple[Relation, ...]:
    """Predecessors and successors, oldest event first."""
    rows = await UnitSuccession.raw(
        "SELECT o.id, v.name, s.event, s.happened_on, o.id = s.successor AS taken_over"
        " FROM unit_succession s"
        " JOIN unit o ON o.id = CASE WHEN s.predecessor = {} THEN s.successor"
        " ELSE s.predecessor END"
        " CROSS JOIN LATERAL (SELECT x.name FROM unit_version x WHERE x.unit = o.id"
        " AND x.valid_from <= s.happened_on ORDER BY x.valid_from DESC LIMIT 1) v"
        " WHERE s.predecessor = {} OR s.successor = {}"
        " ORDER BY s.happened_on, v.name, o.id",
        unit_id,
        unit_id,
        unit_id,
    )
    return tuple(Relation(**row) for row in rows)


def _day(text: str) -> date:
    return date.fromisoformat(text)
