"""Awarded nominations enter the history that later dossiers are compared with."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from app.award_history.actions import keep_decided
from app.award_history.rules import DecidedAward
from app.kernel.actor import Actor
from app.kernel.period import Period
from app.nominations.tables import Nomination


async def keep_awards(
    nomination_ids: Sequence[int],
    decision_number: str,
    decided_on: date,
    issuer: str,
    *,
    actor: Actor,
    now: datetime,
) -> None:
    """Inside the transaction of the decision: method, period and achievement as nominated."""
    rows = await Nomination.raw(
        "SELECT n.person AS person_id, n.collective AS collective_id,"
        " n.award_form AS award_form_id, r.method, n.achievement,"
        " coalesce(n.period_from, r.achievements_from) AS first,"
        " coalesce(n.period_to, r.achievements_to) AS last"
        " FROM nomination n JOIN review_round r ON r.id = n.round WHERE n.id = ANY({})"
        " ORDER BY n.id",
        list(nomination_ids),
    )
    awards = [DecidedAward(period=Period(row.pop("first"), row.pop("last")), **row) for row in rows]
    await keep_decided(awards, decision_number, decided_on, issuer, actor=actor, now=now)
