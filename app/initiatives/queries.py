from __future__ import annotations

import json
from collections.abc import Collection
from datetime import date
from decimal import Decimal
from typing import Any

from app.initiatives.rules import Author, InitiativeFacts, Recognition
from app.initiatives.tables import Initiative
from app.kernel.period import Period
from app.kernel.refusal import NotVisible

LARGEST_ID = 2**31 - 1
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
