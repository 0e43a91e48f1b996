"""The list of a round: only what the reader sees, searched, filtered and paged by key."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from piccolo.querystring import QueryString

from app.kernel.actor import Actor
from app.kernel.vietnamese import search_key
from app.movement.rules import SUBJECTS
from app.nominations.queries.visible import FROM, STATE, awaiting_word_of, seen_by
from app.nominations.rules import STATES, NominationRow
from app.nominations.tables import Nomination
from app.web.paging import Cursor, PageOf

PAGE = 50
LONGEST_SEARCH = 100
# Not a state of the nomination but of the reader: a word is still owed.
OWED = "owed"


async def nominations_page(
    round_id: int,
    actor: Actor,
    *,
    search: str = "",
    state: str = "",
    subject: str = "",
    cursor: Cursor | None = None,
) -> PageOf[NominationRow]:
    """In the order of given names, at most `PAGE` rows.

    `state`: one of STATES or OWED; empty, like an empty `subject`, means all.
    """
    after = cursor or Cursor("", 0)
    rows = await Nomination.raw(
        f"SELECT n.id, n.code, n.subject, n.name, n.post, n.unit_name, n.order_key,"
        f" {STATE} AS state FROM {FROM} WHERE n.round = {{}} AND {{}} AND {{}}"
        ' AND (n.order_key COLLATE "C", n.id) > ({}, {})'
        f' ORDER BY n.order_key COLLATE "C", n.id LIMIT {PAGE + 1}',
        round_id,
        seen_by(actor),
        _matching(actor, search, state, subject),
        after.key,
        after.id,
    )
    shown = tuple(NominationRow(**row) for row in rows[:PAGE])
    more = len(rows) > PAGE
    return PageOf(shown, Cursor(shown[-1].order_key, shown[-1].id) if more else None)


@dataclass(frozen=True, slots=True)
class OwnNomination:
    id: int
    code: str
    round_name: str
    state: str


async def own(actor: Actor) -> tuple[OwnNomination, ...]:
    """The nominations that name the reader, newest round first."""
    if actor.person_id is None:
        return ()
    rows = await Nomination.raw(
        f"SELECT n.id, n.code, r.name AS round_name, {STATE} AS state FROM {FROM}"
        " JOIN review_round r ON r.id = n.round WHERE n.person = {}"
        " ORDER BY r.achievements_to DESC, n.id",
        actor.person_id,
    )
    return tuple(OwnNomination(**row) for row in rows)


async def counts(round_id: int, actor: Actor) -> Mapping[str, int]:
    """How many the reader sees, per state; every state has an entry."""
    rows = await Nomination.raw(
        f"SELECT {STATE} AS state, count(*) AS n FROM {FROM}"
        " WHERE n.round = {} AND {} GROUP BY 1",
        round_id,
        seen_by(actor),
    )
    return dict.fromkeys(STATES, 0) | {row["state"]: row["n"] for row in rows}


def patterns(search: str) -> list[str]:
    """Each word starts a word of the key, in any order: LIKE patterns against `' ' || key`."""
    return [f"% {word}%" for word in search_key(search[:LONGEST_SEARCH]).split()]


def _matching(actor: Actor, search: str, state: str, subject: str) -> QueryString:
    if state == OWED:
        of_state = awaiting_word_of(actor)
    else:
        of_state = QueryString(f"{{}}::text IN ('', {STATE})", state if state in STATES else "")
    return QueryString(
        "((' ' || n.search_key) LIKE ALL({}::text[]) AND {} AND {}::text IN ('', n.subject))",
        patterns(search),
        of_state,
        subject if subject in SUBJECTS else "",
    )
