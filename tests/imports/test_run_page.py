"""The page of a run: a tab for each sort of lines, with what will be done."""

from __future__ import annotations

import csv
import re
from io import StringIO

import pytest

from app.imports import jobs
from tests.conftest import World
from tests.imports.given import OFFICER, PERSON, apply, bring_in, check, officer, sheet

pytestmark = pytest.mark.anyio

NEW = ("KS9002", "Lò Văn Bính", "29/02/1988", "Nam", "Thái", "Viên chức", "01/09/2012")
TWIN = ("KS9003", *NEW[1:], "x")
CHANGED = (*PERSON[:4], "Nùng", *PERSON[5:])
TAB = re.compile(r'<li><a href="([^"]+)"( aria-current="page")?>([^<]+) <span class="count">(\w+)')


def people(count: int) -> list[tuple[str, ...]]:
    letters = "abcdefghij"
    names = (f"Người {letters[n // 10 % 10]} {letters[n % 10]}" for n in range(count))
    return [
        (f"XX{n:04d}", name, f"01/02/{1980 + n // 100}", *NEW[3:]) for n, name in enumerate(names)
    ]


async def test_each_sort_has_its_tab_and_its_words(world: World) -> None:
    actor = await officer(world)
    await bring_in(world, actor, "people", sheet("people", PERSON))
    run = await check(world, actor, "people", sheet("people", CHANGED, NEW, TWIN))
    here = f"/imports/{run.id}"
    async with world.client(OFFICER) as browser:
        first = (await browser.get(here)).text
        assert TAB.findall(first) == [
            (f"{here}?lines=new", ' aria-current="page"', "Mới", "2"),
            (f"{here}?lines=changed", "", "Thay đổi", "1"),
            (f"{here}?lines=unchanged", "", "Giữ nguyên", "0"),
            (f"{here}?lines=refused", "", "Bị từ chối", "0"),
            (f"{here}?lines=warning", "", "Cần xem lại", "1"),
        ]
        assert first.count("Sẽ được thêm.") == 2
        changed = (await browser.get(f"{here}?lines=changed")).text
        assert '<td data-label="Cột">Dân tộc</td>' in changed
        assert "Sẽ đổi từ “Tày” thành “Nùng”." in changed
        assert "Sẽ được thêm." not in changed
        assert "Không có dòng nào" in (await browser.get(f"{here}?lines=refused")).text
        warned = (await browser.get(f"{here}?lines=warning")).text
        assert "Cùng họ tên và ngày sinh với dòng 3, được ghi là người khác." in warned
        assert (await browser.get(f"{here}?lines=khong-co")).text.count("Sẽ được thêm.") == 2
        await apply(world, actor, run.id)
        assert (await browser.get(here)).text.count("Đã được thêm.") == 2
        done = (await browser.get(f"{here}?lines=changed")).text
        assert "Đã đổi từ “Tày” thành “Nùng”." in done


async def test_lines_that_stay_and_days_that_were_blank(world: World) -> None:
    actor = await officer(world)
    row = ("KS0001", "Phó Viện trưởng", "01/07/2025", "")
    other = ("KS0001", "Vụ trưởng", "01/07/2025", "")
    await bring_in(world, actor, "pipeline", sheet("pipeline", row, other))
    ended = (*row[:3], "31/12/2026")
    run = await check(world, actor, "pipeline", sheet("pipeline", ended, other))
    async with world.client(OFFICER) as browser:
        changed = (await browser.get(f"/imports/{run.id}")).text
        assert "Sẽ ghi “31/12/2026”." in changed
        kept = (await browser.get(f"/imports/{run.id}?lines=unchanged")).text
    assert kept.count("Không có gì thay đổi.") == 1
    assert "Hoàng Văn Ánh" in kept


