"""Accounts by what people call them, and those a thing can be of interest to."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from piccolo.querystring import QueryString

from app.accounts.queries.administered import matching
from app.accounts.queries.reach import Reach, seen_within
from app.accounts.tables import Account
from app.kernel.actor import Role
from app.web.paging import Cursor, PageOf


@dataclass(frozen=True, slots=True)
class Called:
    """`person`: the id of the person behind the account."""

    id: int
    login: str
    name: str
    person: int | None

    def row(self) -> dict[str, object]:
        return {"account_id": self.id, "person": self.person, "name": self.name}


@dataclass(frozen=True, slots=True)
class Concerned:
    """Whom something may concern: holders of a role of `over` over a unit above one of `units`,
    of a role of `anywhere` over any unit, and those whose own affair it is.
    """

    over: Collection[Role]
    units: Collection[int]
    anywhere: Collection[Role]
    people: Collection[int]
    accounts: Collection[int]


async def called(text: str, reach: Reach, *, own_id: int, limit: int) -> tuple[Called, ...]:
    """By login, address or staff code; where none fits, by the words of a name."""
    exact = QueryString(
        "(a.login = {} OR a.email = {} OR a.person = (SELECT p.id FROM person p"
        " WHERE p.staff_code = {}))",
        text.lower(),
        text.lower(),
        text.upper(),
    )
    rows = await Account.raw(
        "SELECT a.id, a.login, a.name, a.person, {} IS TRUE AS exact FROM account a"
        " WHERE ({} OR a.id = {}) AND ({} OR {})"
        f' ORDER BY 5 DESC, a.login COLLATE "C" LIMIT {limit}',
        exact,
        seen_within(reach),
        own_id,
        exact,
        matching(text),
    )
    best = [row for row in rows if row["exact"]] or rows
    return tuple(Called(row["id"], row["login"], row["name"], row["person"]) for row in best)


async def concerned_page(
    whom: Concerned, reach: Reach, *, cursor: Cursor | None, limit: int
) -> PageOf[Called]:
    """Those who may sign in and whom a reader with this reach sees, in the order of logins."""
    rows = await Account.raw(
        "WITH RECURSIVE above AS (SELECT unnest({}::int[]) AS id UNION SELECT f.id FROM above b"
        " CROSS JOIN LATERAL (SELECT v.parent AS id FROM unit_version v WHERE v.unit = b.id"
        " AND v.parent IS NOT NULL AND (v.valid_to IS NULL OR v.valid_to >= {} OR NOT EXISTS"
        " (SELECT FROM unit_version n WHERE n.unit = v.unit AND n.valid_from > v.valid_from))"
        " UNION ALL SELECT s.successor FROM unit_succession s WHERE s.predecessor = b.id) f)"
        " SELECT a.id, a.login, a.name, a.person FROM account a WHERE a.active AND {}"
        " AND (a.person = ANY({}::int[]) OR a.id = ANY({}::int[]) OR EXISTS ("
        "SELECT FROM role_held r WHERE r.account = a.id AND r.valid_from <= {}"
        " AND (r.valid_to IS NULL OR r.valid_to >= {}) AND (r.role = ANY({}::text[])"
        " OR (r.role = ANY({}::text[]) AND r.unit IN (SELECT id FROM above)))))"
        ' AND (a.login COLLATE "C", a.id) > ({}, {}) ORDER BY a.login COLLATE "C", a.id LIMIT {}',
        sorted(whom.units),
        reach.today,
        seen_within(reach),
        sorted(whom.people),
        sorted(whom.accounts),
        reach.today,
        reach.today,
        sorted(whom.anywhere),
        sorted(whom.over),
        cursor.key if cursor else "",
        cursor.id if cursor else 0,
        limit + 1,
    )
    found = tuple(Called(**row) for row in rows[:limit])
    return PageOf(found, Cursor(found[-1].login, found[-1].id) if len(rows) > limit else None)
