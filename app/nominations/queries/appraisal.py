"""The appraisal desk of a round: what is at the office, and how its questions stand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from piccolo.querystring import QueryString

from app.kernel.actor import Actor
from app.nominations.policy import OFFICE
from app.nominations.queries.listing_filters import having_words
from app.nominations.queries.visible import nominated_in
from app.nominations.tables import Nomination
from app.web.paging import Cursor, PageOf

PAGE = 50
DESK_STATES = ("waiting", "answered", "overdue", "mine", "word", "none")


@dataclass(frozen=True, slots=True)
class DeskRow:
    """Questions not closed yet: asked and in time, answered, over their day; `due_on` the next."""

    id: int
    code: str
    name: str
    unit_name: str
    order_key: str
    waiting: int
    answered: int
    overdue: int
    due_on: date | None
    has_word: bool


async def desk_page(
    round_id: int,
    actor: Actor,
    today: date,
    *,
    search: str = "",
    state: str = "",
    cursor: Cursor | None = None,
    limit: int = PAGE,
) -> PageOf[DeskRow]:
    """In the order of names. `state`: one of DESK_STATES; anything else means all."""
    after = cursor or Cursor("", 0)
    questions = _questions(actor, today)
    rows = await Nomination.raw(
        "SELECT p.*, {}, EXISTS (SELECT FROM attestation w WHERE w.nomination = p.id"
        " AND w.gate = 'G1') AS has_word FROM (SELECT n.id, n.code, n.name, n.unit_name,"
        " n.order_key FROM nomination n WHERE {} AND {} AND {}"
        ' AND (n.order_key COLLATE "C", n.id) > ({}, {})'
        f' ORDER BY n.order_key COLLATE "C", n.id LIMIT {limit + 1}) p'
        " LEFT JOIN item_return x ON x.nomination = p.id GROUP BY p.id, p.code, p.name,"
        ' p.unit_name, p.order_key ORDER BY p.order_key COLLATE "C", p.id',
        _counted(questions, "waiting", "answered", "overdue"),
        _at_office(round_id, actor),
        _wanted(state, questions),
        having_words(search),
        after.key,
        after.id,
    )
    shown = tuple(DeskRow(**row) for row in rows[:limit])
    more = len(rows) > limit
    return PageOf(shown, Cursor(shown[-1].order_key, shown[-1].id) if more else None)


async def desk_counts(round_id: int, actor: Actor, today: date) -> Mapping[str, int]:
    """Dossiers at the office per DESK_STATES, and `all`."""
    questions = _questions(actor, today)
    # Questions are added up once for all: a look at each of 16,000 dossiers takes six times as
    # long.
    rows = await Nomination.raw(
        'SELECT count(*) AS "all", count(*) FILTER (WHERE i.waiting > 0) AS waiting,'
        " count(*) FILTER (WHERE i.answered > 0) AS answered,"
        " count(*) FILTER (WHERE i.overdue > 0) AS overdue,"
        " count(*) FILTER (WHERE i.mine > 0) AS mine,"
        " count(*) FILTER (WHERE w.id IS NULL) AS word,"
        " count(*) FILTER (WHERE i.nomination IS NULL) AS none"
        " FROM nomination n LEFT JOIN (SELECT x.nomination, {} FROM item_return x"
        " GROUP BY x.nomination) i ON i.nomination = n.id"
        " LEFT JOIN attestation w ON w.nomination = n.id AND w.gate = 'G1' WHERE {}",
        _counted(questions, *questions),
        _at_office(round_id, actor),
    )
    return dict(rows[0])


def _questions(actor: Actor, today: date) -> dict[str, QueryString]:
    """How the questions of each of DESK_STATES stand, of `x`."""
    unanswered = "x.closed_at IS NULL AND x.answered_at IS NULL"
    return {
        "waiting": QueryString(f"{unanswered} AND x.due_on >= {{}}", today),
        "answered": QueryString("x.closed_at IS NULL AND x.answered_at IS NOT NULL"),
        "overdue": QueryString(f"{unanswered} AND x.due_on < {{}}", today),
        "mine": QueryString("x.closed_at IS NULL AND x.by = {}", actor.account_id),
    }


def _counted(questions: Mapping[str, QueryString], *names: str) -> QueryString:
    columns = ", ".join(f"count(*) FILTER (WHERE {{}}) AS {name}" for name in names)
    return QueryString(
        f"{columns}, min(x.due_on) FILTER"
        " (WHERE x.closed_at IS NULL AND x.answered_at IS NULL) AS due_on",
        *(questions[name] for name in names),
    )


def _wanted(state: str, questions: Mapping[str, QueryString]) -> QueryString:
    if state in questions:
        return QueryString(
            "n.id IN (SELECT x.nomination FROM item_return x WHERE {})", questions[state]
        )
    if state == "word":
        return QueryString(
            "NOT EXISTS (SELECT FROM attestation w WHERE w.nomination = n.id AND w.gate = 'G1')"
        )
    if state == "none":
        return QueryString("NOT EXISTS (SELECT FROM item_return x WHERE x.nomination = n.id)")
    return QueryString("true")


def _at_office(round_id: int, actor: Actor) -> QueryString:
    return QueryString(
        "n.round = {} AND n.stage = 'office' AND {}", round_id, nominated_in(actor, *OFFICE)
    )
