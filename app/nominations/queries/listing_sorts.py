"""The orders a list of dossiers can have. Every order is total: ties go by id."""

from __future__ import annotations

import re
from dataclasses import dataclass

from piccolo.querystring import QueryString

from app.kernel.actor import Actor
from app.nominations.policy import REVIEW
from app.nominations.queries.visible import STATE, nominated_in
from app.nominations.rules import STATES
from app.nominations.rules.listing import sort_from
from app.web.paging import Cursor

# Beyond any moment in microseconds and any sum of points.
_LAST, _FIRST = "1e18", "-1"
_NUMBER = re.compile(r"-?\d{1,30}(\.\d{1,10})?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Order:
    """`key`: SQL that is never NULL. `join`: what it needs beside `visible.FROM`."""

    key: QueryString
    number: bool
    turned: bool = False
    join: str = ""

    def after(self, cursor: Cursor | None) -> QueryString:
        """A cursor made for another order starts the list again."""
        if cursor is None or (self.number and not _NUMBER.fullmatch(cursor.key)):
            return QueryString("true")
        return QueryString(
            f"({{}}, n.id) {'<' if self.turned else '>'}"
            f" ({{}}{'::text::numeric' if self.number else ''}, {{}})",
            self.key,
            cursor.key,
            cursor.id,
        )

    def by(self) -> QueryString:
        way = " DESC" if self.turned else ""
        return QueryString(f"ORDER BY {{}}{way}, n.id{way}", self.key)


def order_of(sort: str, actor: Actor) -> Order:
    key, turned = sort_from(sort)
    none = _FIRST if turned else _LAST  # what has no value comes last either way
    if key == "code":
        return Order(QueryString('n.code COLLATE "C"'), False, turned)
    if key == "state":
        places = ", ".join(f"'{state}'" for state in STATES)
        return Order(QueryString(f"array_position(ARRAY[{places}], {STATE})"), True, turned)
    if key == "submitted":
        moment = "(extract(epoch FROM n.submitted_at) * 1000000)::bigint"
        return Order(QueryString(f"coalesce({moment}, {none})"), True, turned)
    if key == "unit":
        # Dossiers of one unit stay together, there in the order of names.
        whole = '(u.order_key || chr(1) || n.order_key) COLLATE "C"'
        return Order(QueryString(whole), False, turned, _UNIT)
    if key == "name":
        return Order(QueryString('n.order_key COLLATE "C"'), False, turned)
    giver = {"unit_points": "unit"}.get(key, key)
    points = only_seen(giver, QueryString("s.points"), actor)
    return Order(QueryString(f"coalesce({{}}, {none})", points), True, turned, _SUMS[giver])


def only_seen(giver: str, points: QueryString, actor: Actor) -> QueryString:
    """NULL where policy.sees_column says that this reader does not see the column."""
    if giver != "appraisal":
        return points
    return QueryString(
        "CASE WHEN g.id IS NOT NULL OR {} THEN {} END", nominated_in(actor, *REVIEW), points
    )


# The last name a unit had: one that was dissolved keeps its place.
_UNIT = (
    " JOIN (SELECT DISTINCT ON (v.unit) v.unit, v.order_key FROM unit_version v"
    " ORDER BY v.unit, v.valid_from DESC) u ON u.unit = n.nominating_unit"
)
_SUMS = {
    giver: " LEFT JOIN (SELECT c.nomination, sum(m.points) AS points FROM score_column c"
    " JOIN score_column_mark m ON m.score_column = c.id"
    f" WHERE c.giver = '{giver}' GROUP BY c.nomination) s ON s.nomination = n.id"
    for giver in ("self", "unit", "appraisal")
}
