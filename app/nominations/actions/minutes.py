from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime

from app.audit import actions as audit
from app.kernel.actor import Actor
from app.kernel.period import today_in_vietnam
from app.kernel.refusal import N_, NotVisible, Refusal, Refused
from app.movement.queries import round_facts
from app.nominations import policy, queries, rules
from app.nominations.tables import PeerReview
from app.piccolo_conf import DB

NUMBER_TAKEN = Refusal(
    "number-taken", N_("Đơn vị đã có biên bản mang số này."), field_name="number"
)


async def record_minutes(
    round_id: int,
    unit_id: int,
    head: rules.MinutesHead,
    votes: Mapping[int, rules.Vote],
    *,
    actor: Actor,
    now: datetime,
) -> int:
    """`votes` by nomination."""
    today = today_in_vietnam(now)
    if not actor.holds_over(unit_id, *policy.NOMINATE):
        raise NotVisible
    async with DB.transaction():
        round_ = await round_facts(round_id, lock=True)
        nominees = await queries.nominees_of(round_id, unit_id, lock=True)
        if refusal := rules.refuse_minutes(
            head, votes, nominees, round_.achievements, round_.nominations, today
        ):
            raise Refused(refusal)
        if await queries.number_taken(round_id, unit_id, head.number, None):
            raise Refused(NUMBER_TAKEN)
        row = PeerReview(
            round=round_id, unit=unit_id, version=1, by=actor.account_id, at=now, **asdict(head)
        )
        await row.save()
        await _count(int(row.id), votes)
        await audit.record(
            actor,
            "nominations.record_minutes",
            "peer_review",
            row.id,
            now=now,
            round=round_id,
            unit=unit_id,
            count=len(votes),
        )
    return int(row.id)


async def change_minutes(
    minutes_id: int,
    head: rules.MinutesHead,
    votes: Mapping[int, rules.Vote],
    version: int,
    *,
    actor: Actor,
    now: datetime,
) -> None:
    """`version`: what the reader had before them. Dossiers already sent keep their votes."""
    today = today_in_vietnam(now)
    async with DB.transaction():
        found = await queries.minutes(minutes_id, actor)
        # In the order of new minutes: the round first, then what it counts.
        await round_facts(found.round_id, lock=True)
        nominees = await queries.nominees_of(found.round_id, found.unit_id, minutes_id, lock=True)
        found = await queries.minutes(minutes_id, actor, lock=True)
        if not policy.may_change_minutes(actor, found):
            raise NotVisible
        refusal = rules.refuse_version(found.version, version) or rules.refuse_minutes(
            head, votes, nominees, found.window, found.nominations, today
        )
        if refusal:
            raise Refused(refusal)
        if await queries.number_taken(found.round_id, found.unit_id, head.number, minutes_id):
            raise Refused(NUMBER_TAKEN)
        await PeerReview.raw(
            "UPDATE peer_review SET number = {}, held_on = {}, place = {}, locality = {},"
            " chair = {}, secretary = {}, members_total = {}, members_present = {},"
            " discussion = {}, version = version + 1, by = {}, at = {} WHERE id = {}",
            head.number,
            head.held_on,
            head.place,
            head.locality,
            head.chair,
            head.secretary,
            head.members_total,
            head.members_present,
            head.discussion,
            actor.account_id,
            now,
            minutes_id,
        )
        await PeerReview.raw("DELETE FROM peer_review_vote WHERE peer_review = {}", minutes_id)
        await _count(minutes_id, votes)
        await audit.record(
            actor,
            "nominations.change_minutes",
            "peer_review",
            minutes_id,
            now=now,
            round=found.round_id,
            count=len(votes),
            version=version + 1,
        )


async def _count(minutes_id: int, votes: Mapping[int, rules.Vote]) -> None:
    await PeerReview.raw(
        "INSERT INTO peer_review_vote (peer_review, nomination, agree_votes, disagree_votes, note)"
        " SELECT {}, n, a, d, t FROM unnest({}::int[], {}::int[], {}::int[], {}::text[])"
        " AS x (n, a, d, t)",
        minutes_id,
        list(votes),
        [vote.agree for vote in votes.values()],
        [vote.disagree for vote in votes.values()],
        [vote.note for vote in votes.values()],
    )
