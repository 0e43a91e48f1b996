"""The list as a file: the rows of the page, all of them, for the same reader and filter."""

from __future__ import annotations

import pytest

from tests.conftest import World
from tests.nominations import crowd
from tests.nominations.prepared import draft_person, submitted_person
from tests.test_exports import exported

pytestmark = pytest.mark.anyio


async def test_the_file_has_what_the_reader_sees_in_the_order_asked_for(world: World) -> None:
    await draft_person(world)
    await submitted_person(world, "binh")
    await submitted_person(world, "em", "cb_kv_1")
    path = f"/rounds/{world.ids['round_2025']}/nominations"
    async with world.client("officer") as browser:
        lines = await exported(browser, f"{path}/export", "?sort=-code")
        assert [line[2] for line in lines[1:]] == ["Lý Thị Bình", "Hoàng Văn Ánh"]
        assert lines[0][:3] == ["Mã hồ sơ", "Loại", "Đối tượng"]
        assert lines[1] == [
            "CN-2025-0002",
            "Cá nhân",
            "Lý Thị Bình",
            "Chuyên viên",
            "Phòng 1, Viện kiểm sát nhân dân tỉnh Lạng Sơn",
            "Viện kiểm sát nhân dân tỉnh Lạng Sơn",
            "Giấy khen",
            "Đang thẩm định",
            "10/11/2025",
            "Không",
            *[""] * 5,
        ]
        drafts = await exported(browser, f"{path}/export", "?state=draft&q=anh")
        assert [line[0] for line in drafts[1:]] == ["CN-2025-0001"]
        page = (await browser.get(f"{path}?state=draft&q=anh")).text
    assert f'href="{path}/export.csv?q=anh&amp;state=draft"' in page
    async with world.client("secretary") as browser:
        lines = await exported(browser, f"{path}/export")
    assert [line[0] for line in lines[1:]] == ["CN-2025-0002", "CN-2025-0003"]
    async with world.client("administrator") as browser:
        assert (await browser.get(f"{path}/export.csv")).status_code == 404


async def test_it_asks_the_same_for_many_rows_as_for_few(world: World) -> None:
    path = f"/rounds/{world.ids['round_2025']}/nominations/export.csv?sort=-self"
    asked, lines = [], []
    async with world.client("secretary") as browser:
        for size in (0, 300):
            if size:
                await crowd.gather(world, size)
            await browser.get(path)
            with world.count_queries() as counter:
                answer = await browser.get(path)
            asked.append(counter.count)
            lines.append(len(answer.text.splitlines()))
    assert lines == [1, 271]
    assert asked[0] == asked[1] <= 6
