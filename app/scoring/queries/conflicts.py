"""Which members of the panel are, or belong to, what they would have to score."""

from __future__ import annotations

from datetime import date

from app.movement.rules import RoundFacts
from app.scoring.queries.desk import CANDIDATES
from app.scoring.rules.conflicts import Conflict
from app.scoring.tables import PanelMember


async def conflicts(round_: RoundFacts, today: date) -> tuple[Conflict, ...]:
    """Belonging counts on any day from the start of the round's window until today, and through
    every level: whoever works in a room works in the procuracy the room belongs to."""
    rows = await PanelMember.raw(
        "WITH RECURSIVE belongs AS ("
        " SELECT pm.id AS member, p.unit FROM panel_member pm JOIN account a ON a.id = pm.account"
        " JOIN posting p ON p.person = a.person WHERE pm.round = {}"
        " AND p.valid_from <= {} AND (p.valid_to IS NULL OR p.valid_to >= {})"
        " UNION SELECT b.member, v.parent FROM belongs b JOIN unit_version v ON v.unit = b.unit"
        " WHERE v.parent IS NOT NULL"
        " AND v.valid_from <= {} AND (v.valid_to IS NULL OR v.valid_to >= {}))"
        " SELECT pm.id AS member, n.id AS nomination, n.subject"
        f" FROM panel_member pm JOIN ({CANDIDATES}) ON n.round = pm.round"
        " LEFT JOIN account a ON a.id = pm.account"
        " WHERE pm.round = {} AND (n.person = a.person"
        " OR EXISTS (SELECT FROM belongs b WHERE b.member = pm.id AND b.unit = n.collective))"
        " ORDER BY pm.id, n.id",
        round_.id,
        today,
        round_.achievements.first,
        today,
        round_.achievements.first,
        round_.id,
    )
    return tuple(Conflict(row["member"], row["nomination"], row["subject"]) for row in rows)
