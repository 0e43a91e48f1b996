"""The XML of one worksheet, looked at before it is read: how far its cells reach."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from app.kernel.refusal import Refusal
from app.sheets.limits import MOST_COLUMNS, MOST_ROWS, too_many_columns, too_many_rows

# Cells beyond column BH (60) or row 100.001: the reader lays out everything in between.
_FAR_CELL = re.compile(
    rb'<c r="(?:([A-Za-z]{3}|[C-Zc-z][A-Za-z]|[Bb][I-Zi-z])|[A-Za-z]{0,2}(?:\d{7}|[2-9]\d{5}'
    rb"|1[1-9]\d{4}|10[1-9]\d{3}|100[1-9]\d\d|1000[1-9]\d|10000[2-9]))"
)
# Cells written in any other way than `<c r="A1"`; what begins with plain letters is found fast.
_ODD_CELLS = (re.compile(rb"<c[\t\r\n>/]"), re.compile(rb":c[\s/>]"))
_TAG = re.compile(rb"<(?:[\w.-]+:)?(row|c|f)(?=[\s/>])([^<>]*)>")
_PLACE = re.compile(rb"""(?:^|\s)r\s*=\s*["']\s*([A-Za-z]{0,3})(\d{0,7})""")
_TYPE = re.compile(rb"""(?:^|\s)t\s*=\s*["'](\w+)["']""")
_MOST_CELLS = 2_000_000
# Rows may be written although they are blank.
_MOST_ROW_TAGS = 150_000


class Tag(NamedTuple):
    """A cell (`c`) or a formula (`f`) of one: where the cell is, and what type it has."""

    name: bytes
    line: int
    column: int
    kind: bytes
    attributes: bytes


def refuse_reach(xml: bytes) -> Refusal | None:
    if xml.count(b"<row") > _MOST_ROW_TAGS:
        return too_many_rows()
    if xml.count(b"<c ") > _MOST_CELLS:
        return too_many_columns()
    if _usual(xml):
        if far := _FAR_CELL.search(xml):
            return too_many_columns() if far.group(1) else too_many_rows()
        return None
    for count, tag in enumerate(tags(xml)):
        if tag.column > MOST_COLUMNS or count > _MOST_CELLS:
            return too_many_columns()
        if tag.line > MOST_ROWS + 1:
            return too_many_rows()
    return None


def tags(xml: bytes) -> Iterator[Tag]:
    """One pass, however the file was made to hurt.

    A row or a cell that does not say where it stands comes after the one before.
    """
    line = column = 0
    kind = b""
    for tag in _TAG.finditer(xml):
        name, attributes = tag.groups()
        place = _PLACE.search(attributes)
        if name == b"row":
            line = int(place.group(2)) if place and place.group(2) else line + 1
            column = 0
            continue
        if name == b"c":
            kind = type_of(attributes)
            if place and place.group(1) and place.group(2):
                column, line = column_of(place.group(1)), int(place.group(2))
            else:
                column += 1
        yield Tag(name, line, column, kind, attributes)


def type_of(attributes: bytes) -> bytes:
    found = _TYPE.search(attributes)
    return found.group(1) if found else b""


def column_of(letters: bytes) -> int:
    """`A` -> 1, `bh` -> 60."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number


def _usual(xml: bytes) -> bool:
    if any(odd.search(xml) for odd in _ODD_CELLS):
        return False
    return xml.count(b"<c ") == xml.count(b'<c r="')
