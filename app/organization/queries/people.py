"""The list of people: only those the reader sees, searched, filtered and paged by key."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date

from piccolo.querystring import QueryString

from app.organization.queries.asking import (
    LONGEST_SEARCH,
    after,
    all_of,
    has_words,
    holds,
    is_broad,
    seen_through,
    words,
)
from app.organization.rules import CATEGORIES, SEXES
from app.organization.tables import Person, Unit
from app.web.paging import Cursor, PageOf

PAGE = 50


@dataclass(frozen=True, slots=True)
class PersonRow:
    """Post and unit of today, the main ones; empty for somebody posted nowhere."""

    id: int
    staff_code: str
    full_name: str
    sex: str
    staff_category: str
    order_key: str
    post: str
    unit_id: int | None
    unit_name: str


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked of the list; `unit_ids` None means everywhere."""

    search: str = ""
    category: str = ""
    sex: str = ""
    unit_ids: frozenset[int] | None = field(default=None)


async def units_matching(text: str, day: date) -> frozenset[int]:
    """The unit of that code, else those whose name has the words, with all below, on `day`."""
    rows = await Unit.raw(
        "WITH RECURSIVE coded AS (SELECT id FROM unit WHERE code = {}),"
        " below AS (SELECT id FROM coded UNION ALL"
        " SELECT v.unit FROM unit_version v WHERE {} AND {} AND NOT EXISTS (SELECT FROM coded)),"
        " under AS (SELECT id FROM below UNION SELECT v.unit FROM under b CROSS JOIN LATERAL"
        " (SELECT x.unit FROM unit_version x WHERE x.parent = b.id AND {} OFFSET 0) v)"
        " SELECT id FROM under",
        text.strip().lower(),
        has_words("v", words(text)),
        holds("v", day),
        holds("x", day),
    )
    return frozenset(row["id"] for row in rows)


async def people_page(
    wanted: Wanted,
    *,
    reach: Collection[int],
    today: date,
    cursor: Cursor | None = None,
    limit: int = PAGE,
) -> PageOf[PersonRow]:
    """By given name; at most `limit` of those somebody with this `reach` sees."""
    rows = await Person.raw("{}", people_statement(wanted, reach, today, cursor, limit))
    shown = tuple(PersonRow(**row) for row in rows[:limit])
    more = len(rows) > limit
    return PageOf(shown, Cursor(shown[-1].order_key, shown[-1].id) if more else None)


def people_statement(
    wanted: Wanted, reach: Collection[int], today: date, cursor: Cursor | None, limit: int
) -> QueryString:
    # Who sees most people: walk those who fit in order and stop at the page's end.
    in_order = " ORDER BY 6, 1 OFFSET 0" if is_broad(reach) else ""
    return QueryString(
        "SELECT s.*, coalesce(q.post, '') AS post, q.unit AS unit_id,"
        " coalesce(v.name, '') AS unit_name FROM (SELECT p.* FROM (SELECT p.id, p.staff_code,"
        ' p.full_name, p.sex, p.staff_category, p.order_key COLLATE "C" AS order_key'
        f" FROM person p WHERE {{}}{in_order}) p"
        f" WHERE {{}} ORDER BY p.order_key, p.id LIMIT {limit + 1}) s"
        " LEFT JOIN LATERAL (SELECT x.post, x.unit FROM posting x WHERE x.person = s.id AND {}"
        " ORDER BY x.is_main DESC, x.id LIMIT 1) q ON true"
        " LEFT JOIN LATERAL (SELECT x.name FROM unit_version x WHERE x.unit = q.unit AND {}"
        " LIMIT 1) v ON true ORDER BY s.order_key, s.id",
        all_of(*_conditions(wanted, today), after("p.order_key", "p.id", cursor)),
        seen_through(reach, today),
        holds("x", today),
        holds("x", today),
    )


def _conditions(wanted: Wanted, today: date) -> list[QueryString]:
    found = []
    if wanted.search.strip():
        found.append(
            QueryString(
                "({} OR p.staff_code = {})",
                has_words("p", words(wanted.search)),
                wanted.search.strip()[:LONGEST_SEARCH].upper(),
            )
        )
    if wanted.category in CATEGORIES:
        found.append(QueryString("p.staff_category = {}", wanted.category))
    if wanted.sex in SEXES:
        found.append(QueryString("p.sex = {}", wanted.sex))
    if wanted.unit_ids is not None:
        found.append(
            QueryString(
                "EXISTS (SELECT FROM posting f WHERE f.person = p.id AND f.unit = ANY({}) AND {})",
                sorted(wanted.unit_ids),
                holds("f", today),
            )
        )
    return found
