"""Each way a file can be wrong has its own words; what is right comes out as rows."""

from __future__ import annotations

import random
import unicodedata
from datetime import date
from typing import Any

import pytest

from app.kernel.refusal import Refused
from app.sheets import tcvn3
from app.sheets.reading import converted, read_sheet, refuse_file, to_csv
from tests.sheets.files import (
    SHEET,
    grid,
    lying_about_size,
    with_cells,
    with_part,
    workbook,
)

TEXT = "Mã;Họ và tên\r\n01;Nguyễn Thị Ánh\r\n02;Đặng Văn Hữu\r\n03;Trần Quốc Tuấn\r\n"
ROWS = [["01", "Nguyễn Thị Ánh"], ["02", "Đặng Văn Hữu"], ["03", "Trần Quốc Tuấn"]]


def refusal(content: bytes) -> str:
    with pytest.raises(Refused) as refused:
        read_sheet(content)
    return refused.value.refusal.code


def windows_1258(text: str) -> bytes:
    """As Windows wrote it: a letter with its own mark, then the tone as a letter of its own."""
    out = []
    for character in text:
        try:
            out.append(character.encode("cp1258"))
        except UnicodeEncodeError:
            letter, tone = tcvn3._without_tone(character)
            out.append(letter.encode("cp1258") + tone.encode("cp1258"))
    assert unicodedata.normalize("NFC", b"".join(out).decode("cp1258")) == text
    return b"".join(out)


@pytest.mark.parametrize(
    "content",
    [
        TEXT.encode(),
        TEXT.encode("utf-8-sig"),
        TEXT.encode("utf-16"),
        TEXT.encode("utf-16-le"),
        TEXT.encode("utf-16-be"),
        b"\xfe\xff" + TEXT.encode("utf-16-be"),
        windows_1258(TEXT),
        TEXT.replace(";", ",").encode(),
        TEXT.replace(";", "\t").encode(),
        TEXT.replace("\r\n", "\n\n").encode(),
    ],
)
def test_text_in_every_encoding_and_delimiter(content: bytes) -> None:
    sheet = read_sheet(content)
    assert (sheet.headers, sheet.rows, sheet.legacy) == (("Mã", "Họ và tên"), ROWS, frozenset())


def test_tcvn3_bytes_are_offered_for_conversion() -> None:
    sheet = read_sheet(tcvn3.from_unicode(TEXT).encode("latin-1"))
    # The first column's header shows it, the second one's names.
    assert sheet.legacy == {0, 1}
    assert converted(sheet).headers == ("Mã", "Họ và tên")
    assert converted(sheet).rows == ROWS
    assert read_sheet(to_csv(converted(sheet))).rows == ROWS


def test_tcvn3_in_one_column_of_a_workbook() -> None:
    content = grid(
        ("Mã", "Họ và tên", "Ghi chú"),
        ("01", tcvn3.from_unicode("Nguyễn Thị Ánh"), "Đúng rồi, é"),
        ("02", tcvn3.from_unicode("Hộ"), ""),
    )
    sheet = read_sheet(content)
    assert sheet.legacy == {1}
    assert converted(sheet).rows == [
        ["01", "Nguyễn Thị Ánh", "Đúng rồi, é"],
        ["02", "Hộ", ""],
    ]


def test_numbers_dates_and_blank_rows_of_a_workbook() -> None:
    def fill(page: Any, _: Any) -> None:
        page.write_row(2, 0, ("Mã", "Ngày", "Số"))
        page.write_string(3, 0, "001")
        page.write_datetime(3, 1, date(2025, 7, 1))
        page.write_number(3, 2, 12)
        page.write_string(7, 0, " x ")

    sheet = read_sheet(workbook(fill))
    assert (sheet.headers, sheet.head, sheet.numbers) == (("Mã", "Ngày", "Số"), 3, [4, 8])
    assert sheet.blank == ((5, 7),)
    assert sheet.rows == [["001", date(2025, 7, 1), 12.0], [" x ", "", ""]]


@pytest.mark.parametrize(
    ("where", "row"), [((0, 0, 0, 1), 1), ((0, 0, 1, 0), 1), ((1, 0, 2, 0), 2)]
)
def test_merged_cells(where: tuple[int, int, int, int], row: int) -> None:
    def fill(page: Any, _: Any) -> None:
        for number in range(4):
            page.write_row(number, 0, ("Mã", "Tên"))
        page.merge_range(*where, "gộp")

    with pytest.raises(Refused) as refused:
        read_sheet(workbook(fill))
    assert refused.value.refusal.code == "merged-cells"
    assert refused.value.refusal.values == {"row": row}


