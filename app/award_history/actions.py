from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from app.audit import actions as audit
from app.award_history import queries, rules
from app.award_history.rules import DecidedAward, NewAward
from app.award_history.tables import AwardRecord
from app.kernel.actor import Actor
from app.kernel.period import today_in_vietnam
from app.kernel.refusal import NotVisible, Refused
from app.piccolo_conf import DB


async def add_award(
    person_id: int | None, unit_id: int | None, new: NewAward, *, actor: Actor, now: datetime
) -> int:
    """An earlier award, from outside this system or before it; one of the ids is given."""
    today = today_in_vietnam(now)
    async with DB.transaction():
        holder = await queries.holder_for_update(person_id, unit_id, actor, today)
        known = await queries.awards_of_holder(holder, removed=False)
        if refusal := rules.refuse_award(new, known, today):
            raise Refused(refusal)
        award = AwardRecord(
            person=person_id,
            collective=unit_id,
            award_form=new.award_form_id,
            method=new.method,
            decision_number=new.decision_number,
            decided_on=new.decided_on,
            issuer=new.issuer,
            period_from=new.period.first if new.period else None,
            period_to=new.period.last if new.period else None,
            achievement=new.achievement,
            by=actor.account_id,
            at=now,
            removed_because="",
        )
        await award.save()
        await audit.record(
            actor,
            "award_history.add_award",
            "award_record",
            award.id,
            now=now,
            **{"person": person_id} if person_id is not None else {"unit": unit_id},
        )
    return int(award.id)


async def remove_award(award_id: int, because: str, *, actor: Actor, now: datetime) -> None:
    """Marked as entered by mistake; the row stays with its reason, for who keeps the history."""
    today = today_in_vietnam(now)
    async with DB.transaction():
        if not 0 < award_id < 2**31:
            raise NotVisible
        await AwardRecord.raw("SELECT id FROM award_record WHERE id = {} FOR UPDATE", award_id)
        award, kept = await queries.award(award_id, actor, today)
        if not kept:
            raise NotVisible
        if refusal := rules.refuse_removal(award):
            raise Refused(refusal)
        await AwardRecord.raw(
            "UPDATE award_record SET removed_by = {}, removed_at = {}, removed_because = {}"
            " WHERE id = {}",
            actor.account_id,
            now,
            because,
            award_id,
        )
        await audit.record(actor, "award_history.remove_award", "award_record", award_id, now=now)


async def keep_decided(
    awards: Sequence[DecidedAward],
    decision_number: str,
    decided_on: date,
    issuer: str,
    *,
    actor: Actor,
    now: datetime,
) -> None:
    """What a decision of this system awards, in its own transaction and under its log entry."""
    await AwardRecord.raw(
        "INSERT INTO award_record (person, collective, award_form, method, period_from, period_to,"
        " achievement, decision_number, decided_on, issuer, from_decision, by, at,"
        " removed_because) SELECT x.*, {}, {}, {}, true, {}, {}, '' FROM unnest({}::int[],"
        " {}::int[], {}::int[], {}::text[], {}::date[], {}::date[], {}::text[]) AS x",
        decision_number,
        decided_on,
        issuer,
        actor.account_id,
        now,
        [award.person_id for award in awards],
        [award.collective_id for award in awards],
        [award.award_form_id for award in awards],
        [award.method for award in awards],
        [award.period.first for award in awards],
        [award.period.last for award in awards],
        [award.achievement for award in awards],
    )
