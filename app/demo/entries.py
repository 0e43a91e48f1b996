"""The achievements of a dossier, entered one by one as a unit's officer does."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal

from app.demo.world.story_facts import Evidence
from app.kernel.actor import Actor
from app.kernel.period import Period, today_in_vietnam
from app.nominations import actions as nominations


async def enter(
    nomination_id: int, items: Sequence[Evidence], *, actor: Actor, now: datetime
) -> None:
    for item in items:
        await nominations.add_evidence(
            nomination_id,
            item.criterion,
            item.statement,
            Decimal(item.before),
            Decimal(item.after),
            item.unit,
            f"{item.document} số {item.document_number}",
            days=_days(item, today_in_vietnam(now)),
            actor=actor,
            now=now,
        )


def _days(item: Evidence, today: date) -> Period:
    """From the beginning of February, when the year's plan is out, to the paper."""
    last = min(item.document_date, today)
    return Period(min(date(last.year, 2, 1), last), last)
