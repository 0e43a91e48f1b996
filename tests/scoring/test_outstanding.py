"""Before the scoring is opened, its opener is told what would be left behind."""

from __future__ import annotations

import pytest

from app.movement.queries import round_facts
from app.nominations.tables import ItemReturn, Nomination
from app.scoring.queries import Outstanding, outstanding
from tests.conftest import World
from tests.scoring import given, rounds

pytestmark = pytest.mark.anyio


async def on_the_way(world: World, nomination: int) -> None:
    await Nomination.raw(
        "UPDATE nomination SET stage = 'route', at_unit = {} WHERE id = {}",
        world.ids["lang_son"],
        nomination,
    )


async def asked(world: World, nomination: int, *, settled: bool) -> None:
    await ItemReturn(
        nomination=nomination,
        item="report",
        question="Bổ sung số liệu",
        due_on=world.at("2025-11-18").date(),
        by=world.ids["account:appraiser"],
        at=world.now,
        answer="",
        accepted=True if settled else None,
        closed_at=world.now if settled else None,
    ).save()


async def test_what_is_still_on_the_way_or_open(world: World) -> None:
    ids = await given.nominations(world, 5, outcome=None)
    for nomination in ids[:2]:
        await on_the_way(world, nomination)
    await asked(world, ids[2], settled=False)
    await asked(world, ids[3], settled=True)
    found = await outstanding(await round_facts(world.ids["round_2025"]))
    assert found == Outstanding(2, 1, ())
    path = f"/rounds/{world.ids['round_2025']}/council-session"
    async with world.client("secretary", now=world.at(given.OPENED)) as client:
        text = (await client.get(path)).text
    assert "2 hồ sơ còn ở đơn vị, chưa đến cơ quan thường trực: sẽ không được chấm." in text
    assert "1 hồ sơ còn nội dung đã trả lại chưa giải quyết xong." in text
    async with world.client("leader", now=world.at(given.OPENED)) as client:
        assert "hồ sơ còn" not in (await client.get(path)).text


async def test_whom_nothing_measures_is_named(world: World) -> None:
    round_id = await rounds.open_round(world, "VKS-M")
    ids = await given.nominations(world, 3, outcome=None, round_id=round_id)
    await rounds.classify(ids[1], 2025)
    await on_the_way(world, ids[2])
    with world.count_queries() as counter:
        found = await outstanding(await round_facts(round_id))
    assert found == Outstanding(1, 0, ("CN-2025-00001",))
    assert counter.count <= 6
    async with world.client("secretary", now=world.at(given.OPENED)) as client:
        text = (await client.get(f"/rounds/{round_id}/council-session")).text
    assert "sẽ không xếp hạng được: CN-2025-00001." in text
    assert "Mở chấm điểm" in text


async def test_nothing_outstanding_is_not_mentioned(world: World) -> None:
    await given.nominations(world, 1, outcome=None)
    async with world.client("secretary", now=world.at(given.OPENED)) as client:
        text = (await client.get(f"/rounds/{world.ids['round_2025']}/council-session")).text
    assert "Trước khi mở chấm điểm" not in text
