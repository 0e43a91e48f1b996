"""Whom a list would name, in the order it would name them."""

from __future__ import annotations

from dataclasses import dataclass

from app.council import queries as council
from app.nominations.queries.correcting import scoring_opened
from app.nominations.tables import Nomination
from app.public_comment.rules import NewPublication


@dataclass(frozen=True, slots=True)
class Listed:
    """`unknown`: codes that are no submitted dossier of the round. `recorded`: the council met.

    `frozen`: who fulfils the conditions is settled.
    """

    nomination_ids: tuple[int, ...]
    unknown: tuple[str, ...]
    recorded: bool
    frozen: bool


async def listed(round_id: int, new: NewPublication) -> Listed:
    recorded = await council.session(round_id) is not None
    frozen = await scoring_opened(round_id)
    if new.basis == "approved":
        approved = await council.approved(round_id) if recorded else ()
        return Listed(tuple(found.nomination_id for found in approved), (), recorded, frozen)
    rows = await Nomination.raw(
        "SELECT n.id, n.code FROM nomination n LEFT JOIN gate_check g ON g.nomination = n.id"
        " WHERE n.round = {} AND n.stage = 'office'"
        " AND CASE WHEN {} THEN n.code = ANY({}) ELSE g.outcome = 'pass' END"
        ' ORDER BY n.subject, n.order_key COLLATE "C", n.id',
        round_id,
        new.basis == "chosen",
        list(new.codes),
    )
    known = {row["code"] for row in rows}
    unknown = tuple(code for code in new.codes if code not in known)
    return Listed(tuple(row["id"] for row in rows), unknown, recorded, frozen)
