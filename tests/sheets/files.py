"""Workbooks made, and then spoilt, for tests of the reader."""

from __future__ import annotations

import struct
import zipfile
from collections.abc import Callable
from io import BytesIO
from typing import Any

import xlsxwriter

SHEET = "xl/worksheets/sheet1.xml"


def workbook(fill: Callable[[Any, Any], None]) -> bytes:
    """`fill` gets the sheet and the book."""
    out = BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "default_date_format": "dd/mm/yyyy"})
    fill(book.add_worksheet(), book)
    book.close()
    return out.getvalue()


def grid(*rows: tuple[Any, ...]) -> bytes:
    def fill(page: Any, _: Any) -> None:
        for number, row in enumerate(rows):
            page.write_row(number, 0, row)

    return workbook(fill)


def with_part(content: bytes, name: str, part: bytes) -> bytes:
    """The same archive with one part replaced or added."""
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as old, zipfile.ZipFile(out, "w") as new:
        for entry in old.infolist():
            if entry.filename != name:
                new.writestr(entry.filename, old.read(entry), zipfile.ZIP_DEFLATED)
        new.writestr(name, part, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def with_cells(content: bytes, old: bytes, new: bytes) -> bytes:
    with zipfile.ZipFile(BytesIO(content)) as archive:
        part = archive.read(SHEET)
    assert old in part
    return with_part(content, SHEET, part.replace(old, new))


def lying_about_size(content: bytes, name: str, size: int) -> bytes:
    """The central directory claims `size` for a part that unpacks to more."""
    at = content.index(name.encode(), content.index(b"PK\x01\x02"))
    return content[: at - 22] + struct.pack("<I", size) + content[at - 18 :]
