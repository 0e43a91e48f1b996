from __future__ import annotations

from datetime import date, datetime

from app.audit import actions as audit
from app.kernel.actor import Actor
from app.kernel.period import Period, today_in_vietnam
from app.kernel.refusal import NotVisible, Refused
from app.movement.queries import round_facts
from app.movement.rules import RoundFacts
from app.nominations import policy, queries, rules
from app.nominations.tables import Nomination
from app.piccolo_conf import DB


async def nominate_person(
    round_id: int,
    person_id: int,
    unit_id: int,
    achievement: str,
    period: Period | None = None,
    *,
    actor: Actor,
    now: datetime,
) -> int:
    """`unit_id`: where the person is posted today. Name, post and unit are kept as they are now.

    `period`: which days' achievements; None means the whole window of the round.
    """
    today = today_in_vietnam(now)
    async with DB.transaction():
        round_ = await _open_round(round_id, actor, unit_id, today)
        place = await queries.place_of_person(person_id, unit_id, today)
        if place is None:
            raise Refused(rules.NOT_POSTED)
        snapshot = rules.snapshot_of_person(person_id, place)
        nomination = await _save(round_, place, snapshot, achievement, period, actor, now)
    return int(nomination.id)


async def nominate_collective(
    round_id: int,
    collective_id: int,
    achievement: str,
    period: Period | None = None,
    *,
    actor: Actor,
    now: datetime,
) -> int:
    today = today_in_vietnam(now)
    async with DB.transaction():
        round_ = await _open_round(round_id, actor, collective_id, today)
        place = await queries.place_of_collective(collective_id, today)
        snapshot = rules.snapshot_of_collective(place)
        nomination = await _save(round_, place, snapshot, achievement, period, actor, now)
    return int(nomination.id)


async def _open_round(round_id: int, actor: Actor, unit_id: int, today: date) -> RoundFacts:
    """The round's row stays locked: codes are counted and nominees checked one at a time."""
    round_ = await round_facts(round_id, lock=True)
    if not actor.holds_over(unit_id, *policy.NOMINATE):
        raise NotVisible
    opened = round_.opening is not None and round_.award_form is not None
    if refusal := rules.refuse_nominating(round_.nominations, opened, today):
        raise Refused(refusal)
    return round_


async def _save(
    round_: RoundFacts,
    place: rules.Place,
    snapshot: rules.Snapshot,
    achievement: str,
    period: Period | None,
    actor: Actor,
    now: datetime,
) -> Nomination:
    if period == round_.achievements:
        period = None
    if period is not None and (refusal := rules.refuse_period(round_.achievements, period)):
        raise Refused(refusal)
    if refusal := rules.refuse_place(place, today_in_vietnam(now)):
        raise Refused(refusal)
    if await queries.is_nominated(round_.id, snapshot.person_id, snapshot.collective_id):
        raise Refused(rules.ALREADY_NOMINATED[snapshot.subject])
    prefix = rules.code_prefix(snapshot.subject, round_.year)
    code = rules.next_code(prefix, await queries.last_number(prefix))
    nomination = Nomination(
        code=code,
        round=round_.id,
        subject=snapshot.subject,
        person=snapshot.person_id,
        collective=snapshot.collective_id,
        nominating_unit=rules.covering_unit(place.way, actor.units_for(*policy.NOMINATE)),
        award_form=round_.award_form.id if round_.award_form else None,
        name=snapshot.name,
        post=snapshot.post,
        unit_name=snapshot.unit_name,
        search_key=snapshot.search_key(code),
        order_key=snapshot.order_key,
        achievement=achievement,
        created_by=actor.account_id,
        created_at=now,
        period_from=period.first if period else None,
        period_to=period.last if period else None,
    )
    await nomination.save()
    await audit.record(
        actor, "nominations.nominate", "nomination", nomination.id, now=now, code=code
    )
    return nomination
