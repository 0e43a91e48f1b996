"""The lists of a round, a unit and a movement as files: the page's filter, the page's rights."""

from __future__ import annotations

import pytest

from tests.conftest import World
from tests.finished_round import finish
from tests.permissions.planted import plant
from tests.test_exports import LATE, exported

pytestmark = pytest.mark.anyio


async def test_comments_name_their_author_only_for_who_may_know(world: World) -> None:
    planted = await plant(world)
    path = f"/publications/{planted.publication}/comments/export"
    heads = {}
    for login in ("secretary", "leader", "auditor", "appraiser"):
        async with world.client(login, now=world.at(LATE)) as browser:
            heads[login] = (await exported(browser, path))[0]
            page = (await browser.get(f"/publications/{planted.publication}")).text
            assert (f"{path}.csv" in page) == (len(await exported(browser, path)) > 1)
    assert {login: "Người gửi" in head for login, head in heads.items()} == {
        "secretary": True,
        "leader": False,
        "auditor": False,
        "appraiser": True,
    }


async def test_members_of_a_unit_are_those_the_reader_sees(world: World) -> None:
    unit = f"/units/{world.ids['lang_son']}"
    async with world.client("head", now=world.at(LATE)) as browser:
        today = await exported(browser, f"{unit}/members/export")
        page = (await browser.get(f"{unit}?on=20/12/2025")).text
    assert today[0] == ["Mã cán bộ", "Họ và tên", "Chức vụ", "Đơn vị"]
    assert "Hoàng Văn Ánh" in [line[1] for line in today[1:]]
    assert f'href="{unit}/members/export.csv?on=20/12/2025"' in page
    async with world.client("other_head", now=world.at(LATE)) as browser:
        assert await exported(browser, f"{unit}/members/export") == today[:1]
    async with world.client("secretary", now=world.at(LATE)) as browser:
        assert (await browser.get(f"{unit}/members/export.csv")).status_code == 404


async def test_the_desk_is_exported_as_filtered(world: World) -> None:
    await finish(world)
    desk = f"/rounds/{world.ids['round_2025']}/appraisal"
    async with world.client("appraiser", now=world.at(LATE)) as browser:
        every = await exported(browser, f"{desk}/export")
        named = await exported(browser, f"{desk}/export", "?q=anh")
        page = (await browser.get(f"{desk}?q=anh")).text
    assert [line[1] for line in named[1:]] == ["Hoàng Văn Ánh"]
    assert len(every) > len(named)
    assert f'href="{desk}/export.xlsx?q=anh&amp;state="' in page


async def test_a_list_a_level_sent_on_is_exported_with_its_dossiers(world: World) -> None:
    planted = await plant(world)
    level = f"/rounds/{world.ids['round_2025']}/endorsement/{world.ids['lang_son']}"
    async with world.client("head", now=world.at(LATE)) as browser:
        sent = await exported(browser, f"{level}/sent/export")
        rows = await exported(browser, f"/endorsement-lists/{planted.sent.endorsement_list}/export")
    assert [line[:4] for line in sent[1:]] == [["12/TTr", "09/11/2025", "2", "9"]]
    assert [(line[0], line[2], line[4]) for line in rows[1:]] == [
        ("1", "Hoàng Văn Ánh", "8"),
        ("2", "Phòng 1", "8"),
    ]


async def test_movements_are_exported_as_listed(world: World) -> None:
    async with world.client("staff", now=world.at(LATE)) as browser:
        lines = await exported(browser, "/movements/export")
        page = (await browser.get("/movements")).text
    assert lines[0] == [
        "Phong trào",
        "Thuộc phong trào",
        "Đơn vị phát động",
        "Ngày phát động",
        "Ngày kết thúc",
        "Số đợt xét",
    ]
    assert [line[2] for line in lines[1:]] == ["Viện kiểm sát nhân dân tối cao"]
    assert [line[5] for line in lines[1:]] in (["2"], [2])
    assert 'href="/movements/export.xlsx"' in page
