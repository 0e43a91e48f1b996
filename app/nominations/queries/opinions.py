"""What other units were asked about one dossier, and what they said."""

from __future__ import annotations

from app.nominations.rules.opinions import OpinionFacts
from app.nominations.tables import Nomination


async def opinions_of(nomination_id: int) -> tuple[OpinionFacts, ...]:
    """In the order they were asked. The caller has loaded the dossier as its reader."""
    rows = await Nomination.raw(
        "SELECT i.id, i.unit AS unit_id, coalesce(v.name, '') AS unit_name,"
        " i.question, i.due_on, a.name AS asked_by,"
        " i.at AS asked_at, i.view, i.answer, coalesce(b.name, '') AS answered_by, i.answered_at"
        " FROM inter_agency_opinion i JOIN account a ON a.id = i.by"
        " LEFT JOIN account b ON b.id = i.answered_by"
        " LEFT JOIN LATERAL (SELECT x.name FROM unit_version x WHERE x.unit = i.unit"
        " ORDER BY x.valid_from DESC LIMIT 1) v ON true"
        " WHERE i.nomination = {} ORDER BY i.at, i.id",
        nomination_id,
    )
    return tuple(OpinionFacts(**row) for row in rows)
