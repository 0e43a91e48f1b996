"""What later rooms ask of a round: whom to score, and who is set aside and why.

These take no actor: the rooms that call them decide who may see a ranking.
"""

from __future__ import annotations

import json
from collections.abc import Mapping

from app.eligibility.queries import Nominee
from app.eligibility.rules import from_document
from app.nominations.rules import Candidate, SetAside
from app.nominations.tables import Nomination

_FROM = (
    " FROM nomination n JOIN submission s ON s.nomination = n.id"
    " JOIN gate_check g ON g.nomination = n.id WHERE n.round = {}"
)


async def candidates(round_id: int) -> tuple[Candidate, ...]:
    """Submitted, with every gate passed when scoring opened; in the order of given names."""
    rows = await Nomination.raw(
        "SELECT n.id, n.code, n.subject, n.name, n.post, n.unit_name, n.person AS person_id,"
        f" n.collective AS collective_id, n.order_key {_FROM} AND g.outcome = 'pass'"
        ' ORDER BY n.subject DESC, n.order_key COLLATE "C", n.id',
        round_id,
    )
    return tuple(Candidate(**row) for row in rows)


async def candidate_counts(round_id: int) -> Mapping[str, int]:
    """By subject; both subjects have an entry."""
    rows = await Nomination.raw(
        f"SELECT n.subject, count(*) AS n {_FROM} AND g.outcome = 'pass' GROUP BY 1", round_id
    )
    return {"individual": 0, "collective": 0} | {row["subject"]: row["n"] for row in rows}


async def set_aside(round_id: int) -> tuple[SetAside, ...]:
    """Submitted, but a gate failed or held; with the public reasons as they were frozen."""
    rows = await Nomination.raw(
        "SELECT n.id, n.code, n.subject, n.name, n.post, n.unit_name, g.outcome, g.verdicts"
        f"{_FROM} AND g.outcome <> 'pass'"
        ' ORDER BY n.subject DESC, n.order_key COLLATE "C", n.id',
        round_id,
    )
    return tuple(SetAside(**row | {"verdicts": from_document(row["verdicts"])}) for row in rows)


async def to_freeze(round_id: int) -> tuple[Nominee, ...]:
    """Every submitted nomination of the round whose gates are not frozen yet, locked.

    Locked by a statement of its own, so that a word or a submission that was just being written
    is either counted here or refused there.
    """
    await Nomination.raw(
        "SELECT id FROM nomination WHERE round = {} ORDER BY id FOR UPDATE", round_id
    )
    rows = await Nomination.raw(
        "SELECT n.id, n.subject, n.person, n.collective,"
        " (SELECT count(*) FROM evidence_item e WHERE e.nomination = n.id"
        " AND e.quantity_after IS NOT NULL) AS quantified,"
        " (SELECT json_object_agg(a.gate, a.positive) FROM attestation a"
        " WHERE a.nomination = n.id) AS words"
        " FROM nomination n JOIN submission s ON s.nomination = n.id"
        " WHERE n.round = {} AND NOT EXISTS"
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
