"""Every list comes as a file as this reader sees it: all pages of it, filtered, no more."""

from __future__ import annotations

import csv
import re
from io import BytesIO, StringIO

import pytest
from python_calamine import CalamineWorkbook

from app.accounts import actions as accounts
from app.kernel.refusal import Refused
from app.sheets.answers import whole
from app.web.paging import Cursor, PageOf
from tests.conftest import Browser, World
from tests.finished_round import finish
from tests.imports import given as imported
from tests.scoring import given

pytestmark = pytest.mark.anyio

LATE = "2025-12-20"


async def exported(browser: Browser, path: str, query: str = "") -> list[list[str]]:
    """The lines of the CSV file, which the XLSX file repeats cell by cell."""
    text = await browser.get(f"{path}.csv{query}")
    book = await browser.get(f"{path}.xlsx{query}")
    assert (text.status_code, book.status_code) == (200, 200), text.text
    assert text.headers["cache-control"] == "private, no-store"
    assert re.fullmatch(
        r'attachment; filename="[\w-]+\.csv"', text.headers["content-disposition"], re.ASCII
    )
    lines = list(csv.reader(StringIO(text.content.decode("utf-8-sig"))))
    sheet = CalamineWorkbook.from_filelike(BytesIO(book.content)).get_sheet_by_index(0)
    assert [[as_text(cell) for cell in row] for row in sheet.to_python()] == [
        [as_text(cell) for cell in row] for row in lines
    ]
    return lines


def as_text(cell: object) -> str:
    """A cell of either file in one notation: 21.50 and 21.5 are the same, and so are two days."""
    if hasattr(cell, "strftime"):
        return str(cell.strftime("%d/%m/%Y"))
    text = str(cell)
    return str(float(text)) if re.fullmatch(r"\d+(\.\d+)?", text) else text


async def test_the_register_is_exported_as_each_reader_sees_it(world: World) -> None:
    finished = await finish(world)
    of_decision = f"/decisions/{finished.decision}/certificates/export"
    async with world.client("secretary", now=world.at(LATE)) as browser:
        lines = await exported(browser, "/certificates/export")
        searched = await exported(browser, "/certificates/export", "?q=anh")
        assert sorted(await exported(browser, of_decision)) == sorted(lines)
        page = (await browser.get("/certificates?q=anh")).text
    assert lines[0] == [
        "Số vào sổ",
        "Đối tượng",
        "Đơn vị",
        "Hình thức",
        "Quyết định",
        "Ngày quyết định",
        "Tệp",
    ]
    assert [line[1] for line in searched[1:]] == ["Hoàng Văn Ánh"]
    assert searched[1][5:] == ["19/12/2025", "Đã tạo"]
    assert 'href="/certificates/export.csv?q=anh"' in page
    assert len(lines) == 3
    async with world.client("staff", now=world.at(LATE)) as browser:
        assert await exported(browser, "/certificates/export") == searched
        assert await exported(browser, of_decision) == searched
    async with world.client("other_officer", now=world.at(LATE)) as browser:
        assert await exported(browser, "/certificates/export") == [lines[0]]


async def test_the_accounts_are_exported_with_the_roles_of_today(world: World) -> None:
    for number in range(60):
        await accounts.create_account(
            None,
            login=f"zz-{number:02d}",
            name="Người mới",
            password=world.password,
            now=world.now,
        )
    async with world.client("administrator") as browser:
        lines = await exported(browser, "/accounts/export")
        searched = await exported(browser, "/accounts/export", "?q=kiem+toan")
    assert searched == [
        ["Tên đăng nhập", "Họ và tên", "Vai trò hôm nay", "Xác thực hai bước", "Tình trạng"],
        [
            "auditor",
            "Kiểm toán viên",
            "Kiểm toán viên, Viện kiểm sát nhân dân tối cao",
            "Đang tắt",
            "Hoạt động",
        ],
    ]
    logins = [line[0] for line in lines[1:]]
    assert logins == sorted(logins)
    assert len([login for login in logins if login.startswith("zz-")]) == 60


async def test_the_ranking_is_exported_with_those_who_took_no_part(world: World) -> None:
    await finish(world)
    await given.nominations(world, 1, "fail", first=80)
    path = f"/rounds/{world.ids['round_2025']}/ranking"
    async with world.client("auditor", now=world.at(LATE)) as browser:
        lines = await exported(browser, f"{path}/individual/export")
        page = (await browser.get(f"{path}?subject=individual")).text
        assert len(await exported(browser, f"{path}/collective/export")) == 2
        assert (await browser.get(f"{path}/nobody/export.csv")).status_code == 404
    assert [(line[0], line[1], line[3], line[5], line[7]) for line in lines] == [
        ("Hạng", "Đồng hạng", "Đối tượng", "Điểm", "Tình trạng"),
        ("1", "Có", "Hoàng Văn Ánh", "44.00", "Được xếp hạng"),
        ("1", "Có", "Bế Văn Em", "44.00", "Được xếp hạng"),
        ("", "", "Người thứ 80", "", "Không tham gia xếp hạng"),
    ]
    assert lines[3][8] == "G2: Lý do công khai."
    assert f'href="{path}/individual/export.xlsx"' in page


