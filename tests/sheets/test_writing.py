"""The same rows as CSV and as XLSX: opened again they say what was written, and run nothing."""

from __future__ import annotations

import csv
from datetime import date
from decimal import Decimal
from io import BytesIO, StringIO

import pytest
from python_calamine import CalamineWorkbook

from app.sheets.writing import Cell, harmless, write_sheet

HEAD = ("Họ và tên", "Ngày", "Điểm", "Số")
ROWS: list[tuple[Cell, ...]] = [
    ("Nguyễn Thị Ánh", date(2025, 3, 5), Decimal("17.5"), 3),
    ('Phòng "1", tầng 2', None, None, None),
]
DANGEROUS = ("=1+1", "+84", "-2", "@SUM(A1)", "\t=1", '=HYPERLINK("http://x")')


def test_csv_begins_with_the_mark_and_reads_back() -> None:
    content = write_sheet("csv", "Danh sách", HEAD, ROWS)
    assert content[:3] == b"\xef\xbb\xbf"
    assert list(csv.reader(StringIO(content.decode("utf-8-sig")))) == [
        list(HEAD),
        ["Nguyễn Thị Ánh", "05/03/2025", "17.5", "3"],
        ['Phòng "1", tầng 2', "", "", ""],
    ]


def test_xlsx_keeps_dates_and_numbers() -> None:
    book = CalamineWorkbook.from_filelike(BytesIO(write_sheet("xlsx", "A/B: [c]", HEAD, ROWS)))
    assert book.sheet_names == ["AB c"]
    assert book.get_sheet_by_index(0).to_python() == [
        list(HEAD),
        ["Nguyễn Thị Ánh", date(2025, 3, 5), 17.5, 3.0],
        ['Phòng "1", tầng 2', "", "", ""],
    ]


@pytest.mark.parametrize("text", DANGEROUS)
def test_a_text_is_never_a_formula(text: str) -> None:
    cells = list(csv.reader(StringIO(write_sheet("csv", "x", ["a"], [(text,)]).decode())))
    assert cells[1] == ["'" + text]
    book = CalamineWorkbook.from_filelike(BytesIO(write_sheet("xlsx", "x", ["a"], [(text,)])))
    assert book.get_sheet_by_index(0).to_python()[1] == ["'" + text]


def test_other_texts_stay_as_they_are() -> None:
    assert [harmless(text) for text in ("", "a=b", "Đỗ-Minh", "1-2")] == [
        "",
        "a=b",
        "Đỗ-Minh",
        "1-2",
    ]


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_an_empty_list_is_still_a_file(kind: str) -> None:
    assert len(write_sheet(kind, "x", HEAD, [])) > 20
