"""Registrations of a round: only what the reader sees, searched and paged by key."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from piccolo.querystring import QueryString

from app.kernel.actor import Actor
from app.kernel.refusal import NotVisible
from app.nominations.policy import NOMINATE, REVIEW
from app.nominations.queries.listing import PAGE, patterns
from app.nominations.queries.placing import LARGEST_ID
from app.nominations.rules import RegistrationRow
from app.nominations.tables import Registration
from app.organization.tables import Posting
from app.web.paging import Cursor, PageOf

_SELECT = (
    "SELECT q.id, q.round AS round_id, q.subject, q.person AS person_id,"
    " q.collective AS collective_id, q.unit AS unit_id, q.name, q.post, q.unit_name,"
    " f.name AS award_form_name, q.goal, a.name AS by, q.at, q.withdrawn_at,"
    " q.withdrawn_because, n.id AS nomination_id, q.order_key"
    " FROM registration q JOIN award_form f ON f.id = q.award_form JOIN account a ON a.id = q.by"
    " LEFT JOIN nomination n ON n.round = q.round"
    " AND (n.person = q.person OR n.collective = q.collective)"
)
# What the filter of the list offers.
STATES = {
    "open": "q.withdrawn_at IS NULL AND n.id IS NULL",
    "nominated": "q.withdrawn_at IS NULL AND n.id IS NOT NULL",
    "withdrawn": "q.withdrawn_at IS NOT NULL",
}


def seen_by(actor: Actor) -> QueryString:
    """Own units and those reviewed; everybody sees what names themselves."""
    return QueryString(
        "(q.unit = ANY({}) OR q.person = {})",
        list(actor.units_for(*NOMINATE, *REVIEW)),
        actor.person_id,
    )


async def registrations_page(
    round_id: int,
    actor: Actor,
    *,
    search: str = "",
    state: str = "",
    cursor: Cursor | None = None,
    limit: int = PAGE,
) -> PageOf[RegistrationRow]:
    """In the order of given names. `state`: one of STATES, or empty for all."""
    after = cursor or Cursor("", 0)
    rows = await Registration.raw(
        f"{_SELECT} WHERE q.round = {{}} AND {{}} AND {STATES.get(state, 'true')}"
        " AND (' ' || q.search_key) LIKE ALL({}::text[])"
        ' AND (q.order_key COLLATE "C", q.id) > ({}, {})'
        ' ORDER BY q.order_key COLLATE "C", q.id LIMIT {}',
        round_id,
        seen_by(actor),
        patterns(search),
        after.key,
        after.id,
        limit + 1,
    )
    shown = tuple(RegistrationRow(**row) for row in rows[:limit])
    more = len(rows) > limit
    return PageOf(shown, Cursor(shown[-1].order_key, shown[-1].id) if more else None)


async def registration(
    registration_id: int, actor: Actor, *, lock: bool = False
) -> RegistrationRow:
    if not 0 < registration_id <= LARGEST_ID:
        raise NotVisible
    if lock:
        await Registration.raw(
            "SELECT 1 FROM registration WHERE id = {} FOR UPDATE", registration_id
        )
    rows = await Registration.raw(
        f"{_SELECT} WHERE q.id = {{}} AND {{}}", registration_id, seen_by(actor)
    )
    if not rows:
        raise NotVisible
    return RegistrationRow(**rows[0])


async def registered_names(
    round_id: int, people: Sequence[int], collectives: Sequence[int]
) -> tuple[str, ...]:
    """Those among them who are registered in the round; the caller holds the round's lock."""
    rows = await Registration.raw(
        "SELECT name FROM registration WHERE round = {} AND withdrawn_at IS NULL"
        ' AND (person = ANY({}) OR collective = ANY({})) ORDER BY order_key COLLATE "C", id',
        round_id,
        list(people),
        list(collectives),
    )
    return tuple(row["name"] for row in rows)


async def posted_unit(person_id: int, actor: Actor, today: date) -> int | None:
    """Where the person works today, among the units the actor nominates for."""
    rows = await Posting.raw(
        "SELECT unit FROM posting WHERE person = {} AND unit = ANY({})"
        " AND valid_from <= {} AND (valid_to IS NULL OR valid_to >= {})"
        " ORDER BY is_main DESC, id LIMIT 1",
        person_id,
        list(actor.units_for(*NOMINATE)),
        today,
        today,
    )
    return int(rows[0]["unit"]) if rows else None
