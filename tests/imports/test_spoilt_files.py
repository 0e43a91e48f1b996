"""A file that is no sheet, or would do harm: a clear word for it, and nothing is written."""

from __future__ import annotations

import zipfile
from io import BytesIO
from typing import Any

import httpx
import pytest
import xlsxwriter

from app.imports import actions, jobs
from app.imports.queries import runs
from app.imports.rules.kinds import KINDS
from app.imports.tables import ImportRun
from app.sheets import tcvn3
from tests.conftest import Browser, World
from tests.imports.given import (
    OFFICER,
    PERSON,
    check,
    drawn,
    nothing_written,
    officer,
    said,
    sheet,
    workbook,
)
from tests.sheets.files import SHEET, lying_about_size, with_part

pytestmark = pytest.mark.anyio


def merged(where: tuple[int, int, int, int]) -> bytes:
    def fill(page: Any, book: Any) -> None:
        page.write_row(2, 0, ("KS9002", *PERSON[1:]))
        page.merge_range(*where, "Họ và tên", book.add_format())

    return drawn(fill)


def under_a_title() -> bytes:
    out = BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    page = book.add_worksheet()
    page.merge_range(0, 0, 0, 6, "DANH SÁCH CÁN BỘ", book.add_format())
    page.write_row(1, 0, KINDS["people"].headers())
    page.write_row(2, 0, PERSON)
    book.close()
    return out.getvalue()


HEADER = (
    "Dòng 1 có ô gộp. Vui lòng bỏ gộp ô và xóa tên bảng ở phía trên: dòng đầu là dòng tiêu đề,"
    " mỗi cột một tiêu đề."
)
DAMAGED = "Tệp XLSX bị hỏng hoặc không đầy đủ. Vui lòng mở bằng Excel, lưu lại rồi tải lên."
SMALL = workbook("people", PERSON)
# A reader that believes it lays out seventeen thousand million cells.
FAR = (
    b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
    b'<row r="1"><c r="A1"><v>1</v></c><c r="xfd1048576"><v>1</v></c></row></sheetData></worksheet>'
)
READ = {
    "a merged header": (merged((0, 1, 0, 2)), HEADER),
    "a merged title": (under_a_title(), HEADER),
    "merged lines": (
        merged((1, 1, 2, 1)),
        "Dòng 2 có ô gộp. Vui lòng bỏ gộp ô và điền đủ từng dòng.",
    ),
    "a part that is longer than it says": (
        lying_about_size(
            with_part(SMALL, "xl/media/big.bin", bytes(30 * 1024**2)), "xl/media/big.bin", 2000
        ),
        DAMAGED,
    ),
    "a cell at the end of the world": (
        with_part(SMALL, SHEET, FAR),
        "Bảng tính có hơn 60 cột. Vui lòng xóa các cột thừa.",
    ),
    "TCVN3": (
        tcvn3.from_unicode(sheet("people", PERSON).decode("utf-8-sig")).encode("latin-1"),
        "Tệp dùng bảng mã cũ TCVN3 (ABC). Có thể chuyển sang Unicode rồi kiểm tra lại.",
    ),
}


@pytest.mark.parametrize("case", READ)
async def test_a_file_is_refused_when_it_is_read(world: World, case: str) -> None:
    content, words = READ[case]
    async with nothing_written(world):
        run = await check(world, await officer(world), "people", content)
        assert run.error is not None
        assert run.error.message.format(**run.error.values) == words
        assert (run.state, run.counts, run.problems) == ("refused", {}, ())


async def test_a_conversion_hides_neither_formulas_nor_blank_lines(world: World) -> None:
    """The lines keep their numbers: what is mended is the file that was sent."""

    def fill(page: Any, _: Any) -> None:
        page.write_string(1, 1, tcvn3.from_unicode(PERSON[1]))
        page.write_row(3, 0, ("KS9002", "", "06/03/1990", *PERSON[3:]))
        page.write_formula(3, 1, "=B2", None, tcvn3.from_unicode(PERSON[1]))

    actor = await officer(world)
    async with nothing_written(world):
        run = await check(world, actor, "people", drawn(fill))
        assert run.legacy
        new_id = await actions.convert(run.id, actor=actor, now=world.now)
        await jobs.work(new_id, now=world.now)
        assert [line[:3] for line in said(await runs.run(new_id))] == [
            (3, "", ""),
            (4, "Họ và tên", f"={PERSON[1]}"),
        ]


def huge_sheet() -> bytes:
    """Two hundred megabytes of a list, packed as Excel packs it."""
    rows = "".join(
        f'<row r="{n}"><c r="A{n}" t="inlineStr"><is><t>CB{n % 50:06d}</t></is></c>'
        f'<c r="B{n}" t="inlineStr"><is><t>Nguyễn Thị Minh Ánh {n % 5}</t></is></c></row>'
        for n in range(1, 8000)
    ).encode()
    out = BytesIO()
    with (
        zipfile.ZipFile(BytesIO(SMALL)) as old,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as new,
    ):
        for entry in old.infolist():
            if entry.filename != SHEET:
                new.writestr(entry, old.read(entry))
        with new.open(SHEET, "w") as part:
            for _ in range(200 * 1024**2 // len(rows) + 1):
                part.write(rows)
    return out.getvalue()


TOO_LARGE = "Bảng tính quá lớn khi giải nén (tối đa 120 MB). Vui lòng chia thành nhiều tệp."


async def send(browser: Browser, content: bytes, name: str) -> httpx.Response:
    await browser.get("/imports/new")
    return await browser.post(
        "/imports",
        data={"kind": "people", "_csrf_token": browser.cookies["thidua_csrf"]},
        files={"file": (name, content, "application/octet-stream")},
    )


SENT = {
    "a renamed PDF": (
        lambda: b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj",
        "Đây là tệp PDF, không phải bảng tính. Vui lòng chọn tệp XLSX hoặc CSV.",
    ),
    "a zip bomb": (
        lambda: with_part(SMALL, "xl/media/big.bin", bytes(40 * 1024**2)),
        TOO_LARGE,
    ),
    "a sheet of 200 MB": (huge_sheet, TOO_LARGE),
    "a file of 21 MB": (
        lambda: b"a,b\n" * (21 * 1024**2 // 4),
        "Tệp quá lớn: tối đa 20 MB. Vui lòng chia thành nhiều tệp.",
    ),
}


@pytest.mark.parametrize("case", SENT)
async def test_a_file_is_refused_at_once(world: World, case: str) -> None:
    """Under the name of a workbook, beside the field, without a run."""
    made, words = SENT[case]
    await officer(world)
    async with world.client(OFFICER) as browser, nothing_written(world):
        answer = await send(browser, made(), "danh-sach.xlsx")
        assert (answer.status_code, words in answer.text) == (422, True)
    assert await ImportRun.count() == 0


async def test_a_request_beyond_all_measure_is_told_of_as_well(world: World) -> None:
    await officer(world)
    async with world.client(OFFICER) as browser, nothing_written(world):
        answer = await send(browser, bytes(26 * 1024**2), "danh-sach.xlsx")
        assert answer.status_code == 413
        assert "Vui lòng chọn tệp nhỏ hơn hoặc chia thành nhiều tệp rồi gửi lại." in answer.text
    assert await ImportRun.count() == 0
