"""What public comment asks of the office today."""

from __future__ import annotations

from datetime import datetime

from app.kernel.actor import Actor
from app.kernel.period import today_in_vietnam
from app.kernel.refusal import N_
from app.kernel.waiting import WaitingItem
from app.public_comment import policy
from app.public_comment.tables import PublicComment


async def waiting(actor: Actor, now: datetime) -> tuple[WaitingItem, ...]:
    """Comments without an answer, per published list; due while the list is still open."""
    if not (units := policy.publishes_for(actor)):
        return ()
    rows = await PublicComment.raw(
        "SELECT p.id, p.title, count(*) AS n,"
        " CASE WHEN p.last_on >= {} AND p.withdrawn_at IS NULL THEN p.last_on END AS due"
        " FROM public_comment c JOIN publication p ON p.id = c.publication"
        " JOIN review_round r ON r.id = p.round JOIN movement w ON w.id = r.movement"
        " WHERE w.launched_by = ANY({}::int[]) AND NOT EXISTS"
        " (SELECT FROM comment_handling h WHERE h.comment = c.id)"
        " GROUP BY p.id ORDER BY p.last_on, p.id",
        today_in_vietnam(now),
        sorted(units),
    )
    return tuple(
        WaitingItem(
            N_("{n} ý kiến về {title} chờ xử lý."),
            f"/publications/{row['id']}",
            {"n": row["n"], "title": row["title"]},
            row["due"],
        )
        for row in rows
    )
