"""Rows to a file that a spreadsheet opens: the same table as CSV or as XLSX."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from io import BytesIO, StringIO
from itertools import chain, islice
from typing import Any

import xlsxwriter

from app.kernel.period import show_date

Cell = str | int | Decimal | date | None

MEDIA_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
# A spreadsheet runs a text that begins with one of these; a person's name may not become a program.
_LEADS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
_SHEET_NAME = 31
_WIDTHS = (8, 60)  # in characters, narrowest and widest column
_SAMPLED = 200


def write_sheet(
    kind: str, title: str, head: Sequence[str], rows: Iterable[Sequence[Cell]]
) -> bytes:
    """`kind` is a key of MEDIA_TYPES; `title` names the sheet of an XLSX file."""
    return {"csv": _csv, "xlsx": _xlsx}[kind](title, head, rows)


def harmless(text: str) -> str:
    """A text no spreadsheet takes for a formula, not even after it was saved as CSV."""
    return "'" + text if text.startswith(_LEADS_A_FORMULA) else text


def _csv(_: str, head: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """UTF-8 with a byte order mark, without which Excel shows Vietnamese as rubbish."""
    out = StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(head)
    writer.writerows([_as_text(cell) for cell in row] for row in rows)
    return out.getvalue().encode("utf-8-sig")


def _as_text(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, date):
        return show_date(cell)
    return harmless(cell) if isinstance(cell, str) else str(cell)


def _xlsx(title: str, head: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """One row in memory at a time, so column widths are those of the first rows."""
    out = BytesIO()
    book = xlsxwriter.Workbook(out, {"constant_memory": True})
    sheet = book.add_worksheet("".join(c for c in title if c not in "[]:*?/\\'")[:_SHEET_NAME])
    bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
    day = book.add_format({"num_format": "dd/mm/yyyy"})
    rest = iter(rows)
    first = list(islice(rest, _SAMPLED))
    for column, width in enumerate(_widths(head, first)):
        sheet.set_column(column, column, width)
    sheet.freeze_panes(1, 0)
    for column, text in enumerate(head):
        sheet.write_string(0, column, text, bold)
    count = 0
    for count, row in enumerate(chain(first, rest), start=1):
        for column, cell in enumerate(row):
            _write(sheet, count, column, cell, day)
    if head:
        sheet.autofilter(0, 0, count, len(head) - 1)
    book.close()
    return out.getvalue()


def _write(sheet: Any, row: int, column: int, cell: Cell, day: Any) -> None:
    if cell is None:
        return
    if isinstance(cell, date):
        sheet.write_datetime(row, column, cell, day)
    elif isinstance(cell, str):
        sheet.write_string(row, column, harmless(cell))
    else:
        sheet.write_number(row, column, cell)


def _widths(head: Sequence[str], rows: Sequence[Sequence[Cell]]) -> list[int]:
    least, most = _WIDTHS
    longest = [len(text) for text in head]
    for row in rows:
        for column, cell in enumerate(row[: len(head)]):
            longest[column] = max(longest[column], len(_as_text(cell)))
    return [min(max(width + 2, least), most) for width in longest]
