"""Which lines of a file are blank between its rows; above and below the table nobody minds."""

from __future__ import annotations

import time

import pytest

from app.sheets.reading import converted, read_sheet, to_csv
from tests.sheets.files import grid

ROWS = [["a", "1"], ["b", "2"]]


@pytest.mark.parametrize(
    ("text", "numbers", "blank"),
    [
        ("Mã,Số\na,1\nb,2\n", [2, 3], ()),
        ("Mã,Số\na,1\nb,2\n\n\n,\n ,\n", [2, 3], ()),
        ("\n,\nMã,Số\na,1\nb,2", [4, 5], ()),
        ("Mã,Số\n\na,1\nb,2\n", [3, 4], ((2, 2),)),
        ("Mã,Số\na,1\n\n , \n,\nb,2\n", [2, 6], ((3, 5),)),
        ("Mã,Số\n\na,1\n,\nb,2\n\n", [3, 5], ((2, 2), (4, 4))),
        ('Mã,Số\n"a",1\n"b\n",2\n', [2, 3], ()),
        ('Mã,Số\na,"\n1"\nb,2\n', [2, 4], ()),
    ],
)
def test_blank_lines_of_a_text_file(
    text: str, numbers: list[int], blank: tuple[tuple[int, int], ...]
) -> None:
    sheet = read_sheet(text.encode())
    assert (sheet.rows, sheet.numbers, sheet.blank) == (ROWS, numbers, blank)


def test_blank_lines_of_a_workbook() -> None:
    """Spaces show as nothing, and so do spaces that do not break."""
    sheet = read_sheet(
        grid(
            *((), ("Mã", "Số"), ("a", 1), (" ", ""), ("\u00a0", ""), ("b", 0)),
            *((" ", " "), ("", "c"), ("", " ")),
        )
    )
    assert sheet.rows == [["a", 1.0], ["b", 0.0], ["", "c"]]
    assert (sheet.head, sheet.numbers, sheet.blank) == (2, [3, 6, 8], ((4, 5), (7, 7)))


def test_a_conversion_keeps_the_number_of_every_line() -> None:
    """A cell of two lines is one line of the sheet."""
    sheet = read_sheet(grid((), ("Mã", "Số"), (), ("a", "x\ny"), (), (), ("b", "z")))
    again = read_sheet(to_csv(converted(sheet)))
    assert (again.head, again.numbers, again.blank) == (sheet.head, sheet.numbers, sheet.blank)
    assert again.rows == [["a", "x y"], ["b", "z"]]


def test_a_file_of_line_ends_is_read_in_little_time_and_room() -> None:
    started = time.process_time()
    sheet = read_sheet(b"a\n" + b"\n" * 5_000_000 + b"b\n")
    assert sheet.blank == ((2, 5_000_001),)
    assert time.process_time() - started < 10
