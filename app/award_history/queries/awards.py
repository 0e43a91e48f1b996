"""Awards as facts. The caller has loaded their holder as visible."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from app.award_history.queries.holders import kept_holder, person_holder
from app.award_history.rules import Award, Holder, Removal
from app.award_history.tables import AwardRecord
from app.catalogue.tables import AwardForm
from app.kernel.actor import Actor
from app.kernel.period import Period
from app.kernel.refusal import NotVisible
from app.organization.queries.asking import LARGEST_ID

# A unit goes by the name it had on the day of the decision, or the first it had later.
SELECT = (
    "SELECT a.id, a.person, a.collective, coalesce(p.full_name, v.name, '') AS holder_name,"
    " f.name AS award_form, a.method, a.decision_number, a.decided_on, a.issuer, a.period_from,"
    " a.period_to, a.achievement, a.from_decision, a.removed_at, a.removed_because,"
    " b.name AS removed_by, w.name AS worked_in FROM award_record a"
    " JOIN award_form f ON f.id = a.award_form"
    " LEFT JOIN person p ON p.id = a.person LEFT JOIN account b ON b.id = a.removed_by"
    " LEFT JOIN LATERAL (SELECT x.name FROM unit_version x WHERE x.unit = a.collective"
    " ORDER BY x.valid_from > a.decided_on, CASE WHEN x.valid_from <= a.decided_on"
    " THEN x.valid_from END DESC, x.valid_from LIMIT 1) v ON true"
    # Where the person was that day; who had no post yet has none to show.
    " LEFT JOIN LATERAL (SELECT y.name FROM posting q JOIN unit_version y ON y.unit = q.unit"
    " AND y.valid_from <= a.decided_on AND (y.valid_to IS NULL OR y.valid_to >= a.decided_on)"
    " WHERE q.person = a.person AND q.is_main AND q.valid_from <= a.decided_on"
    " AND (q.valid_to IS NULL OR q.valid_to >= a.decided_on) LIMIT 1) w ON true"
)


# The unit `{}` and all it ever took over from.
WITH_PREDECESSORS = (
    "WITH RECURSIVE before (id) AS (SELECT {}::int UNION SELECT s.predecessor FROM before b"
    " JOIN unit_succession s ON s.successor = b.id) SELECT id FROM before"
)


async def award(award_id: int, actor: Actor, today: date) -> tuple[Award, bool]:
    """With whether the actor keeps it; a removed one exists for who keeps it only."""
    if not 0 < award_id <= LARGEST_ID:
        raise NotVisible
    rows = await AwardRecord.raw(f"{SELECT} WHERE a.id = {{}}", award_id)
    if not rows:
        raise NotVisible
    found = award_from(rows[0])
    if found.person_id is not None:
        await person_holder(found.person_id, actor, today)
    kept = await _keeps(found, actor, today)
    if found.removal is not None and not kept:
        raise NotVisible
    return found, kept


async def awards_of_holder(holder: Holder, *, removed: bool) -> tuple[Award, ...]:
    """Newest first; a unit's with those of the units it came from. `removed`: these too."""
    of_holder = "a.person = {}"
    if holder.person_id is None:
        of_holder = f"a.collective IN ({WITH_PREDECESSORS})"
    rows = await AwardRecord.raw(
        f"{SELECT} WHERE {of_holder} AND (a.removed_at IS NULL OR {{}})"
        " ORDER BY a.decided_on DESC, a.id DESC",
        holder.person_id or holder.unit_id,
        removed,
    )
    return tuple(award_from(row) for row in rows)


async def awards_of(
    people: Collection[int], collectives: Collection[int]
) -> Mapping[tuple[int | None, int | None], tuple[Award, ...]]:
    """By (person, collective), of many at once in one statement, newest first.

    A collective has the awards of the units it came from as well.
    """
    rows = await AwardRecord.raw(
        "WITH RECURSIVE before (unit, id) AS (SELECT u, u FROM unnest({}::int[]) AS u UNION"
        " SELECT b.unit, s.predecessor FROM before b JOIN unit_succession s ON s.successor = b.id)"
        f" SELECT x.*, w.unit AS of_unit FROM ({SELECT} WHERE a.removed_at IS NULL"
        " AND (a.person = ANY({}) OR a.collective IN (SELECT id FROM before))) x"
        " LEFT JOIN before w ON w.id = x.collective ORDER BY x.decided_on DESC, x.id DESC",
        sorted(collectives),
        sorted(people),
    )
    found: dict[tuple[int | None, int | None], list[Award]] = {}
    for row in rows:
        found.setdefault((row["person"], row["of_unit"]), []).append(award_from(row))
    return {key: tuple(awards) for key, awards in found.items()}


async def award_forms() -> dict[int, str]:
    """Names by id, titles first, as the catalogue lists them."""
    rows = await AwardForm.raw("SELECT id, name FROM award_form ORDER BY kind DESC, id")
    return {row["id"]: row["name"] for row in rows}


async def _keeps(found: Award, actor: Actor, today: date) -> bool:
    try:
        await kept_holder(found.person_id, found.collective_id, actor, today)
    except NotVisible:
        return False
    return True


def award_from(row: Mapping[str, Any]) -> Award:
    first, last = row["period_from"], row["period_to"]
    removal = None
    if row["removed_at"] is not None:
        removal = Removal(row["removed_by"] or "", row["removed_at"], row["removed_because"])
    return Award(
        id=row["id"],
        person_id=row["person"],
        collective_id=row["collective"],
        holder_name=row["holder_name"],
        award_form=row["award_form"],
        method=row["method"],
        decision_number=row["decision_number"],
        decided_on=row["decided_on"],
        issuer=row["issuer"],
        period=Period(first, last) if first else None,
        achievement=row["achievement"],
        from_decision=row["from_decision"],
        worked_in=row["worked_in"],
        removal=removal,
    )
