"""The list of a round: only what the reader sees, searched, filtered and paged by key."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from piccolo.querystring import QueryString

from app.kernel.actor import Actor
from app.nominations.queries.listing_filters import REGISTERED, Wanted, matching, patterns
from app.nominations.queries.listing_sorts import only_seen, order_of
from app.nominations.queries.visible import FROM, STATE, seen_by
from app.nominations.rules import STATES
from app.nominations.rules.listing import NominationRow
from app.nominations.tables import Nomination
from app.web.paging import Cursor, PageOf

__all__ = [
    "PAGE",
    "Offered",
    "OwnNomination",
    "Wanted",
    "counts",
    "nominations_page",
    "offered",
    "own",
    "page_statement",
    "patterns",
]
PAGE = 50


async def nominations_page(
    round_id: int,
    actor: Actor,
    today: date,
    wanted: Wanted | None = None,
    *,
    cursor: Cursor | None = None,
    limit: int = PAGE,
) -> PageOf[NominationRow]:
    """At most `limit` rows in the order asked for."""
    rows = await Nomination.raw(
        "{}", page_statement(round_id, actor, today, wanted or Wanted(), cursor, limit)
    )
    keys = [row.pop("sort_key") for row in rows]
    shown = tuple(NominationRow(**row) for row in rows[:limit])
    more = len(rows) > limit
    return PageOf(shown, Cursor(keys[limit - 1], shown[-1].id) if more else None)


def page_statement(
    round_id: int,
    actor: Actor,
    today: date,
    wanted: Wanted,
    cursor: Cursor | None,
    limit: int,
) -> QueryString:
    """Which dossiers first, from the narrowest rows; only those shown are told in full."""
    order = order_of(wanted.sort, actor)
    place = f"p.place{' DESC' if order.turned else ''}"
    return QueryString(
        "SELECT n.id, n.code, n.subject, n.name, n.post, n.unit_name, n.submitted_at,"
        f" {STATE} AS state, p.place::text AS sort_key, f.name AS award_form_name,"
        " (SELECT v.name FROM unit_version v WHERE v.unit = n.nominating_unit"
        " ORDER BY v.valid_from DESC LIMIT 1) AS nominating_unit_name,"
        f" {REGISTERED} AS registered, {{}} AS self_points, {{}} AS unit_points,"
        " {} AS appraisal_points, i.asked, i.answered, i.due_on"
        f" FROM (SELECT n.id, {{}} AS place FROM {FROM}{order.join}"
        f" WHERE n.round = {{}} AND {{}} AND {{}} AND {{}} {{}} LIMIT {limit + 1}) p"
        " JOIN nomination n ON n.id = p.id LEFT JOIN gate_check g ON g.nomination = n.id"
        " JOIN award_form f ON f.id = n.award_form"
        " CROSS JOIN LATERAL (SELECT count(*) FILTER (WHERE x.answered_at IS NULL) AS asked,"
        " count(*) FILTER (WHERE x.answered_at IS NOT NULL) AS answered,"
        " min(x.due_on) FILTER (WHERE x.answered_at IS NULL) AS due_on FROM item_return x"
        " WHERE x.nomination = n.id AND x.closed_at IS NULL AND n.stage = 'office'"
        f" AND g.id IS NULL) i ORDER BY {place}, n.id{' DESC' if order.turned else ''}",
        *(only_seen(giver, _sum(giver), actor) for giver in ("self", "unit", "appraisal")),
        order.key,
        round_id,
        seen_by(actor),
        matching(wanted, actor, today),
        order.after(cursor),
        order.by(),
    )


def _sum(giver: str) -> QueryString:
    return QueryString(
        "(SELECT sum(m.points) FROM score_column c JOIN score_column_mark m"
        f" ON m.score_column = c.id WHERE c.nomination = n.id AND c.giver = '{giver}')"
    )


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


@dataclass(frozen=True, slots=True)
class Offered:
    """Of all the reader sees in the round: how many per state, and the award forms there are."""

    states: Mapping[str, int]
    award_forms: Mapping[str, str]


async def offered(round_id: int, actor: Actor) -> Offered:
    """Every state has an entry; `award_forms` by code."""
    rows = await Nomination.raw(
        "SELECT x.*, f.code, f.name FROM ("
        f" SELECT {STATE} AS state, n.award_form, count(*) AS n FROM {FROM}"
        " WHERE n.round = {} AND {} GROUP BY 1, 2) x JOIN award_form f ON f.id = x.award_form"
        " ORDER BY f.kind DESC, f.id",
        round_id,
        seen_by(actor),
    )
    states = Counter(dict.fromkeys(STATES, 0))
    for row in rows:
        states[row["state"]] += row["n"]
    return Offered(dict(states), {row["code"]: row["name"] for row in rows})


async def counts(round_id: int, actor: Actor) -> Mapping[str, int]:
    """How many the reader sees, per state; every state has an entry."""
    return (await offered(round_id, actor)).states
