"""Whose gates are frozen when the scoring of a round opens."""

from __future__ import annotations

import json

from app.eligibility.queries import Nominee
from app.nominations.tables import Nomination


async def to_freeze(round_id: int) -> tuple[Nominee, ...]:
    """Every nomination of the round at the office whose gates are not frozen yet, locked.

    Locked by a statement of its own, so that a word or a submission that was just being written
    is either counted here or refused there.
    """
    await Nomination.raw(
        "SELECT id FROM nomination WHERE round = {} ORDER BY id FOR UPDATE", round_id
    )
    rows = await Nomination.raw(
        "SELECT n.id, n.subject, n.person, n.collective,"
        " (SELECT count(*) FROM evidence_item e WHERE e.nomination = n.id"
        " AND e.withdrawn_at IS NULL AND e.quantity_after IS NOT NULL"
        " AND e.last_on IS NOT NULL) AS quantified,"
        " (SELECT json_object_agg(a.gate, a.positive) FROM attestation a"
        " WHERE a.nomination = n.id) AS words"
        " FROM nomination n WHERE n.round = {} AND n.stage = 'office' AND NOT EXISTS"
        " (SELECT FROM gate_check g WHERE g.nomination = n.id) ORDER BY n.id",
        round_id,
    )
    return tuple(
        Nominee(
            row["id"],
            row["subject"],
            row["person"],
            row["collective"],
            row["quantified"],
            json.loads(row["words"] or "{}"),
        )
        for row in rows
    )
