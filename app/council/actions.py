from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from app.audit import actions as audit
from app.council import policy, queries, rules
from app.council.rules import CouncilFacts, Meeting, PaperStyle, Seat, share
from app.council.tables import Council, CouncilMember, CouncilResult, CouncilSession
from app.kernel.actor import Actor
from app.kernel.period import today_in_vietnam
from app.kernel.refusal import N_, NotVisible, Refusal, Refused
from app.movement.queries import round_facts
from app.movement.rules import RoundFacts
from app.piccolo_conf import DB
from app.scoring.queries import stage


async def establish(
    unit_id: int,
    name: str,
    founding_paper: str,
    valid_from: date,
    seats: Sequence[Seat],
    paper: PaperStyle,
    *,
    actor: Actor,
    now: datetime,
) -> int:
    """Found a council with its members; a unit has one council at a time."""
    if not policy.may_establish(actor, unit_id):
        raise NotVisible
    async with DB.transaction():
        # Whoever founds a council for the same unit meanwhile waits here, and is then refused.
        await Council.raw("SELECT id FROM unit WHERE id = {} FOR NO KEY UPDATE", unit_id)
        refusal = rules.refuse_establishing(seats)
        if refusal is None and await queries.other_council_on(unit_id, valid_from):
            refusal = Refusal("council-exists", N_("Đơn vị đang có một Hội đồng hoạt động."))
        if refusal:
            raise Refused(refusal)
        council = Council(
            unit=unit_id,
            name=name,
            founding_paper=founding_paper,
            head_title=paper.head_title,
            symbol=paper.symbol,
            place=paper.place,
            valid_from=valid_from,
        )
        await council.save()
        await CouncilMember.insert(
            *(
                CouncilMember(
                    council=council.id,
                    account=seat.account_id,
                    office=seat.office,
                    position=position,
                    valid_from=valid_from,
                )
                for position, seat in enumerate(seats, start=1)
            )
        )
        await audit.record(
            actor, "council.establish", "council", council.id, now=now, members=len(seats)
        )
    return int(council.id)


async def record_result(
    round_id: int,
    held_on: date,
    members_present: int,
    minutes_number: str,
    votes: Mapping[int, int],
    notes: Mapping[int, str],
    *,
    actor: Actor,
    now: datetime,
) -> int:
    """Record the session and return its id; approval follows from the frozen protocol.

    `votes` counts agreeing ballots by nomination, those given in writing included.
    """
    meeting = Meeting(held_on, members_present, minutes_number, votes, notes)
    async with DB.transaction():
        round_ = await round_facts(round_id, lock=True)
        if not policy.may_record_result(actor, round_.unit_id):
            raise NotVisible
        council = await queries.members(round_id, meeting.held_on)
        candidates = [found.nomination_id for found in await queries.ranked(round_id)]
        if refusal := await _refusal(round_, council, candidates, meeting, now):
            raise Refused(refusal)
        assert council is not None  # noqa: S101 - a session without a council was refused
        session_id = await _write(round_, council, meeting, actor, now)
        await audit.record(
            actor,
            "council.record_result",
            "council_session",
            session_id,
            now=now,
            round=round_id,
            results=len(meeting.votes),
        )
    return session_id


async def _refusal(
    round_: RoundFacts,
    council: CouncilFacts | None,
    candidates: Sequence[int],
    meeting: Meeting,
    now: datetime,
) -> Refusal | None:
    closed_at = (await stage(round_)).closed_at
    closed_on = today_in_vietnam(closed_at) if closed_at else None
    recorded = await queries.session(round_.id) is not None
    if refusal := rules.refuse_recording(closed_on, recorded=recorded):
        return refusal
    assert closed_on is not None  # noqa: S101 - refused above
    assert round_.opening is not None  # noqa: S101 - scoring opens only after the round did
    total = len(council.members) if council else 0
    quorum = share(round_.opening.protocol, "quorum")
    return (
        rules.refuse_day(meeting.held_on, closed_on, today_in_vietnam(now))
        or rules.refuse_attendance(meeting.members_present, total, quorum)
        or rules.refuse_ballot(meeting.votes, candidates)
        or next(
            (no for votes in meeting.votes.values() if (no := rules.refuse_votes(votes, total))),
            None,
        )
    )


async def _write(
    round_: RoundFacts, council: CouncilFacts, meeting: Meeting, actor: Actor, now: datetime
) -> int:
    assert round_.opening is not None  # noqa: S101 - see above
    approval = share(round_.opening.protocol, "approval")
    total = len(council.members)
    session = CouncilSession(
        round=round_.id,
        council=council.id,
        held_on=meeting.held_on,
        members_total=total,
        members_present=meeting.members_present,
        minutes_number=meeting.minutes_number,
        by=actor.account_id,
        at=now,
    )
    await session.save()
    # One array per column: a row per parameter would pass the protocol's 32,767.
    await CouncilResult.raw(
        "INSERT INTO council_result (session, nomination, agree_votes, approved, note)"
        " SELECT {}, n, v, a, t FROM unnest({}::int[], {}::int[], {}::bool[], {}::text[])"
        " AS x (n, v, a, t)",
        session.id,
        list(meeting.votes),
        list(meeting.votes.values()),
        [approval.reached(votes, total) for votes in meeting.votes.values()],
        [meeting.notes.get(nomination_id, "") for nomination_id in meeting.votes],
    )
    return int(session.id)
