from __future__ import annotations

import re

import pytest

from tests.conftest import World
from tests.council.test_actions import SESSION, ranked, record
from tests.scoring import given

pytestmark = pytest.mark.anyio


def page_of(world: World) -> str:
    return f"/rounds/{world.ids['round_2025']}/council-session"


def typed(ids: list[int], **more: str) -> dict[str, str]:
    votes = {f"votes_{id_}": "3" for id_ in ids}
    head = {"held_on": SESSION, "members_present": "3", "minutes_number": "12/BB"}
    return head | votes | more


async def test_recording_a_session(world: World) -> None:
    ids = await ranked(world)
    async with world.client("secretary", now=world.at(SESSION)) as client:
        form = (await client.get(page_of(world))).text
        assert re.findall(r'name="votes_(\d+)"', form) == [str(id_) for id_ in ids]
        assert "ít nhất 2/3 phiếu đồng ý" in form
        note = {f"note_{ids[0]}": "Một phiếu bằng văn bản"}
        answer = await client.form(page_of(world), typed(ids) | note | {f"votes_{ids[2]}": "1"})
        assert answer.status_code == 303
        text = (await client.get(page_of(world))).text
        again = await client.form(page_of(world), typed(ids))
    assert "Một phiếu bằng văn bản" in text
    assert re.findall(r">(\d/\d)</td>", text) == ["3/3", "3/3", "1/3"]
    assert "votes_" not in text
    assert (again.status_code, "đã được ghi nhận" in again.text) == (409, True)


async def test_a_vote_left_out_is_no_zero(world: World) -> None:
    ids = await ranked(world)
    wrong = {f"votes_{ids[0]}": "", f"votes_{ids[1]}": "4", "held_on": "32/13/2025"}
    async with world.client("secretary", now=world.at(SESSION)) as client:
        answer = await client.form(page_of(world), typed(ids) | wrong)
    assert answer.status_code == 422
    assert answer.text.count('aria-invalid="true"') == 3
    assert "Giá trị phải từ 0 đến 3." in answer.text
    assert f'name="votes_{ids[1]}" value="4"' in answer.text
    assert 'value="12/BB"' in answer.text


async def test_no_quorum_is_said_beside_the_field(world: World) -> None:
    ids = await ranked(world)
    async with world.client("secretary", now=world.at(SESSION)) as client:
        answer = await client.form(page_of(world), typed(ids, members_present="1"))
    assert answer.status_code == 422
    assert "Phiên họp cần ít nhất 2/3 thành viên dự (2/3)." in answer.text
    assert f'name="votes_{ids[0]}" value="3"' in answer.text


async def test_before_closing_there_is_no_form(world: World) -> None:
    await given.nominations(world, 1)
    await given.scoring_open(world)
    async with world.client("secretary", now=world.at(SESSION)) as client:
        text = (await client.get(page_of(world))).text
        answer = await client.form(page_of(world), typed([]))
    assert "votes" not in text
    assert "Hội đồng đang chấm điểm" in text
    assert (answer.status_code, "Chưa chốt kết quả chấm điểm" in answer.text) == (409, True)


@pytest.mark.parametrize("login", ["leader", "auditor", "appraiser", "member_1"])
async def test_others_read_the_result_and_record_none(world: World, login: str) -> None:
    ids = await ranked(world)
    async with world.client(login, now=world.at(SESSION)) as client:
        before = await client.get(page_of(world))
        assert (before.status_code, "votes_" in before.text) == (200, False)
        assert (await client.form(page_of(world), typed(ids))).status_code == 404
        await record(world, dict.fromkeys(ids, 3))
        assert "3/3" in (await client.get(page_of(world))).text


@pytest.mark.parametrize("login", ["officer", "head", "staff", "discipline", "administrator"])
async def test_who_has_no_council_page(world: World, login: str) -> None:
    async with world.client(login) as client:
        assert (await client.get(page_of(world))).status_code == 404


async def test_opening_scoring_over_http(world: World) -> None:
    await given.nominations(world, 2, outcome=None)
    path = f"/rounds/{world.ids['round_2025']}/scoring-opening"
    async with world.client("secretary", now=world.at("2025-11-20")) as client:
        early = await client.get(page_of(world))
        assert path not in early.text
        assert "Đơn vị còn được nộp hồ sơ đến hết ngày 20/11/2025." in early.text
        assert (await client.form(path)).status_code == 409
    async with world.client("secretary", now=world.at(given.OPENED)) as client:
        assert f'action="{path}"' in (await client.get(page_of(world))).text
        assert (await client.form(path)).status_code == 303
        assert (await client.form(path)).status_code == 409
    async with world.client("member_1", now=world.at(given.OPENED)) as client:
        assert (await client.form(path)).status_code == 404


@pytest.mark.parametrize("n", [3, 1900])
async def test_queries_of_the_page(world: World, n: int) -> None:
    ids = await ranked(world, n)
    async with world.client("secretary", now=world.at(SESSION)) as client:
        with world.count_queries() as counter:
            assert (await client.get(page_of(world))).status_code == 200
        assert counter.count == 8, counter.statements
        await record(world, dict.fromkeys(ids, 3))
        with world.count_queries() as counter:
            assert (await client.get(page_of(world))).status_code == 200
        assert counter.count == 8, counter.statements
