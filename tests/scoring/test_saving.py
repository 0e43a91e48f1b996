"""Saving marks: one transaction, no lost update, members never in each other's way."""

from __future__ import annotations

import asyncio
from decimal import Decimal

import pytest

from app.audit.tables import AuditEntry
from app.kernel.refusal import NotVisible, Refused
from app.piccolo_conf import DB
from app.scoring import queries
from app.scoring.actions import close_scoring, recuse, save_marks
from app.scoring.tables import Mark, PanelMember, Recusal, ScoreSheet
from tests.conftest import World
from tests.scoring import given

pytestmark = pytest.mark.anyio

FULL = {code: Decimal(text) for code, text in given.INDIVIDUAL.items()}


async def save(
    world: World,
    nomination: int,
    marks: dict[str, Decimal | None] | None = None,
    version: int | None = 0,
    login: str = "member_1",
    day: str = given.SCORING,
) -> int:
    return await save_marks(
        nomination,
        FULL if marks is None else marks,
        version,
        actor=await world.actor(login),
        now=world.at(day),
    )


async def stored(world: World, nomination: int, login: str = "member_1") -> dict[str, Decimal]:
    own = await queries.own_sheet(nomination, await world.actor(login))
    return dict(own.row.sheet.marks)


async def code_of(saving: object) -> str:
    with pytest.raises(Refused) as refused:
        await saving  # type: ignore[misc]
    return refused.value.refusal.code


async def test_a_sheet_grows_mark_by_mark(world: World) -> None:
    [nomination] = await given.nominations(world, 1)
    await given.scoring_open(world)
    assert await save(world, nomination, {"C1": Decimal(20), "C2": None}) == 1
    assert await save(world, nomination, {"C2": Decimal("7.5")}, 1) == 2
    assert await stored(world, nomination) == {"C1": Decimal(20), "C2": Decimal("7.5")}
    assert await save(world, nomination, {"C1": None}, 2) == 3
    assert await stored(world, nomination) == {"C2": Decimal("7.5")}
    assert await ScoreSheet.count() == 1


async def test_saving_the_same_again_changes_nothing(world: World) -> None:
    [nomination] = await given.nominations(world, 1)
    await given.scoring_open(world)
    await save(world, nomination)
    before = await AuditEntry.count()
    assert await save(world, nomination) == 1
    assert await AuditEntry.count() == before


async def test_an_empty_first_sheet_leaves_no_trace(world: World) -> None:
    [nomination] = await given.nominations(world, 1)
    await given.scoring_open(world)
    assert await save(world, nomination, dict.fromkeys(FULL)) == 0
    assert await ScoreSheet.count() == 0


async def test_two_tabs_do_not_save_over_each_other(world: World) -> None:
    [nomination] = await given.nominations(world, 1)
    await given.scoring_open(world)
    answers = await asyncio.gather(
        save(world, nomination, {"C1": Decimal(10)}),
        save(world, nomination, {"C1": Decimal(20)}),
        return_exceptions=True,
    )
    refused = [answer for answer in answers if isinstance(answer, Refused)]
    assert [answer for answer in answers if not isinstance(answer, Refused)] == [1]
    assert [error.refusal.code for error in refused] == ["stale-sheet"]
    winner = Decimal(10) if answers[0] == 1 else Decimal(20)
    assert await stored(world, nomination) == {"C1": winner}


async def test_a_second_tab_waits_for_the_first_and_is_then_refused(world: World) -> None:
    [nomination] = await given.nominations(world, 1)
    await given.scoring_open(world)
    async with DB.transaction():
        await queries.own_sheet(nomination, await world.actor("member_1"), lock=True)
        second = asyncio.create_task(outside(save(world, nomination, {"C1": Decimal(20)})))
        await asyncio.sleep(0.2)
        assert not second.done()
        await save(world, nomination, {"C1": Decimal(10)})
    assert await code_of(second) == "stale-sheet"
    assert await stored(world, nomination) == {"C1": Decimal(10)}


