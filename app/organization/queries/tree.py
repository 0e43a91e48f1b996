"""The tree as of a day: what lies below a unit, the way up from it, and units by their words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from piccolo.querystring import QueryString

from app.organization.queries.asking import after, all_of, has_words, holds, words
from app.organization.tables import UnitVersion
from app.web.paging import Cursor, PageOf

PAGE = 100


@dataclass(frozen=True, slots=True)
class UnitRow:
    """`name` and `parent_name` as they were that day; `below` counts the units under it."""

    id: int
    code: str
    kind: str
    name: str
    order_key: str
    parent_name: str
    below: int


@dataclass(frozen=True, slots=True)
class Step:
    id: int
    name: str


async def children_page(
    parent_id: int | None, day: date, *, cursor: Cursor | None = None, limit: int = PAGE
) -> PageOf[UnitRow]:
    """Directly under `parent_id` on `day`, by name; None asks for the units that head the tree."""
    of_parent = QueryString("v.parent IS NULL")
    if parent_id is not None:
        of_parent = QueryString("v.parent = {}", parent_id)
    return await _page(all_of(of_parent, holds("v", day)), day, cursor, limit)


async def search_units(
    search: str, day: date, *, cursor: Cursor | None = None, limit: int = PAGE
) -> PageOf[UnitRow]:
    """Units whose name of that day has all the words or their beginnings, without marks."""
    return await _page(all_of(has_words("v", words(search)), holds("v", day)), day, cursor, limit)


async def way(unit_id: int, day: date) -> tuple[Step, ...]:
    """From the head of the tree down to the unit's parent of that day, in the names of that day."""
    rows = await UnitVersion.raw(
        "WITH RECURSIVE up AS (SELECT {}::int AS id, 0 AS step"
        " UNION ALL SELECT v.parent, u.step + 1 FROM up u CROSS JOIN LATERAL ("
        " SELECT x.parent FROM unit_version x WHERE x.unit = u.id AND x.parent IS NOT NULL"
        " AND {} LIMIT 1) v WHERE u.step < 30)"
        " SELECT u.id, v.name FROM up u CROSS JOIN LATERAL (SELECT x.name FROM unit_version x"
        " WHERE x.unit = u.id AND {} LIMIT 1) v WHERE u.step > 0 ORDER BY u.step DESC",
        unit_id,
        holds("x", day),
        holds("x", day),
    )
    return tuple(Step(row["id"], row["name"]) for row in rows)


async def _page(
    wanted: QueryString, day: date, cursor: Cursor | None, limit: int
) -> PageOf[UnitRow]:
    rows = await UnitVersion.raw("{}", units_statement(wanted, day, cursor, limit))
    shown = tuple(UnitRow(**row) for row in rows[:limit])
    more = len(rows) > limit
    return PageOf(shown, Cursor(shown[-1].order_key, shown[-1].id) if more else None)


def units_statement(
    wanted: QueryString, day: date, cursor: Cursor | None, limit: int
) -> QueryString:
    """One recursive statement: the rows of this page, and how many units each has below it."""
    return QueryString(
        "WITH RECURSIVE shown AS (SELECT v.unit AS id, v.name, v.order_key, v.parent"
        " FROM unit_version v WHERE {} AND {}"
        f' ORDER BY v.order_key COLLATE "C", v.unit LIMIT {limit + 1}),'
        " below AS (SELECT id AS top, id FROM shown UNION"
        " SELECT b.top, v.unit FROM below b CROSS JOIN LATERAL (SELECT x.unit FROM unit_version x"
        " WHERE x.parent = b.id AND {} OFFSET 0) v),"
        " counted AS (SELECT top, count(*) - 1 AS below FROM below GROUP BY top)"
        " SELECT s.id, u.code, u.kind, s.name, s.order_key, coalesce(p.name, '') AS parent_name,"
        " c.below FROM shown s JOIN counted c ON c.top = s.id JOIN unit u ON u.id = s.id"
        " LEFT JOIN LATERAL (SELECT x.name FROM unit_version x WHERE x.unit = s.parent AND {}"
        ' LIMIT 1) p ON true ORDER BY s.order_key COLLATE "C", s.id',
        wanted,
        after("v.order_key", "v.unit", cursor),
        holds("x", day),
        holds("x", day),
    )
