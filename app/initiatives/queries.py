from __future__ import annotations

import json
from collections.abc import Collection
from datetime import date
from decimal import Decimal
from itertools import islice
from typing import Any

from app.initiatives import policy
from app.initiatives.rules import Author, InitiativeFacts, Recognition
from app.initiatives.tables import Initiative
from app.kernel.actor import Actor
from app.kernel.period import Period
from app.kernel.refusal import NotVisible
from app.kernel.vietnamese import search_key

LARGEST_ID = 2**31 - 1
READ = 2000
# Authors and papers travel with their initiative as JSON, so a list costs one statement.
_SELECT = (
    "SELECT i.id, i.code, i.title, i.unit, i.applied_from,"
    " (SELECT json_agg(json_build_array(a.person, a.share::text) ORDER BY a.share DESC, a.id)"
    " FROM initiative_author a WHERE a.initiative = i.id) AS authors,"
    " (SELECT json_agg(json_build_array(r.scope, r.number, r.recognised_on, r.replicable)"
    " ORDER BY r.recognised_on, r.id)"
    " FROM initiative_recognition r WHERE r.initiative = i.id) AS recognitions"
    " FROM initiative i "
)


async def initiatives_of(
    *,
    person_ids: Collection[int] = (),
    unit_ids: Collection[int] = (),
    period: Period,
) -> tuple[InitiativeFacts, ...]:
    """Applied by the end of `period`, by any of these authors or held by any of these units."""
    rows = await Initiative.raw(
        _SELECT + "WHERE ({}::date IS NULL OR i.applied_from <= {})"
        " AND (i.unit = ANY({}) OR i.id IN"
        " (SELECT initiative FROM initiative_author WHERE person = ANY({})))"
        " ORDER BY i.applied_from, i.id",
        period.last,
        period.last,
        list(unit_ids),
        list(person_ids),
    )
    return tuple(_facts(row) for row in rows)


async def initiative_for(initiative_id: int, actor: Actor) -> InitiativeFacts:
    """For who may submit or recognise it; nobody else is shown an initiative by itself."""
    if not 0 < initiative_id <= LARGEST_ID:
        raise NotVisible
    rows = await Initiative.raw(_SELECT + "WHERE i.id = {}", initiative_id)
    if not rows or not _seen(found := _facts(rows[0]), actor):
        raise NotVisible
    return found


async def initiatives_like(text: str, actor: Actor, *, limit: int) -> tuple[InitiativeFacts, ...]:
    """Of those the actor sees, by code or by the words of the title, newest first.

    Titles keep no search key, so words are looked for among the newest `READ` only.
    """
    rows = await Initiative.raw(
        _SELECT + "WHERE i.unit = ANY({}) OR EXISTS (SELECT FROM initiative_author x"
        " WHERE x.initiative = i.id AND x.person = {})"
        f" ORDER BY lower(i.code) <> {{}}, i.applied_from DESC, i.id LIMIT {READ}",
        sorted(actor.units_for(*policy.SUBMITS, *policy.RECOGNISES)),
        actor.person_id,
        text.lower(),
    )
    words = search_key(text).split()
    found = (
        facts
        for facts in map(_facts, rows)
        if all(f" {word}" in f" {search_key(f'{facts.title} {facts.code}')}" for word in words)
    )
    return tuple(islice(found, limit))


def _seen(found: InitiativeFacts, actor: Actor) -> bool:
    return policy.may_submit(actor, found.unit_id, found.authors) or policy.may_recognise(
        actor, found.unit_id
    )


async def initiative_for_update(initiative_id: int) -> InitiativeFacts:
    if not 0 < initiative_id <= LARGEST_ID:
        raise NotVisible
    # Locked by a statement of its own: what another transaction added meanwhile is then seen.
    await Initiative.raw("SELECT id FROM initiative WHERE id = {} FOR UPDATE", initiative_id)
    rows = await Initiative.raw(_SELECT + "WHERE i.id = {}", initiative_id)
    if not rows:
        raise NotVisible
    return _facts(rows[0])


def _facts(row: dict[str, Any]) -> InitiativeFacts:
    authors = json.loads(row["authors"] or "[]")
    recognitions = json.loads(row["recognitions"] or "[]")
    return InitiativeFacts(
        id=row["id"],
        code=row["code"],
        title=row["title"],
        unit_id=row["unit"],
        applied_from=row["applied_from"],
        authors=tuple(Author(person, Decimal(share)) for person, share in authors),
        recognitions=tuple(
            Recognition(scope, number, date.fromisoformat(day), replicable)
            for scope, number, day, replicable in recognitions
        ),
    )