PDF = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj"
COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
SMALL = grid(("Mã",), ("a",))


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty-file"),
        (b" \r\n ", "empty-file"),
        (PDF, "not-a-sheet"),
        (b"MZ\x90\x00\x03", "not-a-sheet"),
        (b"<html><table>", "not-a-sheet"),
        (COMPOUND, "old-format"),
        (COMPOUND + "EncryptedPackage".encode("utf-16-le"), "encrypted"),
        (bytes(21 * 1024 * 1024), "file-too-large"),
        (b"PK\x03\x04" + bytes(100), "spoilt-workbook"),
        (SMALL[:-200], "spoilt-workbook"),
        (with_part(SMALL, "xl/media/big.bin", bytes(130 * 1024 * 1024)), "unpacks-too-large"),
        (with_part(SMALL, "xl/media/big.bin", bytes(40 * 1024 * 1024)), "unpacks-too-large"),
        (with_part(SMALL, "xl/vbaProject.bin", b"x"), "has-macro"),
    ],
)
def test_files_refused_at_once(content: bytes, code: str) -> None:
    found = refuse_file(content)
    assert found is not None
    assert found.code == code
    assert refusal(content) == code


# Cells that do not say where they stand follow the one before.
UNPLACED = b"<c><v>1</v></c>" * 60 + b"</row></sheetData>"
FAR_ROW = b'</row><row r="100002"><c><v>1</v></c></row></sheetData>'


def big_part() -> bytes:
    """Unpacks to 30 MB, and the directory will say 2 KB."""
    part = with_part(SMALL, "xl/media/big.bin", bytes(30 * 1024 * 1024))
    return lying_about_size(part, "xl/media/big.bin", 2000)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (big_part(), "spoilt-workbook"),
        (with_cells(SMALL, b'r="A2"', b'r="XFD2"'), "too-many-columns"),
        (with_cells(SMALL, b'r="A2"', b'r="BI2"'), "too-many-columns"),
        (with_cells(SMALL, b'r="A2"', b'r="A1048576"'), "too-many-rows"),
        (with_cells(SMALL, b'r="A2"', b'r="xfd1048576"'), "too-many-columns"),
        (with_cells(SMALL, b'r="A2"', b"r = 'A100002'"), "too-many-rows"),
        (with_cells(SMALL, b'<c r="A2"', b'<c s="0" r="bi2"'), "too-many-columns"),
        (with_cells(SMALL, b"</row></sheetData>", UNPLACED), "too-many-columns"),
        (with_cells(SMALL, b"</row></sheetData>", FAR_ROW), "too-many-rows"),
        (with_part(SMALL, SHEET, b"<worksheet><broken"), "spoilt-workbook"),
        (with_part(SMALL, SHEET, b'<!DOCTYPE a [<!ENTITY b "c">]><a/>'), "spoilt-workbook"),
        (grid(("Mã",), ("x" * 2001,)), "cell-too-long"),
        (grid(), "no-rows"),
        ("Mã,Tên\na,\x00b\n".encode(), "control-character"),
        ("Mã,Tên\n".encode() + b"a,\xff\xfe\n", "mixed-encodings"),
        ("Mã,Họ tên đệm\n".encode() + "é,Nguyễn Tuấn".encode() + b"\n\xc7y,x", "mixed-encodings"),
        (b'a,b\n"c,d\n', "spoilt-csv"),
        (",".join(["x"] * 61).encode(), "too-many-columns"),
        (b"a\n" + b"b\n" * 100_001, "too-many-rows"),
        (random.Random(1).randbytes(5000), "unknown-encoding"),
    ],
)
def test_files_refused_when_read(content: bytes, code: str) -> None:
    assert refusal(content) == code


def test_the_last_row_and_column_still_count() -> None:
    sheet = read_sheet(",".join(["x"] * 60).encode() + b"\n" + b"b\n" * 100_000)
    assert (len(sheet.headers), len(sheet.rows), len(sheet.odd_widths)) == (60, 100_000, 100_000)
    assert len(read_sheet(with_cells(SMALL, b'r="A2"', b'r="A100001"')).rows) == 1
    assert read_sheet(with_cells(SMALL, b'r="A2"', b'r="bh1"')).headers[0] == "Mã"


def test_rows_of_another_width_are_named() -> None:
    sheet = read_sheet(b"a,b\n1,2\n1,2,3\n1\n")
    assert (sheet.odd_widths, sheet.rows) == ({3: 3, 4: 1}, [["1", "2"], ["1", "2"], ["1", ""]])