async def test_no_ranking_is_exported_before_it_is_frozen(world: World) -> None:
    await given.nominations(world, 1)
    await given.scoring_open(world)
    path = f"/rounds/{world.ids['round_2025']}/ranking/individual/export.csv"
    async with world.client("secretary") as browser:
        assert (await browser.get(path)).status_code == 404


async def test_the_votes_the_annex_and_the_rounds_are_exported(world: World) -> None:
    council = f"/rounds/{world.ids['round_2025']}/council-session/export"
    async with world.client("secretary") as browser:
        assert (await browser.get(f"{council}.csv")).status_code == 404
    finished = await finish(world)
    async with world.client("leader", now=world.at(LATE)) as browser:
        votes = await exported(browser, council)
        annex = await exported(browser, f"/decisions/{finished.decision}/annex/export")
        rounds = await exported(browser, f"/movements/{world.ids['movement']}/rounds/export")
    assert [(v[0], v[1], v[4], v[7], v[8], v[9]) for v in votes[1:]] == [
        ("Tập thể", "1", "Phòng 1", "3", "3", "Đồng ý"),
        ("Cá nhân", "1", "Hoàng Văn Ánh", "3", "3", "Đồng ý"),
        ("Cá nhân", "1", "Bế Văn Em", "1", "3", "Không đủ phiếu"),
    ]
    assert [(a[0], a[1], a[2]) for a in annex[1:]] == [
        ("1", "Tập thể", "Phòng 1"),
        ("2", "Cá nhân", "Hoàng Văn Ánh"),
    ]
    assert annex[0][-1] == "Tiền thưởng (đồng)"
    assert [(r[1], r[2], r[3]) for r in rounds[1:]] == [
        ("Tổng kết năm 2026", "Tổng kết năm", "01/12/2025"),
        ("Tổng kết năm 2025", "Tổng kết năm", "01/12/2024"),
    ]


async def test_an_import_is_exported_with_its_lines_to_its_owner_only(world: World) -> None:
    actor = await imported.officer(world)
    bad = (imported.PERSON[0], "Tên", "05/03/2960", *imported.PERSON[3:])
    run = await imported.check(world, actor, "people", imported.sheet("people", bad))
    async with world.client(imported.OFFICER) as browser:
        runs = await exported(browser, "/imports/export")
        lines = await exported(browser, f"/imports/{run.id}/lines/export")
    assert runs[1][0] == "t.csv"
    assert runs[1][3:] == ["Có lỗi", "0", "0", "0", "1"]
    assert lines[1] == [
        "Bị từ chối",
        "2",
        "",
        "",
        "Ngày sinh",
        "",
        "05/03/2960",
        "Năm 2960 không hợp lý; vui lòng kiểm tra lại.",
    ]
    async with world.client("administrator") as browser:
        assert len(await exported(browser, "/imports/export")) == 1
        assert (await browser.get(f"/imports/{run.id}/lines/export.csv")).status_code == 404


async def test_an_export_asks_as_much_for_many_rows_as_for_few(world: World) -> None:
    """Beyond one page of the list, and no page by page."""
    accounts_cost = [await _cost(world, "administrator", "/accounts/export.csv")]
    for number in range(120):
        await accounts.create_account(
            None, login=f"zz-{number}", name="Người mới", password=world.password, now=world.now
        )
    accounts_cost.append(await _cost(world, "administrator", "/accounts/export.csv"))
    assert accounts_cost[0] == accounts_cost[1]
    finished = await finish(world)
    for path in (
        "/certificates/export.xlsx",
        f"/decisions/{finished.decision}/annex/export.csv",
        f"/rounds/{world.ids['round_2025']}/ranking/individual/export.csv",
        f"/rounds/{world.ids['round_2025']}/council-session/export.csv",
    ):
        assert await _cost(world, "secretary", path) <= 8, path


async def _cost(world: World, login: str, path: str) -> int:
    async with world.client(login, now=world.at(LATE)) as browser:
        await browser.get("/")
        with world.count_queries() as counter:
            assert (await browser.get(path)).status_code == 200
    return counter.count


@pytest.mark.parametrize("most", [2, 7])
async def test_a_list_with_more_rows_than_a_sheet_takes_is_refused(most: int) -> None:
    assert whole(PageOf((1, 2), None), most) == (1, 2)
    with pytest.raises(Refused) as refused:
        whole(PageOf((1, 2), Cursor("", 2)), most)
    assert refused.value.refusal.values == {"n": most}
