"""Who was where."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from piccolo.querystring import QueryString

from app.organization.queries.asking import after, below, holds, seen_through
from app.organization.tables import Posting
from app.web.paging import Cursor, PageOf

PAGE = 50


@dataclass(frozen=True, slots=True)
class MemberRow:
    """One person once, by the main post of that day; unit and name as they were then."""

    id: int
    staff_code: str
    full_name: str
    order_key: str
    post: str
    unit_id: int
    unit_name: str


async def members_page(
    unit_id: int,
    day: date,
    *,
    reach: Collection[int],
    today: date,
    cursor: Cursor | None = None,
    limit: int = PAGE,
) -> PageOf[MemberRow]:
    """Posted to the unit or below it on `day`, of those somebody with this `reach` sees today."""
    rows = await Posting.raw("{}", members_statement(unit_id, day, reach, today, cursor, limit))
    shown = tuple(MemberRow(**row) for row in rows[:limit])
    more = len(rows) > limit
    return PageOf(shown, Cursor(shown[-1].order_key, shown[-1].id) if more else None)


def members_statement(
    unit_id: int,
    day: date,
    reach: Collection[int],
    today: date,
    cursor: Cursor | None,
    limit: int = PAGE,
) -> QueryString:
    return QueryString(
        "WITH RECURSIVE below AS ({}),"
        " there AS (SELECT DISTINCT ON (q.person) q.person, q.post, q.unit FROM below b"
        " CROSS JOIN LATERAL (SELECT * FROM posting x WHERE x.unit = b.id AND {} OFFSET 0) q"
        " ORDER BY q.person, q.is_main DESC, q.id),"
        " shown AS (SELECT p.id, p.staff_code, p.full_name, p.order_key, t.post, t.unit"
        " FROM there t CROSS JOIN LATERAL (SELECT * FROM person x WHERE x.id = t.person OFFSET 0) p"
        f' WHERE {{}} AND {{}} ORDER BY p.order_key COLLATE "C", p.id LIMIT {limit + 1})'
        " SELECT s.id, s.staff_code, s.full_name, s.order_key, s.post, s.unit AS unit_id,"
        " coalesce(v.name, '') AS unit_name FROM shown s LEFT JOIN LATERAL"
        " (SELECT x.name FROM unit_version x WHERE x.unit = s.unit AND {} LIMIT 1) v ON true"
        ' ORDER BY s.order_key COLLATE "C", s.id',
        below(QueryString("SELECT {}::int AS id", unit_id), day),
        holds("x", day),
        after("p.order_key", "p.id", cursor),
        seen_through(reach, today),
        holds("x", day),
    )
