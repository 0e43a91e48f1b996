"""What a snapshot of a nominee would say on a day, and which of their units are gone."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from app.nominations.rules.placing import (
    Place,
    Snapshot,
    UnitStep,
    snapshot_of_collective,
    snapshot_of_person,
)
from app.nominations.rules.warnings_facts import Standing
from app.nominations.tables import Nomination


@dataclass(frozen=True, slots=True)
class Standings:
    now: tuple[Standing, ...]
    gone: tuple[tuple[str, date], ...]


async def standings(nomination_ids: Sequence[int], day: date) -> Mapping[int, Standings]:
    """Two statements: who is posted where, and the ways up from there."""
    # Where they were when the nomination was made, and where they are on the day.
    rows = await Nomination.raw(
        "SELECT n.id, n.person, n.collective, n.nominating_unit, p.full_name,"
        " q.post, q.unit, q.now FROM nomination n LEFT JOIN person p ON p.id = n.person"
        " LEFT JOIN LATERAL (SELECT z.id, z.post, z.unit, z.is_main, z.valid_from <= {}"
        " AND (z.valid_to IS NULL OR z.valid_to >= {}) AS now, z.valid_from <= made.on_day"
        " AND (z.valid_to IS NULL OR z.valid_to >= made.on_day) AS then FROM posting z,"
        " (SELECT (n.created_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date AS on_day) made"
        " WHERE z.person = n.person) q ON q.now OR q.then"
        " WHERE n.id = ANY({}) ORDER BY n.id, q.now DESC, q.is_main DESC, q.id",
        day,
        day,
        list(nomination_ids),
    )
    units = {
        unit
        for row in rows
        for unit in (row["collective"], row["nominating_unit"], row["unit"])
        if unit is not None
    }
    ways = await _ways(units, day)
    found: dict[int, list[dict[str, Any]]] = {}
    for row in rows:
        found.setdefault(row["id"], []).append(row)
    return {key: _standings(own, ways, day) for key, own in found.items()}


def _standings(
    rows: Sequence[Mapping[str, Any]], ways: Mapping[int, tuple[UnitStep, ...]], day: date
) -> Standings:
    first = rows[0]
    units = [first["collective"], first["nominating_unit"], *(row["unit"] for row in rows)]
    gone = {
        step.id: (step.name, step.dissolved_on)
        for unit in units
        if unit is not None
        for step in ways.get(unit, ())[:1]
        if step.dissolved_on is not None and step.dissolved_on <= day
    }
    if first["collective"] is not None:
        way = ways[first["collective"]]
        snapshots = [snapshot_of_collective(Place(way[0].name, "", way))]
    else:
        snapshots = [
            snapshot_of_person(
                row["person"], Place(row["full_name"], row["post"], ways[row["unit"]])
            )
            for row in rows
            if row["now"]
        ]
    return Standings(tuple(_standing(found) for found in snapshots), tuple(gone.values()))


def _standing(snapshot: Snapshot) -> Standing:
    return Standing(snapshot.name, snapshot.post, snapshot.unit_name)


async def _ways(units: Collection[int], day: date) -> Mapping[int, tuple[UnitStep, ...]]:
    """From each unit up to the root, by the names of the day; a dissolved one by its last."""
    rows = await Nomination.raw(
        "WITH RECURSIVE way (start, id, step) AS (SELECT u, u, 0 FROM unnest({}::int[]) AS u"
        " UNION ALL SELECT w.start, v.parent, w.step + 1 FROM way w CROSS JOIN LATERAL ("
        " SELECT x.parent FROM unit_version x WHERE x.unit = w.id AND x.valid_from <= {}"
        " ORDER BY x.valid_from DESC LIMIT 1) v WHERE v.parent IS NOT NULL AND w.step < 20)"
        " SELECT w.start, w.id, u.kind, v.name, u.dissolved_on FROM way w"
        " JOIN unit u ON u.id = w.id CROSS JOIN LATERAL (SELECT x.name FROM unit_version x"
        " WHERE x.unit = w.id AND x.valid_from <= {} ORDER BY x.valid_from DESC LIMIT 1) v"
        " ORDER BY w.start, w.step",
        sorted(units),
        day,
        day,
    )
    found: dict[int, list[UnitStep]] = {}
    for row in rows:
        step = UnitStep(row["id"], row["kind"], row["name"], row["dissolved_on"])
        found.setdefault(row["start"], []).append(step)
    return {start: tuple(steps) for start, steps in found.items()}