async def test_members_do_not_wait_for_each_other(world: World) -> None:
    """While one member's save holds its locks, another member's sheet can be locked and read."""
    [nomination] = await given.nominations(world, 1)
    await given.scoring_open(world)
    first, second = [await world.actor(login) for login in given.MEMBERS[:2]]
    async with DB.transaction():
        await queries.own_sheet(nomination, first, lock=True)

        async def other_member() -> int:
            async with DB.transaction():
                await ScoreSheet.raw("SET LOCAL lock_timeout = '2s'")
                return (await queries.own_sheet(nomination, second, lock=True)).member

        # A task of its own gets a connection of its own.
        assert await asyncio.create_task(outside(other_member())) > 0


async def outside(work):  # type: ignore[no-untyped-def]
    """Run outside the transaction of the task that created this one."""
    token = DB.current_transaction.set(None)
    try:
        return await work
    finally:
        DB.current_transaction.reset(token)


async def test_closing_waits_for_a_save_under_way_and_counts_it(world: World) -> None:
    [nomination] = await given.nominations(world, 1)
    await given.scoring_open(world)
    await given.all_marks(world, "10", world.now, "member_2")
    secretary = await world.actor("secretary")
    async with DB.transaction():
        await queries.own_sheet(nomination, await world.actor("member_1"), lock=True)
        closing = asyncio.create_task(
            outside(
                close_scoring(world.ids["round_2025"], actor=secretary, now=world.at(given.AFTER))
            )
        )
        await asyncio.sleep(0.2)
        assert not closing.done()
        await save(world, nomination)
    await closing
    found = (await queries.rankings(world.ids["round_2025"]))["individual"].document()
    assert [row["sheets"] for row in found["rows"]] == [2]


@pytest.mark.parametrize(
    ("marks", "day", "code"),
    [
        ({"C1": Decimal("25.01")}, given.SCORING, "above-maximum"),
        ({"T1": Decimal(1)}, given.SCORING, "unknown-criterion"),
        ({"C1": Decimal(1)}, given.AFTER, "scoring-over"),
    ],
)
async def test_what_is_not_saved(
    world: World, marks: dict[str, Decimal | None], day: str, code: str
) -> None:
    [nomination] = await given.nominations(world, 1)
    await given.scoring_open(world)
    assert await code_of(save(world, nomination, marks, day=day)) == code
    assert await ScoreSheet.count() == 0


async def test_the_last_day_still_counts(world: World) -> None:
    [nomination] = await given.nominations(world, 1)
    await given.scoring_open(world)
    assert await save(world, nomination, day=given.LAST_DAY) == 1


@pytest.mark.parametrize("login", ["secretary", "member_3", "auditor", "officer", "staff"])
async def test_who_is_not_on_the_panel_has_no_sheet(world: World, login: str) -> None:
    [nomination] = await given.nominations(world, 1)
    await given.scoring_open(world, ("member_1", "member_2"))
    with pytest.raises(NotVisible):
        await save(world, nomination, login=login)


@pytest.mark.parametrize("outcome", ["fail", "hold", None])
async def test_who_does_not_pass_the_gates_has_no_sheet(world: World, outcome: str | None) -> None:
    [nomination] = await given.nominations(world, 1, outcome)
    await given.scoring_open(world)
    with pytest.raises(NotVisible):
        await save(world, nomination)


@pytest.mark.parametrize("nomination", [0, -1, 999_999, 2**31, 2**63])
async def test_unknown_ids(world: World, nomination: int) -> None:
    await given.scoring_open(world)
    with pytest.raises(NotVisible):
        await save(world, nomination)


async def test_stepping_aside_ends_the_sheet(world: World) -> None:
    [nomination] = await given.nominations(world, 1)
    await given.scoring_open(world)
    actor, now = await world.actor("member_1"), world.at(given.SCORING)
    await save(world, nomination, {"C1": Decimal(1)})
    assert await code_of(recuse(nomination, "Lý do", actor=actor, now=now)) == "sheet-not-empty"
    assert await Mark.count() == 1
    await save(world, nomination, {"C1": None}, 1)
    await recuse(nomination, "Lý do", actor=actor, now=now)
    assert await code_of(recuse(nomination, "Lý do", actor=actor, now=now)) == "already-recused"
    assert await code_of(save(world, nomination, version=2)) == "recused"
    seat = await PanelMember.objects().get(PanelMember.label == "M1")
    assert await Recusal.select(Recusal.member, Recusal.nomination, Recusal.reason) == [
        {"member": seat.id, "nomination": nomination, "reason": "Lý do"}
    ]
