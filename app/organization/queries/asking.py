"""Conditions the statements of this room share."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from piccolo.querystring import QueryString

from app.kernel.vietnamese import search_key
from app.web.paging import Cursor

LARGEST_ID = 2**31 - 1
LONGEST_SEARCH = 100
_BROAD = 200  # units


def holds(alias: str, day: date) -> QueryString:
    """The row is true on `day`; `alias` is one of our own, never what somebody typed."""
    return QueryString(
        f"({alias}.valid_from <= {{}} AND ({alias}.valid_to IS NULL OR {alias}.valid_to >= {{}}))",
        day,
        day,
    )


def words(search: str) -> list[str]:
    return search_key(search[:LONGEST_SEARCH]).split()


def has_words(alias: str, wanted: list[str]) -> QueryString:
    """Every word begins one of the name's, in any order; the expression is the index's.

    A number is meant whole: who asks for `khu vuc 1` does not want 10 to 19. Without a word
    there is nothing to find.
    """
    if not wanted:
        return QueryString("FALSE")
    starts = (f"'{word}'" if word.isdigit() else f"'{word}':*" for word in wanted)
    return QueryString(
        f"array_to_tsvector(string_to_array({alias}.search_key, ' ')) @@ {{}}::text::tsquery",
        " & ".join(starts),
    )


def after(order: str, row_id: str, cursor: Cursor | None) -> QueryString:
    start = cursor or Cursor("", 0)
    return QueryString(f'({order} COLLATE "C", {row_id}) > ({{}}, {{}})', start.key, start.id)


def all_of(*conditions: QueryString) -> QueryString:
    """Joined by AND. What is not asked is left out, so the planner sees what matters."""
    return QueryString(" AND ".join(["{}"] * len(conditions)), *conditions)


def below(source: QueryString, day: date) -> QueryString:
    """The body of a recursive `below (id)`: the units of `source` and all under them on `day`.

    OFFSET 0 keeps the planner from reading the whole table for each step of the walk.
    """
    return QueryString(
        "{} UNION SELECT v.unit FROM below b CROSS JOIN LATERAL (SELECT x.unit FROM unit_version x"
        " WHERE x.parent = b.id AND {} OFFSET 0) v",
        source,
        holds("x", day),
    )


def is_broad(unit_ids: Collection[int]) -> bool:
    """Over so many units that most people are seen through them."""
    return len(unit_ids) > _BROAD


def seen_through(unit_ids: Collection[int], today: date) -> QueryString:
    """Person `p` is, or last was, or will be in one of the units.

    The planner weighs each element of an array, which for a whole sector takes longer than the
    answer. There each person is looked up instead.
    """
    here = "z.unit = ANY({})"
    if broad := is_broad(unit_ids):
        here = "(z.unit IN (SELECT unnest({}::int[]))) IS TRUE"
    return QueryString(
        f"EXISTS (SELECT FROM posting z WHERE z.person = p.id AND {here}"
        " AND (z.valid_to IS NULL OR z.valid_to >= {} OR NOT EXISTS (SELECT FROM posting n"
        " WHERE n.person = z.person AND (n.valid_to IS NULL OR n.valid_to > z.valid_to)))"
        f"{' OFFSET 0' if broad else ''})",
        sorted(unit_ids),
        today,
    )
