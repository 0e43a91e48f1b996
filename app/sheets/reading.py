"""From the bytes of an uploaded file to one `Sheet`; every defect is a `Refused` with its words."""

from __future__ import annotations

import csv
import zipfile
from datetime import date
from io import BytesIO, StringIO

from app.kernel.period import show_date
from app.kernel.refusal import Refusal, Refused
from app.sheets.archive import SPOILT, refuse_entries
from app.sheets.delimited import read_delimited
from app.sheets.sheet import Cell, Sheet, converted
from app.sheets.signatures import ZIP, refuse_content
from app.sheets.workbook import read_workbook

__all__ = ["Cell", "Sheet", "converted", "read_sheet", "refuse_file", "to_csv"]

XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV_TYPE = "text/csv"


def refuse_file(content: bytes) -> Refusal | None:
    """What can be said at once, without unpacking: kind, size, and what it would unpack to."""
    if refusal := refuse_content(content):
        return refusal
    if not content.startswith(ZIP):
        return None
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            return refuse_entries(archive.infolist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        return SPOILT


def read_sheet(content: bytes) -> Sheet:
    if refusal := refuse_file(content):
        raise Refused(refusal)
    return read_workbook(content) if content.startswith(ZIP) else read_delimited(content)


def media_type(content: bytes) -> str:
    return XLSX_TYPE if content.startswith(ZIP) else CSV_TYPE


def to_csv(sheet: Sheet) -> bytes:
    """UTF-8 with its mark, dates as dd/mm/yyyy: what a converted file is kept as.

    Its lines keep their numbers, and what was refused in it still is: blank lines, formulas.
    """
    out = StringIO()
    writer = csv.writer(out)
    writer.writerows([()] * (sheet.head - 1))
    writer.writerow(sheet.headers)
    gaps = {last + 1: last - first + 1 for first, last in sheet.blank}
    for number, cells in zip(sheet.numbers, sheet.rows, strict=True):
        writer.writerows([()] * gaps.get(number, 0))
        writer.writerow(_plain(cell) for cell in _marked(sheet, number, cells))
    return out.getvalue().encode("utf-8-sig")


def _marked(sheet: Sheet, number: int, cells: list[Cell]) -> list[Cell]:
    """A formula shows as one in CSV too."""
    if not sheet.spoilt:
        return cells
    return [
        f"={_plain(cell)}" if (number, place) in sheet.spoilt else cell
        for place, cell in enumerate(cells, start=1)
    ]


def _plain(cell: Cell) -> str:
    if isinstance(cell, date):
        return show_date(cell)
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    # A line of the file is one line of the sheet.
    return " ".join(str(cell).splitlines())
