"""Whom a list would name, in the order it would name them."""

from __future__ import annotations

from app.council import queries as council
from app.nominations.queries.correcting import scoring_opened
from app.nominations.tables import Nomination
from app.public_comment.rules import Listed, NewPublication


async def listed(round_id: int, new: NewPublication) -> Listed:
    recorded = await council.session(round_id) is not None
    frozen = await scoring_opened(round_id)
    approved = await council.approved(round_id) if recorded else ()
    if new.basis == "approved":
        return Listed(tuple(found.nomination_id for found in approved), recorded, frozen)
    rows = await Nomination.raw(
        "SELECT n.id, n.code, g.outcome FROM nomination n"
        " LEFT JOIN gate_check g ON g.nomination = n.id"
        " WHERE n.round = {} AND n.stage = 'office'"
        " AND CASE WHEN {} THEN n.code = ANY({}) ELSE g.outcome = 'pass' END"
        ' ORDER BY n.subject, n.order_key COLLATE "C", n.id',
        round_id,
        new.basis == "chosen",
        list(new.codes),
    )
    known = {row["code"]: row for row in rows}
    voted_for = {found.nomination_id for found in approved}
    return Listed(
        tuple(row["id"] for row in rows),
        recorded,
        frozen,
        unknown=tuple(code for code in new.codes if code not in known),
        unfit=tuple(code for code, row in known.items() if row["outcome"] != "pass"),
        unapproved=tuple(
            code for code, row in known.items() if recorded and row["id"] not in voted_for
        ),
    )
