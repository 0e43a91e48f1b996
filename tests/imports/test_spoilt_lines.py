"""What goes wrong in a line is named by its row, column and value; nothing is written."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

import pytest

from tests.conftest import World
from tests.imports.given import (
    PERSON,
    check,
    drawn,
    nothing_written,
    officer,
    said,
    sheet,
    workbook,
)
from tests.sheets.files import with_cells

pytestmark = pytest.mark.anyio

PASTE = (
    "Ô này là công thức. Vui lòng sao chép cột, dán lại dạng giá trị (Paste Special: Values)"
    " rồi tải lên lại."
)
TYPED = "Ô bắt đầu bằng dấu “=” là công thức. Vui lòng thay bằng giá trị rồi tải lên lại."
DAY = "Vui lòng nhập ngày theo dạng dd/mm/yyyy."
TEXT = "Cần là văn bản; vui lòng định dạng ô là Text."
SECOND = ("KS9002", "Lò Văn Bính", "29/02/1988", "Nam", "Thái", "Viên chức", "01/09/2012")


def with_cell(place: int, value: Any) -> bytes:
    """Line 3 with one cell of another type than text."""
    return workbook("people", PERSON, (*SECOND[:place], value, *SECOND[place + 1 :]))


def formulas(page: Any, _: Any) -> None:
    page.write_row(2, 0, SECOND)
    page.write_formula(2, 1, '=PROPER("lò văn bính")', None, "Lò Văn Bính")
    page.write_formula(2, 2, "=DATE(1988,2,29)", None, 32202)
    for line in range(3, 400):
        page.write_formula(line, 1, '=IF(A4="","",A4)', None, "nothing")


def formula_as_text(page: Any, _: Any) -> None:
    """The columns of the template are text: Excel keeps what is typed there as it is."""
    page.write_row(2, 0, SECOND)
    page.write_string(2, 1, "=PROPER(B2)")


LINES = {
    "formula cells": (
        "people",
        with_cells(drawn(formulas), b"<v>nothing</v>", b"<v></v>"),
        [(3, "Họ và tên", "Lò Văn Bính", PASTE), (3, "Ngày sinh", "32202", PASTE)],
    ),
    "formulas as text": (
        "people",
        sheet("people", PERSON, (*SECOND[:1], "=PROPER(B2)", " =DATE(1988,2,29)", *SECOND[3:])),
        [(3, "Họ và tên", "=PROPER(B2)", TYPED), (3, "Ngày sinh", "=DATE(1988,2,29)", TYPED)],
    ),
    "a formula in a cell formatted as text": (
        "people",
        drawn(formula_as_text),
        [(3, "Họ và tên", "=PROPER(B2)", TYPED)],
    ),
    "one blank line": (
        "people",
        workbook("people", PERSON, (), SECOND),
        [(3, "", "", "Dòng 3 trống giữa bảng. Vui lòng xóa dòng này rồi tải lên lại.")],
    ),
    "blank lines after every other": (
        "people",
        "\n\n".join(
            sheet(
                "people",
                *(
                    (f"XX{n:04d}", "Người tên dài", f"01/02/{1900 + n}", *PERSON[3:])
                    for n in range(90)
                ),
            )
            .decode()
            .splitlines()
        ).encode(),
        [
            (
                *(2, "", ""),
                "90 dòng trống giữa bảng (2, 4, 6, 8, 10, 12, 14, 16, 18, 20, …). Vui lòng xóa"
                " các dòng này rồi tải lên lại.",
            )
        ],
    ),
    "05/03/2960": (
        "people",
        sheet("people", PERSON, (*SECOND[:2], "05/03/2960", *SECOND[3:])),
        [(3, "Ngày sinh", "05/03/2960", "Năm 2960 không hợp lý; vui lòng kiểm tra lại.")],
    ),
    "05/03/2960 as a date": (
        "people",
        with_cell(2, date(2960, 3, 5)),
        [(3, "Ngày sinh", "05/03/2960", "Năm 2960 không hợp lý; vui lòng kiểm tra lại.")],
    ),
    "a number for a date": ("people", with_cell(2, 32202), [(3, "Ngày sinh", "32202", DAY)]),
    "a moment for a date": (
        "people",
        with_cell(2, datetime.combine(date(1988, 2, 29), time(7, 30))),
        [(3, "Ngày sinh", "1988-02-29 07:30:00", DAY)],
    ),
    "a date for a code": (
        "people",
        with_cell(0, date(1988, 2, 29)),
        [(3, "Mã cán bộ", "29/02/1988", TEXT)],
    ),
    "a date for a name": (
        "people",
        with_cell(1, date(1988, 2, 29)),
        [(3, "Họ và tên", "29/02/1988", TEXT)],
    ),
    "a number for a name": (
        "people",
        with_cell(1, 12),
        [(3, "Họ và tên", "12", "Họ và tên không được có chữ số; vui lòng sửa lại.")],
    ),
    "a fraction for a code": ("people", with_cell(0, 12.5), [(3, "Mã cán bộ", "12.5", TEXT)]),
    "yes for a text": ("people", with_cell(4, True), [(3, "Dân tộc", "TRUE", TEXT)]),
    "a number for a choice": (
        "people",
        with_cell(3, 1),
        [(3, "Giới tính", "1", "Cần là một trong: Nữ; Nam.")],
    ),
    "an unknown unit": (
        "postings",
        sheet("postings", ("KS0001", "khong-co", "Kiểm sát viên", "01/07/2025", "", "Kiêm nhiệm")),
        [(2, "Mã đơn vị", "khong-co", "Không có đơn vị mang mã này; cần nhập đơn vị trước.")],
    ),
    "an unknown unit above": (
        "units",
        sheet("units", ("a", "Phòng A", "Phòng", "khong-co", "01/07/2025")),
        [
            (
                *(2, "Mã đơn vị cấp trên", "khong-co"),
                "Không có đơn vị mang mã này trong dữ liệu và trong tệp; vui lòng kiểm tra mã hoặc"
                " thêm dòng của đơn vị đó.",
            )
        ],
    ),
    "a loop in the tree": (
        "units",
        workbook(
            "units",
            ("a", "Phòng A", "Phòng", "c", "01/07/2025"),
            ("b", "Phòng B", "Phòng", "a", "01/07/2025"),
            ("c", "Phòng C", "Phòng", "b", "01/07/2025"),
        ),
        [
            (
                *(line, "Mã đơn vị cấp trên", above),
                f"Vòng lặp trong cây đơn vị: {way}. Vui lòng sửa cấp trên của một trong các đơn vị"
                " này.",
            )
            for line, above, way in (
                (2, "c", "a → c → b → a"),
                (3, "a", "b → a → c → b"),
                (4, "b", "c → b → a → c"),
            )
        ],
    ),
    "a duplicate": (
        "people",
        sheet("people", PERSON, ("KS9002", *PERSON[1:])),
        [
            (
                *(3, "Họ và tên", PERSON[1]),
                "Cùng họ tên và ngày sinh với dòng 2. Nếu là một người, vui lòng chỉ giữ một dòng;"
                " nếu đúng là hai người, ghi x vào cột “Người khác trùng tên”.",
            )
        ],
    ),
}


@pytest.mark.parametrize("case", LINES)
async def test_a_line_is_named_with_what_to_do(world: World, case: str) -> None:
    kind, content, wanted = LINES[case]
    async with nothing_written(world):
        run = await check(world, await officer(world), kind, content)
        assert (run.error, said(run)) == (None, wanted)
        assert run.state == "refused"
