"""A secretary's file with everything wrong, in real Chromium: told, mended, checked, brought in."""

from __future__ import annotations

import asyncio
import csv
from collections.abc import Sequence
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from playwright.async_api import Page

from app.imports.rules.kinds import KINDS
from app.organization.tables import Person, Unit
from app.reports.invariants import broken
from tests.conftest import World
from tests.imports.given import sheet
from tests.journey.site import PHONE, Site, served

pytestmark = pytest.mark.anyio

HEAD = KINDS["people"].headers()
REST = ("Tày", "Công chức", "01/09/2014")
# More than a page of lines, so that the work is seen under way.
MORE = 3000
LUC = ("KS9001", "Lục Văn Khoa", "05/03/1990", "Nam", *REST)
NONG = ("KS9002", "Nông Thị Cúc", "06/03/1990", "Nữ", *REST)
# As in the cast: Hoàng Văn Ánh, 10/01/1985, is KS0001.
TWIN = ("KS9003", "HOÀNG VĂN ÁNH", "10/01/1985", "Nam", *REST)
LAST = ("KS9005", "Vi Thị Lan", "08/03/1990", "Nữ", *REST)
OTHER = "Người khác trùng tên"
SPOILT = [
    ("2", "Ngày sinh", "05/03/2960", "Năm 2960 không hợp lý; vui lòng kiểm tra lại."),
    (
        *("3", "Họ và tên", "Nông Thị Cúc"),
        "Ô này là công thức. Vui lòng sao chép cột, dán lại dạng giá trị"
        " (Paste Special: Values) rồi tải lên lại.",
    ),
    (
        *("4", "Họ và tên", "HOÀNG VĂN ÁNH"),
        "Cùng họ tên và ngày sinh với người có mã KS0001. Nếu là một người, vui lòng dùng mã đó"
        f" hoặc xóa dòng này; nếu đúng là người khác, ghi x vào cột “{OTHER}”.",
    ),
    ("5", "–", "–", "2 dòng trống giữa bảng (5–6). Vui lòng xóa các dòng này rồi tải lên lại."),
    ("7", "Mã cán bộ", "KS9001", "Trùng với dòng 2 trong tệp; vui lòng chỉ giữ một dòng."),
    ("8", "Giới tính", "12", "Cần là một trong: Nữ; Nam."),
    ("8", "Dân tộc", "TRUE", "Cần là văn bản; vui lòng định dạng ô là Text."),
]


def workbook(*rows: Sequence[Any] | None) -> bytes:
    """As somebody typed it: `=` begins a formula, None is a blank line."""
    out = BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    page = book.add_worksheet("Danh sách")
    for line, row in enumerate((HEAD, *rows)):
        for place, cell in enumerate(row or ()):
            if isinstance(cell, str) and cell.startswith("="):
                page.write_formula(line, place, cell, None, "Nông Thị Cúc")
            else:
                page.write(line, place, cell)
    book.close()
    return out.getvalue()


def spoilt_file() -> bytes:
    """Each line another thing that goes wrong in offices."""
    return workbook(
        (*LUC[:2], "05/03/2960", *LUC[3:]),
        (NONG[0], '=CONCATENATE("Nông ","Thị Cúc")', *NONG[2:]),
        TWIN,
        None,
        None,
        LUC,
        (*LAST[:3], 12, True, *REST[1:]),
    )


