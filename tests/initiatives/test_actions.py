from __future__ import annotations

import asyncio
from datetime import date
from decimal import Decimal

import pytest

from app.initiatives import actions, queries
from app.initiatives.rules import Author, Recognition
from app.initiatives.tables import Initiative, InitiativeRecognition
from app.kernel.period import Period
from app.kernel.refusal import NotVisible, Refused
from tests.conftest import World

pytestmark = pytest.mark.anyio
PERIOD = Period(date(2024, 12, 1), date(2025, 11, 30))


async def submit(
    world: World, code: str = "SK-01", login: str = "officer", applied: str = "2025-02-03"
) -> int:
    return await actions.submit(
        code,
        "  Sổ tay   điện tử ",
        "Một chạm.",
        world.ids["phong_1"],
        date.fromisoformat(applied),
        "Thời gian giảm từ 45 phút xuống còn 20 phút.",
        [Author(world.ids["anh"], Decimal(60)), Author(world.ids["chi"], Decimal(40))],
        actor=await world.actor(login),
        now=world.now,
    )


async def recognise(world: World, made: int, scope: str = "base", login: str = "secretary") -> None:
    await actions.recognise(
        made,
        scope,
        "107/QĐ-VKS",
        date(2025, 6, 2),
        True,
        actor=await world.actor(login),
        now=world.now,
    )


async def test_an_initiative_with_its_authors_and_its_papers(world: World) -> None:
    made = await submit(world)
    await recognise(world, made)
    (found,) = await queries.initiatives_of(person_ids=[world.ids["chi"]], period=PERIOD)
    assert (found.id, found.title, found.unit_id) == (
        made,
        "Sổ tay điện tử",
        world.ids["phong_1"],
    )
    assert found.authors == (
        Author(world.ids["anh"], Decimal(60)),
        Author(world.ids["chi"], Decimal(40)),
    )
    assert found.recognitions == (Recognition("base", "107/QĐ-VKS", date(2025, 6, 2), True),)


async def test_found_by_author_or_unit_when_applied_by_the_end(world: World) -> None:
    on_the_last_day = await submit(world, "SK-01", applied="2025-11-30")
    await submit(world, "SK-02", applied="2025-12-01")
    for holders in (
        {"person_ids": [world.ids["anh"]]},
        {"unit_ids": [world.ids["phong_1"]]},
        {"person_ids": [world.ids["anh"]], "unit_ids": [world.ids["phong_1"]]},
    ):
        found = await queries.initiatives_of(period=PERIOD, **holders)
        assert [i.id for i in found] == [on_the_last_day]
    running = await queries.initiatives_of(
        unit_ids=[world.ids["phong_1"]], period=Period(PERIOD.first)
    )
    assert [i.code for i in running] == ["SK-01", "SK-02"]
    assert await queries.initiatives_of(person_ids=[world.ids["em"]], period=PERIOD) == ()
    assert await queries.initiatives_of(period=PERIOD) == ()


async def test_a_code_is_used_once(world: World) -> None:
    await submit(world)
    with pytest.raises(Refused) as refused:
        await submit(world)
    assert refused.value.refusal.code == "code-taken"


async def test_an_author_may_submit_another_unit_may_not(world: World) -> None:
    assert await submit(world, login="staff") > 0
    with pytest.raises(NotVisible):
        await submit(world, "SK-02", login="other_officer")


async def test_shares_that_do_not_add_up_store_nothing(world: World) -> None:
    with pytest.raises(Refused):
        await actions.submit(
            "SK-01",
            "Sổ tay",
            "",
            world.ids["phong_1"],
            date(2025, 2, 3),
            "",
            [Author(world.ids["anh"], Decimal(99))],
            actor=await world.actor("officer"),
            now=world.now,
        )
    assert await Initiative.count() == 0


async def test_two_secretaries_recognise_once(world: World) -> None:
    made = await submit(world)
    answers = await asyncio.gather(
        recognise(world, made), recognise(world, made), return_exceptions=True
    )
    refusals = [a.refusal.code for a in answers if isinstance(a, Refused)]
    assert (refusals, answers.count(None)) == (["already-recognised"], 1)
    await recognise(world, made, "sector")
    assert await InitiativeRecognition.count() == 2


@pytest.mark.parametrize("login", ["officer", "leader", "staff", "appraiser"])
async def test_recognition_is_not_the_units_own(world: World, login: str) -> None:
    made = await submit(world)
    with pytest.raises(NotVisible):
        await recognise(world, made, login=login)


@pytest.mark.parametrize("unknown", [0, 999_999, 2**31])
async def test_an_unknown_initiative_does_not_exist(world: World, unknown: int) -> None:
    with pytest.raises(NotVisible):
        await recognise(world, unknown)
