from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from app.audit import actions as audit
from app.kernel.actor import Actor
from app.kernel.period import today_in_vietnam
from app.kernel.refusal import N_, NotVisible, Refusal, Refused
from app.movement.queries import round_facts
from app.nominations import policy, queries, rules
from app.nominations.actions.nominating import nominate_collective, nominate_person
from app.nominations.tables import Registration
from app.piccolo_conf import DB

# A person where they are posted today, or None and the collective itself.
Pick = tuple[int | None, int]


async def register(
    round_id: int,
    picks: Sequence[Pick],
    award_form_id: int,
    goal: str,
    *,
    actor: Actor,
    now: datetime,
) -> tuple[int, ...]:
    """All of them or none: who is registered already is named."""
    today = today_in_vietnam(now)
    async with DB.transaction():
        round_ = await round_facts(round_id, lock=True)
        if not all(actor.holds_over(unit_id, *policy.NOMINATE) for _, unit_id in picks):
            raise NotVisible
        if refusal := rules.refuse_registering(rules.registration_days(round_.calendar), today):
            raise Refused(refusal)
        # The nomination takes the round's form, so nothing else can be announced for it.
        if round_.award_form is None or award_form_id != round_.award_form.id:
            raise Refused(
                Refusal(
                    "no-such-form",
                    N_("Vui lòng chọn một mục trong danh sách."),
                    field_name="award_form",
                )
            )
        people = [person for person, _ in picks if person is not None]
        collectives = [unit for person, unit in picks if person is None]
        known = await queries.registered_names(round_id, people, collectives)
        if refusal := rules.refuse_registered(known):
            raise Refused(refusal)
        ids = tuple(
            [
                await _save(round_id, pick, award_form_id, goal, today, actor, now)
                for pick in dict.fromkeys(picks)
            ]
        )
        await audit.record(
            actor, "nominations.register", "round", round_id, now=now, count=len(ids)
        )
    return ids


async def withdraw_registration(
    registration_id: int, reason: str, *, actor: Actor, now: datetime
) -> None:
    async with DB.transaction():
        row = await queries.registration(registration_id, actor, lock=True)
        if not policy.may_change_registration(actor, row):
            raise NotVisible
        if refusal := rules.refuse_withdrawing(row):
            raise Refused(refusal)
        await Registration.raw(
            "UPDATE registration SET withdrawn_by = {}, withdrawn_at = {}, withdrawn_because = {}"
            " WHERE id = {}",
            actor.account_id,
            now,
            reason,
            registration_id,
        )
        await audit.record(
            actor,
            "nominations.withdraw_registration",
            "registration",
            registration_id,
            now=now,
            round=row.round_id,
        )


async def nominate_registered(registration_id: int, *, actor: Actor, now: datetime) -> int:
    """The registered person as posted today, or the collective; with the usual achievement line."""
    async with DB.transaction():
        row = await queries.registration(registration_id, actor, lock=True)
        if not policy.may_change_registration(actor, row):
            raise NotVisible
        if refusal := rules.refuse_using(row):
            raise Refused(refusal)
        round_ = await round_facts(row.round_id)
        achievement = rules.usual_achievement(round_.movement_name, round_.name)
        if row.person_id is None:
            made = await nominate_collective(
                row.round_id, row.collective_id or 0, achievement, actor=actor, now=now
            )
        else:
            unit_id = await queries.posted_unit(row.person_id, actor, today_in_vietnam(now))
            if unit_id is None:
                raise Refused(rules.NOT_POSTED)
            made = await nominate_person(
                row.round_id, row.person_id, unit_id, achievement, actor=actor, now=now
            )
    return made


async def _save(
    round_id: int,
    pick: Pick,
    award_form_id: int,
    goal: str,
    today: date,
    actor: Actor,
    now: datetime,
) -> int:
    person_id, unit_id = pick
    if person_id is None:
        place: rules.Place | None = await queries.place_of_collective(unit_id, today)
    else:
        place = await queries.place_of_person(person_id, unit_id, today)
    if place is None:
        raise Refused(rules.NOT_POSTED)
    if refusal := rules.refuse_place(place, today):
        raise Refused(refusal)
    if person_id is None:
        snapshot = rules.snapshot_of_collective(place)
    else:
        snapshot = rules.snapshot_of_person(person_id, place)
    row = Registration(
        round=round_id,
        subject=snapshot.subject,
        person=snapshot.person_id,
        collective=snapshot.collective_id,
        unit=rules.covering_unit(place.way, actor.units_for(*policy.NOMINATE)),
        award_form=award_form_id,
        name=snapshot.name,
        post=snapshot.post,
        unit_name=snapshot.unit_name,
        search_key=snapshot.search_key(""),
        order_key=snapshot.order_key,
        goal=goal,
        by=actor.account_id,
        at=now,
        withdrawn_because="",
    )
    await row.save()
    return int(row.id)