def mended_file() -> bytes:
    days = ((1 + n % 28, 1 + n // 28 % 12, 1960 + n // 336) for n in range(MORE))
    many = (
        (f"XX{n:04d}", "Người tên dài", f"{day:02d}/{month:02d}/{year}")
        for n, (day, month, year) in enumerate(days)
    )
    return workbook(LUC, NONG, (*TWIN, "x"), LAST, *((*row, "Nam", *REST) for row in many))


async def test_a_spoilt_file_is_told_mended_and_brought_in(world: World, tmp_path: Path) -> None:
    before = await Person.count(), await Unit.count()
    async with served(world) as site:
        page = await site.signed_in("personnel")
        await send_far_too_much(page, site, tmp_path / "danh-sach.xlsx")
        await page.goto(f"{site.base}/imports/new?kind=people")
        await send(page, "danh-sach.xlsx", b"%PDF-1.7\n1 0 obj")
        wrong = page.locator(".field:has([name=file])")
        assert "Đây là tệp PDF, không phải bảng tính." in await wrong.inner_text()
        await send(page, "danh-sach.xlsx", spoilt_file())
        await page.wait_for_selector("text=Có dòng bị từ chối; không có gì được ghi")
        assert await told(page) == SPOILT
        assert await page.locator("text=Ghi vào dữ liệu").count() == 0
        assert await downloaded(page) == SPOILT
        await units_on_a_phone(site)
        assert (await Person.count(), await Unit.count()) == before
        await mend(page)
        assert await Person.count() == before[0]
        await bring_in(page)
    # What was far too much is all the browser found fault with.
    assert [line.split("status of ")[-1] for line in site.complaints] == [
        "413 (Request Entity Too Large)"
    ]
    assert await Person.count() == before[0] + 4 + MORE
    assert await broken() == []


async def send(page: Page, name: str, content: bytes) -> None:
    """From the form on."""
    await page.set_input_files(
        "[name=file]", {"name": name, "mimeType": "application/octet-stream", "buffer": content}
    )
    await page.click("button:has-text('Tải lên và kiểm tra')")


async def send_far_too_much(page: Page, site: Site, path: Path) -> None:
    """Two hundred megabytes: the answer comes although nobody reads them to the end."""
    with path.open("wb") as file:
        file.truncate(200 * 1024**2)
    await page.goto(f"{site.base}/imports/new?kind=people")
    await page.set_input_files("[name=file]", path)
    await page.click("button:has-text('Tải lên và kiểm tra')")
    await page.wait_for_selector("text=Nội dung gửi lên quá lớn")


async def told(page: Page) -> list[tuple[str, ...]]:
    rows = await page.locator("#refused tbody tr").all()
    return [tuple(await row.locator("td").all_inner_texts()) for row in rows]


async def downloaded(page: Page) -> list[tuple[str, ...]]:
    """The same list as a file, as it is shown on the page."""
    async with page.expect_download() as waiting:
        await page.click("a:has-text('Tải CSV')")
    path = await (await waiting.value).path()
    text = await asyncio.to_thread(path.read_text, "utf-8-sig")
    rows = list(csv.DictReader(StringIO(text)))
    assert {row["Kết quả"] for row in rows} == {"Bị từ chối"}
    columns = ("Dòng", "Cột", "Giá trị trong tệp", "Cần làm")
    return [tuple(row[column] or "–" for column in columns) for row in rows]


async def units_on_a_phone(site: Site) -> None:
    """A text file with a formula and a loop in the tree."""
    page = await site.signed_in("administrator", width=PHONE)
    content = sheet(
        "units",
        ("a", '=CONCATENATE("Phòng ";"A")', "Phòng", "root", "01/07/2025"),
        ("b", "Phòng B", "Phòng", "c", "01/07/2025"),
        ("c", "Phòng C", "Phòng", "b", "01/07/2025"),
    )
    await page.goto(f"{site.base}/imports/new?kind=units")
    await send(page, "don-vi.csv", content)
    await page.wait_for_selector("text=Có dòng bị từ chối; không có gì được ghi")
    assert await told(page) == [
        (
            *("2", "Tên đơn vị", '=CONCATENATE("Phòng ";"A")'),
            "Ô bắt đầu bằng dấu “=” là công thức. Vui lòng thay bằng giá trị rồi tải lên lại.",
        ),
        *(
            (
                *(row, "Mã đơn vị cấp trên", above),
                f"Vòng lặp trong cây đơn vị: {way}. Vui lòng sửa cấp trên của một trong các đơn vị"
                " này.",
            )
            for row, above, way in (("3", "c", "b → c → b"), ("4", "b", "c → b → c"))
        ),
    ]
    assert await page.evaluate("document.documentElement.scrollWidth") == PHONE


async def mend(page: Page) -> None:
    """From the refused file's page on."""
    await page.click("text=Tải tệp khác lên")
    await send(page, "danh-sach-sua.xlsx", mended_file())
    await page.wait_for_selector("text=Đang kiểm tra tệp, số dòng:")
    await page.wait_for_selector("text=Không có dòng lỗi. Dữ liệu chưa được ghi")
    counts = await page.locator("nav.tabs .count").all_inner_texts()
    assert counts == [str(4 + MORE), "0", "0", "0", "1"]
    await page.click("nav.tabs a:has-text('Cần xem lại')")
    assert await page.locator("#warning tbody td").all_inner_texts() == [
        *("4", "Họ và tên", "HOÀNG VĂN ÁNH"),
        "Cùng họ tên và ngày sinh với người có mã KS0001, được ghi là người khác.",
    ]


async def bring_in(page: Page) -> None:
    await page.click("summary:has-text('Ghi vào dữ liệu')")
    await page.wait_for_selector(f"text=Sẽ ghi {4 + MORE} dòng mới và 0 dòng thay đổi.")
    await page.click("button:has-text('Ghi vào dữ liệu')")
    await page.wait_for_selector("text=Đang ghi dữ liệu, số dòng:")
    await page.wait_for_selector("text=Đã ghi toàn bộ dữ liệu lúc")
