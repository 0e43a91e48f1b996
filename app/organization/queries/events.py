"""What an event of units must know before it is recorded; the action holds the locks."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from piccolo.querystring import QueryString

from app.kernel.period import Period
from app.kernel.refusal import NotVisible
from app.kernel.vietnamese import search_key, tidy
from app.organization.queries.asking import LARGEST_ID, has_words, holds, words
from app.organization.rules import Link, PersonRecord, UnitFacts, Version
from app.organization.tables import Posting, Unit, UnitVersion

# Two moves of different units can close a ring together, so rows alone are not enough to lock.
_TREE_LOCK = 7_408_159


async def lock_tree(unit_ids: Collection[int]) -> None:
    """One event of units at a time; held until the transaction ends.

    The tables first, as an import takes them: whoever held rows and then waited for it would be
    waited for.
    """
    await Unit.raw("LOCK TABLE unit, unit_version IN ROW EXCLUSIVE MODE")
    await Unit.raw("SELECT pg_advisory_xact_lock({})", _TREE_LOCK)
    await Unit.raw(
        "SELECT 1 FROM unit WHERE id = ANY({}) ORDER BY id FOR UPDATE", _possible(unit_ids)
    )


async def lock_members(unit_ids: Collection[int]) -> None:
    """Inside a transaction, before the units themselves: everybody who was ever posted there."""
    await Posting.raw("LOCK TABLE unit, unit_version, person, posting IN ROW EXCLUSIVE MODE")
    await Posting.raw(
        "SELECT 1 FROM person WHERE id IN (SELECT person FROM posting WHERE unit = ANY({}))"
        " ORDER BY id FOR UPDATE",
        _possible(unit_ids),
    )


async def lock_posted(unit_ids: Collection[int]) -> None:
    """Inside a transaction, after the people: no unit ends while somebody is posted there."""
    await Unit.raw(
        "SELECT 1 FROM unit WHERE id = ANY({}) ORDER BY id FOR SHARE", _possible(unit_ids)
    )


async def units_facts(unit_ids: Collection[int]) -> Mapping[int, UnitFacts]:
    """NotVisible when one of them does not exist."""
    rows = await Unit.raw(
        "SELECT u.id, u.code, u.kind, u.founded_on, u.dissolved_on, v.name, v.parent,"
        " v.valid_from, v.valid_to FROM unit u JOIN unit_version v ON v.unit = u.id"
        " WHERE u.id = ANY({}) ORDER BY u.id, v.valid_from",
        _possible(unit_ids),
    )
    grouped: dict[int, list[dict[str, Any]]] = {}
    for row in rows:
        grouped.setdefault(row["id"], []).append(row)
    if set(grouped) != set(unit_ids):
        raise NotVisible
    return {unit_id: _facts(own) for unit_id, own in grouped.items()}


async def links_above(unit_id: int, day: date) -> tuple[Link, ...]:
    """Every edge on any way up from the unit that holds on `day` or later."""
    rows = await UnitVersion.raw(
        "WITH RECURSIVE up AS (SELECT {}::int AS id UNION SELECT v.parent FROM up"
        " JOIN unit_version v ON v.unit = up.id WHERE v.parent IS NOT NULL"
        " AND (v.valid_to IS NULL OR v.valid_to >= {}))"
        " SELECT v.unit, v.parent, v.valid_from, v.valid_to FROM up"
        " JOIN unit_version v ON v.unit = up.id WHERE v.parent IS NOT NULL"
        " AND (v.valid_to IS NULL OR v.valid_to >= {})",
        unit_id,
        day,
        day,
    )
    return tuple(
        Link(row["unit"], row["parent"], Period(row["valid_from"], row["valid_to"])) for row in rows
    )


async def children_after(unit_ids: Collection[int], day: date) -> tuple[UnitFacts, ...]:
    """Units that belong to one of `unit_ids` on `day` or later, by name; none of themselves."""
    rows = await UnitVersion.raw(
        "SELECT DISTINCT unit FROM unit_version WHERE parent = ANY({})"
        " AND (valid_to IS NULL OR valid_to >= {}) AND NOT unit = ANY({})",
        list(unit_ids),
        day,
        list(unit_ids),
    )
    found = await units_facts([row["unit"] for row in rows])
    return tuple(sorted(found.values(), key=lambda unit: (unit.latest.name, unit.id)))


async def codes_taken(codes: Collection[str]) -> frozenset[str]:
    rows = await Unit.raw("SELECT code FROM unit WHERE code = ANY({})", list(codes))
    return frozenset(row["code"] for row in rows)


async def still_posted(unit_ids: Collection[int], day: date) -> int:
    """How many people have a posting in the units on `day` or later."""
    rows = await Posting.raw(
        "SELECT count(DISTINCT person) AS n FROM posting WHERE unit = ANY({})"
        " AND (valid_to IS NULL OR valid_to >= {})",
        list(unit_ids),
        day,
    )
    return int(rows[0]["n"])


async def members_postings(
    unit_ids: Collection[int], day: date
) -> Mapping[int, tuple[PersonRecord, ...]]:
    """By person: all postings of everybody posted in the units on `day` or later."""
    rows = await Posting.raw("{}", members_postings_statement(unit_ids, day))
    found: dict[int, tuple[PersonRecord, ...]] = {}
    for row in rows:
        period = Period(row.pop("valid_from"), row.pop("valid_to"))
        person = row.pop("person")
        found[person] = (*found.get(person, ()), PersonRecord(period=period, **row))
    return found


def members_postings_statement(unit_ids: Collection[int], day: date) -> QueryString:
    return QueryString(
        "SELECT person, id, post AS text, unit AS unit_id, is_main, valid_from, valid_to"
        " FROM posting WHERE person IN (SELECT person FROM posting WHERE unit = ANY({})"
        " AND (valid_to IS NULL OR valid_to >= {})) ORDER BY person, id",
        list(unit_ids),
        day,
    )


async def find_unit(typed: str, day: date) -> int | None:
    """By code, or by the whole name it has on `day`; None when none or several fit."""
    found = await find_units(typed, day)
    return found[0] if len(found) == 1 else None


async def find_units(typed: str, day: date) -> tuple[int, ...]:
    """Rooms of the same name are in many units; a code is one unit's."""
    rows = await Unit.raw(
        "SELECT u.id FROM unit u WHERE u.code = {} UNION SELECT v.unit FROM unit_version v"
        " WHERE {} AND v.search_key = {} AND {}",
        typed.strip().lower(),
        has_words("v", words(typed)),
        search_key(tidy(typed)),
        holds("v", day),
    )
    return tuple(int(row["id"]) for row in rows)


def _facts(rows: list[dict[str, Any]]) -> UnitFacts:
    first = rows[0]
    return UnitFacts(
        first["id"],
        first["code"],
        first["kind"],
        first["founded_on"],
        first["dissolved_on"],
        tuple(
            Version(row["name"], row["parent"], Period(row["valid_from"], row["valid_to"]))
            for row in rows
        ),
    )


def _possible(unit_ids: Collection[int]) -> list[int]:
    return [unit_id for unit_id in unit_ids if 0 < unit_id <= LARGEST_ID]
