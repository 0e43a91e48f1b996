"""CSV as Vietnamese and English Excel write it: comma, semicolon or tab."""

from __future__ import annotations

import csv
from io import StringIO

from app.kernel.refusal import N_, Refusal, Refused
from app.sheets.encodings import decode
from app.sheets.limits import MOST_COLUMNS, MOST_ROWS, too_many_columns, too_many_rows
from app.sheets.sheet import Cell, Run, Sheet, sheet_of

_DELIMITERS = ",;\t"


def read_delimited(content: bytes) -> Sheet:
    text = decode(content)
    first = next((line for line in text.splitlines() if line.strip()), "")
    reader = csv.reader(StringIO(text, newline=""), delimiter=_delimiter(first), strict=True)
    lines: list[tuple[int, list[Cell]]] = []
    blank: list[Run] = []
    begins = 1
    try:
        for cells in reader:
            if len(cells) > MOST_COLUMNS:
                raise Refused(too_many_columns())
            if len(lines) > MOST_ROWS:
                raise Refused(too_many_rows())
            stripped: list[Cell] = [cell.strip() for cell in cells]
            if any(stripped):
                lines.append((begins, stripped))
            else:
                _note(blank, begins, reader.line_num)
            begins = reader.line_num + 1
    except csv.Error as error:
        message = N_("Dòng {row} không đúng dạng CSV: dấu ngoặc kép không khớp.")
        raise Refused(Refusal("spoilt-csv", message, {"row": begins})) from error
    return sheet_of(lines, even=False, blank=blank)


def _note(blank: list[Run], first: int, last: int) -> None:
    """A file may be millions of line ends: what belongs together is kept as one."""
    if blank and blank[-1][1] == first - 1:
        first = blank.pop()[0]
    blank.append((first, last))


def _delimiter(line: str) -> str:
    """The one met most in the header, outside quotes."""
    outside = "".join(line.split('"')[::2])
    return max(_DELIMITERS, key=outside.count)
