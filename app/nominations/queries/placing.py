"""Where a nominee stands on the day, and the number the next code takes."""

from __future__ import annotations

from datetime import date
from typing import Any

from app.kernel.refusal import NotVisible
from app.nominations.rules import Place, UnitStep
from app.nominations.tables import Nomination
from app.organization.tables import Posting, UnitVersion

LARGEST_ID = 2**31 - 1


async def place_of_collective(unit_id: int, today: date) -> Place:
    way = await _way(unit_id, today)
    return Place(way[0].name, "", way)


async def place_of_person(person_id: int, unit_id: int, today: date) -> Place | None:
    """None when the person is not posted to that unit that day."""
    way = await _way(unit_id, today)
    if not 0 < person_id <= LARGEST_ID:
        raise NotVisible
    rows = await Posting.raw(
        "SELECT p.full_name, q.post FROM posting q JOIN person p ON p.id = q.person"
        " WHERE q.person = {} AND q.unit = {}"
        " AND q.valid_from <= {} AND (q.valid_to IS NULL OR q.valid_to >= {})"
        " ORDER BY q.is_main DESC, q.id LIMIT 1",
        person_id,
        unit_id,
        today,
        today,
    )
    return Place(rows[0]["full_name"], rows[0]["post"], way) if rows else None


async def unit_name(unit_id: int, today: date) -> str:
    """As it is called that day; a dissolved unit by the last name it had."""
    return (await _way(unit_id, today))[0].name


async def is_nominated(round_id: int, person_id: int | None, collective_id: int | None) -> bool:
    rows = await Nomination.raw(
        "SELECT EXISTS (SELECT FROM nomination WHERE round = {}"
        " AND (person = {} OR collective = {})) AS found",
        round_id,
        person_id,
        collective_id,
    )
    return bool(rows[0]["found"])


async def last_number(prefix: str) -> int:
    """Of the codes that start so; the caller holds the lock under which one is added."""
    await Nomination.raw("SELECT pg_advisory_xact_lock(7408158, hashtext({}))", prefix)
    rows = await Nomination.raw(
        "SELECT coalesce(max(substr(code, {})::int), 0) AS last FROM nomination WHERE code LIKE {}",
        len(prefix) + 1,
        f"{prefix}%",
    )
    return int(rows[0]["last"])


async def _way(unit_id: int, today: date) -> tuple[UnitStep, ...]:
    """From the unit up to the root; a dissolved unit by the last name it had."""
    if not 0 < unit_id <= LARGEST_ID:
        raise NotVisible
    rows = await UnitVersion.raw(
        "WITH RECURSIVE version AS ("
        " SELECT DISTINCT ON (unit) unit, name, parent FROM unit_version"
        " WHERE valid_from <= {} ORDER BY unit, valid_from DESC),"
        " way AS (SELECT {}::int AS id, 0 AS step"
        " UNION ALL SELECT v.parent, w.step + 1 FROM way w JOIN version v ON v.unit = w.id"
        " WHERE v.parent IS NOT NULL AND w.step < 20)"
        " SELECT w.id, u.kind, v.name, u.dissolved_on FROM way w JOIN unit u ON u.id = w.id"
        " JOIN version v ON v.unit = w.id ORDER BY w.step",
        today,
        unit_id,
    )
    if not rows:
        raise NotVisible
    return tuple(_step(row) for row in rows)


def _step(row: dict[str, Any]) -> UnitStep:
    return UnitStep(row["id"], row["kind"], row["name"], row["dissolved_on"])
