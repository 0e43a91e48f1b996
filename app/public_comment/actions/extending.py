from __future__ import annotations

from datetime import date, datetime

from app.audit import actions as audit
from app.kernel.actor import Actor
from app.kernel.period import today_in_vietnam
from app.kernel.refusal import NotVisible, Refused
from app.movement.queries import round_facts
from app.piccolo_conf import DB
from app.public_comment import policy, queries, rules
from app.public_comment.days_off import days_off
from app.public_comment.tables import Publication, PublicationExtension


async def extend(
    publication_id: int, working_days: int, because: str, *, actor: Actor, now: datetime
) -> date:
    """So many working days in all, from the first; returns the new last day."""
    async with DB.transaction():
        found = await queries.publication(publication_id, actor)
        if not policy.may_publish(actor, found.unit_id):
            raise NotVisible
        # The round first, as publishing and deciding do: its calendar stays while we look at it.
        round_ = await round_facts(found.round_id, lock=True)
        found = await queries.publication_for_update(publication_id, actor)
        last_on = rules.last_working_day(found.first_on, working_days, days_off(found.first_on))
        today = today_in_vietnam(now)
        refusal = rules.refuse_extension(found, round_.calendar, working_days, last_on, today)
        if refusal:
            raise Refused(refusal)
        await Publication.raw(
            "UPDATE publication SET last_on = {}, working_days = {} WHERE id = {}",
            last_on,
            working_days,
            publication_id,
        )
        await PublicationExtension(
            publication=publication_id,
            old_last=found.last_on,
            new_last=last_on,
            reason=because,
            by=actor.account_id,
            at=now,
        ).save()
        await audit.record(
            actor,
            "public_comment.extend",
            "publication",
            publication_id,
            now=now,
            day=[found.last_on, last_on],
        )
    return last_on
