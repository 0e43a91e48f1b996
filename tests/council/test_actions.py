from __future__ import annotations

import asyncio
from datetime import date

import pytest

from app.audit.tables import AuditEntry
from app.council import queries
from app.council.actions import establish, record_result
from app.council.rules import PaperStyle, Seat
from app.council.tables import Council, CouncilMember, CouncilResult, CouncilSession
from app.kernel.refusal import NotVisible, Refused
from app.scoring.actions import close_scoring
from tests.conftest import World
from tests.scoring import given

pytestmark = pytest.mark.anyio

SESSION = "2025-12-12"


async def ranked(world: World, n: int = 2) -> list[int]:
    """Collectives first, then individuals, as the council's list has them."""
    ids = await given.nominations(world, n)
    unit = await given.collective(world, "kv_1")
    await given.scoring_open(world)
    for login, points in zip(given.MEMBERS, ("12.5", "10", "9.75"), strict=True):
        await given.all_marks(world, points, world.at(given.SCORING), login)
    await close_scoring(
        world.ids["round_2025"], actor=await world.actor("secretary"), now=world.at(given.AFTER)
    )
    return [unit, *ids]


async def record(
    world: World,
    votes: dict[int, int],
    *,
    held_on: str = SESSION,
    present: int = 2,
    login: str = "secretary",
) -> int:
    return await record_result(
        world.ids["round_2025"],
        date.fromisoformat(held_on),
        present,
        "12/BB-HĐTĐKT",
        votes,
        {},
        actor=await world.actor(login),
        now=world.at(SESSION),
    )


async def code_of(recording: object) -> str:
    with pytest.raises(Refused) as refused:
        await recording  # type: ignore[misc]
    return refused.value.refusal.code


async def test_approval_counts_all_three_members_though_two_came(world: World) -> None:
    unit, first, second = await ranked(world)
    session_id = await record(world, {unit: 3, first: 2, second: 1})
    found = await queries.session(world.ids["round_2025"])
    assert found is not None
    assert (found.id, found.members_total, found.members_present) == (session_id, 3, 2)
    approved = await queries.approved(world.ids["round_2025"])
    assert [(a.nomination_id, a.subject, a.agree_votes, a.rank) for a in approved] == [
        (unit, "collective", 3, 1),
        (first, "individual", 2, 1),
    ]
    entry = await AuditEntry.select().order_by(AuditEntry.id, ascending=False).first()
    assert entry is not None
    assert (entry["action"], entry["object_kind"], entry["object_id"]) == (
        "council.record_result",
        "council_session",
        session_id,
    )


@pytest.mark.parametrize(
    ("held_on", "present", "code"),
    [
        ("2025-12-05", 2, "before-scoring-closed"),
        ("2025-12-13", 2, "in-the-future"),
        (SESSION, 1, "no-quorum"),
        (SESSION, 4, "more-than-members"),
    ],
)
async def test_a_session_that_cannot_have_been(
    world: World, held_on: str, present: int, code: str
) -> None:
    votes = dict.fromkeys(await ranked(world), 3)
    assert await code_of(record(world, votes, held_on=held_on, present=present)) == code
    assert (await CouncilSession.count(), await CouncilResult.count()) == (0, 0)


async def test_votes_that_cannot_have_been(world: World) -> None:
    ids = await ranked(world)
    assert await code_of(record(world, dict.fromkeys(ids, 4))) == "votes-above-total"
    assert await code_of(record(world, dict.fromkeys(ids[1:], 3))) == "not-the-ranked"
    assert await code_of(record(world, dict.fromkeys([*ids, 999], 3))) == "not-the-ranked"
    assert await CouncilSession.count() == 0


async def test_before_closing_there_is_nothing_to_vote_on(world: World) -> None:
    await given.nominations(world, 1)
    await given.scoring_open(world)
    assert await code_of(record(world, {})) == "scoring-not-closed"


async def test_two_secretaries_record_one_session(world: World) -> None:
    votes = dict.fromkeys(await ranked(world), 3)
    answers = await asyncio.gather(
        record(world, votes), record(world, votes), return_exceptions=True
    )
    refused = [answer for answer in answers if isinstance(answer, Refused)]
    assert [error.refusal.code for error in refused] == ["already-recorded"]
    assert await CouncilSession.count() == 1


@pytest.mark.parametrize("login", ["member_1", "leader", "auditor", "officer"])
async def test_only_the_secretary_records(world: World, login: str) -> None:
    votes = dict.fromkeys(await ranked(world), 3)
    with pytest.raises(NotVisible):
        await record(world, votes, login=login)


async def found_one(
    world: World, unit: str, login: str = "secretary", day: str = "2025-01-01"
) -> int:
    return await establish(
        world.ids[unit],
        "Hội đồng Thi đua - Khen thưởng",
        "Quyết định số 02",
        date.fromisoformat(day),
        [Seat(world.ids["account:member_2"], "chair"), Seat(world.ids["account:member_1"])],
        PaperStyle("Viện trưởng", "VKS", "Lạng Sơn"),
        actor=await world.actor(login),
        now=world.now,
    )


async def test_a_council_is_founded_with_its_members_in_order(world: World) -> None:
    council = await found_one(world, "lang_son")
    members = (
        await CouncilMember.select(CouncilMember.account, CouncilMember.office)
        .where(CouncilMember.council == council)
        .order_by(CouncilMember.position)
    )
    assert members == [
        {"account": world.ids["account:member_2"], "office": "chair"},
        {"account": world.ids["account:member_1"], "office": "member"},
    ]


async def test_a_unit_has_one_council_at_a_time(world: World) -> None:
    assert await code_of(found_one(world, "root")) == "council-exists"
    answers = await asyncio.gather(
        found_one(world, "lang_son"), found_one(world, "lang_son"), return_exceptions=True
    )
    assert sum(isinstance(answer, Refused) for answer in answers) == 1
    assert await Council.count() == 2


@pytest.mark.parametrize("login", ["member_1", "administrator", "head"])
async def test_who_may_not_found_a_council(world: World, login: str) -> None:
    with pytest.raises(NotVisible):
        await found_one(world, "lang_son", login)


async def test_the_council_of_a_day(world: World) -> None:
    round_id = world.ids["round_2025"]
    await CouncilMember.update({CouncilMember.valid_to: date(2025, 6, 30)}).where(
        CouncilMember.account == world.ids["account:member_2"]
    )
    before = await queries.members(round_id, date(2025, 6, 30))
    after = await queries.members(round_id, date(2025, 7, 1))
    assert before is not None
    assert after is not None
    assert [len(before.members), len(after.members)] == [3, 2]
    assert await queries.members(round_id, date(2023, 12, 31)) is None
