from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from app.audit import actions as audit
from app.eligibility.queries import Measure, facts_of
from app.eligibility.rules import gate_verdicts, overall, settings_from, to_document
from app.kernel.actor import Actor
from app.kernel.period import today_in_vietnam
from app.kernel.refusal import N_, NotVisible, Refusal, Refused
from app.kernel.vietnamese import tidy
from app.movement.queries import round_facts
from app.movement.rules import RoundFacts
from app.nominations import policy, queries, rules
from app.nominations.tables import Attestation, EvidenceItem, GateCheck, Nomination, Submission
from app.piccolo_conf import DB


async def nominate_person(
    round_id: int, person_id: int, unit_id: int, achievement: str, *, actor: Actor, now: datetime
) -> int:
    """`unit_id`: where the person is posted today. Name, post and unit are kept as they are now."""
    today = today_in_vietnam(now)
    async with DB.transaction():
        round_ = await _open_round(round_id, actor, unit_id, today)
        place = await queries.place_of_person(person_id, unit_id, today)
        if place is None:
            raise Refused(
                Refusal("not-posted", N_("Người được đề nghị hiện không công tác tại đơn vị này."))
            )
        snapshot = rules.snapshot_of_person(person_id, place)
        nomination = await _save(round_, place, snapshot, achievement, actor, now)
    return int(nomination.id)


async def nominate_collective(
    round_id: int, collective_id: int, achievement: str, *, actor: Actor, now: datetime
) -> int:
    today = today_in_vietnam(now)
    async with DB.transaction():
        round_ = await _open_round(round_id, actor, collective_id, today)
        place = await queries.place_of_collective(collective_id, today)
        snapshot = rules.snapshot_of_collective(place)
        nomination = await _save(round_, place, snapshot, achievement, actor, now)
    return int(nomination.id)


async def add_evidence(
    nomination_id: int,
    criterion_code: str,
    statement: str,
    before: Decimal | None,
    after: Decimal | None,
    quantity_unit: str,
    document: str,
    *,
    actor: Actor,
    now: datetime,
) -> int:
    async with DB.transaction():
        dossier = await queries.nomination_for_update(nomination_id, actor)
        if not policy.may_prepare(actor, dossier):
            raise NotVisible
        today = today_in_vietnam(now)
        if refusal := rules.refuse_evidence(
            dossier, criterion_code, before, after, quantity_unit, today
        ):
            raise Refused(refusal)
        new = rules.EvidenceFacts(
            0, criterion_code, statement, before, after, tidy(quantity_unit), tidy(document)
        )
        if refusal := rules.refuse_duplicate(dossier, new):
            raise Refused(refusal)
        item = EvidenceItem(
            nomination=nomination_id,
            criterion=next(c.id for c in dossier.criteria if c.code == criterion_code),
            statement=statement,
            quantity_before=before,
            quantity_after=after,
            quantity_unit=new.quantity_unit,
            document=new.document,
            by=actor.account_id,
            at=now,
        )
        await item.save()
        await audit.record(
            actor,
            "nominations.add_evidence",
            "nomination",
            nomination_id,
            now=now,
            criterion=criterion_code,
        )
    return int(item.id)


async def attest(
    nomination_id: int, gate: str, positive: bool, statement: str, *, actor: Actor, now: datetime
) -> None:
    """Give the word a gate rests on; until the gates are frozen a new word replaces the old."""
    async with DB.transaction():
        dossier = await queries.nomination_for_update(nomination_id, actor)
        if not policy.may_attest(actor, dossier, gate):
            raise NotVisible
        if refusal := rules.refuse_attestation(dossier, gate, positive, statement, actor.person_id):
            raise Refused(refusal)
        await Attestation.raw(
            "INSERT INTO attestation (nomination, gate, positive, statement, by, at)"
            " VALUES ({}, {}, {}, {}, {}, {}) ON CONFLICT (nomination, gate) DO UPDATE SET"
            " positive = excluded.positive, statement = excluded.statement, by = excluded.by,"
            " at = excluded.at",
            nomination_id,
            gate,
            positive,
            statement,
            actor.account_id,
            now,
        )
        await audit.record(
            actor, "nominations.attest", "nomination", nomination_id, now=now, gate=gate
        )


async def submit(nomination_id: int, *, actor: Actor, now: datetime) -> None:
    async with DB.transaction():
        dossier = await queries.nomination_for_update(nomination_id, actor)
        if not policy.may_prepare(actor, dossier):
            raise NotVisible
        if refusal := rules.refuse_submission(dossier, today_in_vietnam(now)):
            raise Refused(refusal)
        await Submission(nomination=nomination_id, by=actor.account_id, at=now).save()
        await audit.record(actor, "nominations.submit", "nomination", nomination_id, now=now)


async def freeze_gates(round_id: int, *, actor: Actor, now: datetime) -> int:
    """Answer the gates of every submitted nomination for good; returns how many.

    Runs inside the transaction that opens scoring, in a fixed number of statements.
    """
    if not policy.may_freeze(actor):
        raise NotVisible
    async with DB.transaction():
        round_ = await round_facts(round_id, lock=True)
        nominees = await queries.to_freeze(round_id)
        if round_.opening is None or not nominees:
            raise Refused(Refusal("nothing-to-freeze", N_("Đợt xét chưa có hồ sơ nào đã nộp.")))
        measure = Measure(round_.kind, round_.achievements, settings_from(round_.opening.protocol))
        found = await facts_of(nominees, measure, today_in_vietnam(now))
        verdicts = {key: gate_verdicts(facts) for key, facts in found.items()}
        # One array per column: a row per parameter would pass the protocol's 32,767.
        await GateCheck.raw(
            "INSERT INTO gate_check (nomination, outcome, verdicts, by, at)"
            " SELECT n, o, v, {}, {} FROM unnest({}::int[], {}::text[], {}::text[]) AS x (n, o, v)",
            actor.account_id,
            now,
            list(verdicts),
            [overall(own).value for own in verdicts.values()],
            [to_document(own) for own in verdicts.values()],
        )
        await audit.record(
            actor, "nominations.freeze_gates", "round", round_id, now=now, count=len(verdicts)
        )
    return len(verdicts)


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
    actor: Actor,
    now: datetime,
) -> Nomination:
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
    )
    await nomination.save()
    await audit.record(
        actor, "nominations.nominate", "nomination", nomination.id, now=now, code=code
    )
    return nomination
