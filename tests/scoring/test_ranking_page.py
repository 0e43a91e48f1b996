from __future__ import annotations

import re

import pytest

from app.scoring.actions import close_scoring
from app.scoring.rank_file import recompute
from tests.conftest import World
from tests.scoring import given

pytestmark = pytest.mark.anyio

READERS = ("secretary", "leader", "auditor", "appraiser", "member_1")
OTHERS = ("officer", "head", "staff", "discipline", "administrator")


def page_of(world: World, more: str = "") -> str:
    return f"/rounds/{world.ids['round_2025']}/ranking{more}"


async def scored(world: World, n: int = 2) -> list[int]:
    ids = await given.nominations(world, n)
    await given.scoring_open(world)
    for login, points in zip(given.MEMBERS, ("12.5", "10", "9.75"), strict=True):
        await given.all_marks(world, points, world.at(given.SCORING), login)
    return ids


async def closed(world: World) -> None:
    await close_scoring(
        world.ids["round_2025"],
        actor=await world.actor("secretary"),
        now=world.at(given.AFTER),
    )


async def test_the_ranking(world: World) -> None:
    await scored(world)
    [held] = await given.nominations(world, 1, "hold", first=8)
    await closed(world)
    async with world.client("leader", now=world.at(given.AFTER)) as client:
        text = (await client.get(page_of(world))).text
        other = (await client.get(page_of(world, "?subject=collective"))).text
    assert text.count("Đồng hạng") == 2
    assert text.count("43,00") == 2
    assert re.search(rf'href="/nominations/{held}".*Lý do công khai', text, re.DOTALL)
    assert "Không có hồ sơ được xếp hạng" in other


async def test_who_has_too_few_sheets_stands_last_and_is_told_why(world: World) -> None:
    await given.nominations(world, 1)
    await given.scoring_open(world)
    await given.all_marks(world, "10", world.now, "member_1")
    await closed(world)
    async with world.client("leader", now=world.at(given.AFTER)) as client:
        text = (await client.get(page_of(world))).text
    assert "Chỉ có 1 phiếu chấm đủ, ít hơn 2 phiếu theo quy tắc đã chốt." in text


async def test_the_export_is_what_was_hashed(world: World) -> None:
    await scored(world)
    await closed(world)
    async with world.client("auditor", now=world.at(given.AFTER)) as client:
        text = (await client.get(page_of(world))).text
        answer = await client.get(page_of(world, "/individual/export.json"))
    assert answer.status_code == 200
    assert answer.headers["content-disposition"] == (
        'attachment; filename="VKS-2025-individual.json"'
    )
    shown = re.findall(r'data-copy="([0-9a-f]{64})"', text)
    result = recompute(answer.content).decode()
    assert [f'"{digest}"' in result for digest in shown] == [True, True]


@pytest.mark.parametrize("login", OTHERS)
async def test_units_and_staff_have_no_ranking(world: World, login: str) -> None:
    await scored(world)
    await closed(world)
    async with world.client(login, now=world.at(given.AFTER)) as client:
        for more in ("", "/individual/export.json"):
            assert (await client.get(page_of(world, more))).status_code == 404


@pytest.mark.parametrize("login", READERS)
async def test_nobody_has_a_ranking_before_closing(world: World, login: str) -> None:
    await scored(world)
    async with world.client(login, now=world.at(given.SCORING)) as client:
        answer = await client.get(page_of(world))
        export = await client.get(page_of(world, "/individual/export.json"))
    assert answer.status_code == 200
    assert "43,00" not in answer.text
    assert ('id="member-M3"' in answer.text) == (login == "secretary")
    assert export.status_code == 404


@pytest.mark.parametrize("more", ["/nobody/export.json", "/collective/export.json"])
async def test_what_was_not_ranked_has_no_export(world: World, more: str) -> None:
    await scored(world)
    await closed(world)
    async with world.client("auditor", now=world.at(given.AFTER)) as client:
        assert (await client.get(page_of(world, more))).status_code == 404


async def test_closing_over_http(world: World) -> None:
    await scored(world)
    path = f"/rounds/{world.ids['round_2025']}/scoring-closure"
    async with world.client("secretary", now=world.at(given.SCORING)) as client:
        before = await client.get(page_of(world))
        assert f'action="{path}"' in before.text
        assert (await client.form(path)).status_code == 303
        again = await client.form(path)
    assert again.status_code == 409
    assert "Việc chấm điểm đã kết thúc" in again.text


async def test_the_button_says_why_it_is_not_there(world: World) -> None:
    await given.nominations(world, 2)
    await given.scoring_open(world)
    path = f"/rounds/{world.ids['round_2025']}/scoring-closure"
    async with world.client("secretary", now=world.at(given.LAST_DAY)) as client:
        text = (await client.get(page_of(world))).text
        answer = await client.form(path)
    said = "Còn 6 phiếu chưa chấm đủ và thành viên còn được chấm đến hết ngày 05/12/2025."
    assert said in text
    assert "scoring-closure" not in text
    assert (answer.status_code, said in answer.text) == (409, True)


async def test_a_long_ranking_has_pages(world: World) -> None:
    await scored(world, 60)
    await closed(world)
    async with world.client("auditor", now=world.at(given.AFTER)) as client:
        first = (await client.get(page_of(world))).text
        second = (await client.get(page_of(world, "?subject=individual&after=50"))).text
        beyond = await client.get(page_of(world, "?after=99999999999999999999"))
    codes = [re.findall(r"CN-2025-\d+", text) for text in (first, second)]
    assert [len(found) for found in codes] == [50, 10]
    assert len(set(codes[0] + codes[1])) == 60
    assert beyond.status_code == 200


@pytest.mark.parametrize("n", [3, 1900])
async def test_queries_of_the_ranking(world: World, n: int) -> None:
    await scored(world, n)
    async with world.client("secretary", now=world.at(given.AFTER)) as client:
        with world.count_queries() as counter:
            assert (await client.get(page_of(world))).status_code == 200
        assert counter.count == 6, counter.statements
        await closed(world)
        with world.count_queries() as counter:
            assert (await client.get(page_of(world))).status_code == 200
        assert counter.count == 8, counter.statements