async def test_refused_lines_come_first(world: World) -> None:
    actor = await officer(world)
    spoilt = (*NEW[:2], "05/03/2960", *NEW[3:])
    run = await check(world, actor, "people", sheet("people", PERSON, spoilt))
    async with world.client(OFFICER) as browser:
        page = (await browser.get(f"/imports/{run.id}")).text
    assert "Năm 2960 không hợp lý; vui lòng kiểm tra lại." in page
    assert [tab[3] for tab in TAB.findall(page)] == ["1", "0", "0", "1", "0"]


async def test_many_lines_are_paged_and_cost_the_same(world: World) -> None:
    actor = await officer(world)
    few = await check(world, actor, "people", sheet("people", PERSON))
    many = await check(world, actor, "people", sheet("people", *people(120)))
    seen: list[str] = []
    async with world.client(OFFICER) as browser:
        await browser.get(f"/imports/{few.id}")
        costs = []
        for run in (few, many):
            with world.count_queries() as counter:
                await browser.get(f"/imports/{run.id}?lines=new")
            costs.append(counter.count)
        address: str | None = f"/imports/{many.id}?lines=new"
        while address:
            page = (await browser.get(address)).text
            codes = re.findall(r'<span class="sub">(XX\d+)</span>', page)
            assert len(codes) <= 50
            seen += codes
            found = re.search(r'href="([^"]+)">Trang sau', page)
            address = found.group(1).replace("&amp;", "&") if found else None
    assert seen == [row[0] for row in people(120)]
    assert costs[0] == costs[1] <= 8


async def test_what_was_not_kept_is_said(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jobs, "KEPT", 3)
    actor = await officer(world)
    run = await check(world, actor, "people", sheet("people", *people(5)))
    assert run.counts["new"] == 5
    async with world.client(OFFICER) as browser:
        page = (await browser.get(f"/imports/{run.id}")).text
        text = (await browser.get(f"/imports/{run.id}/lines/export.csv")).content
    assert "Chỉ giữ 3 dòng đầu tiên của mỗi loại" in page
    assert page.count("Sẽ được thêm.") == 3
    rows = list(csv.reader(StringIO(text.decode("utf-8-sig"))))
    assert [row[0] for row in rows[1:]].count("Mới") == 3


async def test_the_export_has_all_sorts(world: World) -> None:
    actor = await officer(world)
    await bring_in(world, actor, "people", sheet("people", PERSON, NEW))
    third = ("KS9004", "Vi Thị Lan", "01/02/1991", "Nữ", "Nùng", "Công chức", "01/09/2015")
    spoilt = ("KS9005", "Vi Thị Hà", "05/03/2960", *third[3:])
    run = await check(world, actor, "people", sheet("people", third, CHANGED, NEW, spoilt))
    async with world.client(OFFICER) as browser:
        text = (await browser.get(f"/imports/{run.id}/lines/export.csv")).content
        link = f"/imports/{run.id}/lines/export.csv?lines=refused"
        assert f'href="{link}"' in (await browser.get(f"/imports/{run.id}")).text
        refused = list(csv.reader(StringIO((await browser.get(link)).text.lstrip("\ufeff"))))
        assert [row[:2] for row in refused[1:]] == [["Bị từ chối", "5"]]
    assert list(csv.reader(StringIO(text.decode("utf-8-sig")))) == [
        [
            *("Kết quả", "Dòng", "Mã", "Tên", "Cột"),
            *("Giá trị trong dữ liệu", "Giá trị trong tệp", "Cần làm"),
        ],
        ["Mới", "2", "KS9004", "Vi Thị Lan", "", "", "", "Sẽ được thêm."],
        [
            *("Thay đổi", "3", PERSON[0], PERSON[1], "Dân tộc", "Tày", "Nùng"),
            "Sẽ đổi từ “Tày” thành “Nùng”.",
        ],
        ["Giữ nguyên", "4", "KS9002", "Lò Văn Bính", "", "", "", "Không có gì thay đổi."],
        [
            *("Bị từ chối", "5", "", "", "Ngày sinh", "", "05/03/2960"),
            "Năm 2960 không hợp lý; vui lòng kiểm tra lại.",
        ],
    ]
