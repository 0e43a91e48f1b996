"""One table out of a file: its header and its rows, blank ones left out, with their numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from app.kernel.refusal import N_, Refusal, Refused
from app.kernel.vietnamese import tidy
from app.sheets import tcvn3
from app.sheets.limits import (
    LONGEST_CELL,
    MOST_COLUMNS,
    MOST_ROWS,
    too_long_cell,
    too_many_columns,
    too_many_rows,
)

Cell = str | int | float | bool | date | datetime | time | timedelta


@dataclass(frozen=True, slots=True)
class Sheet:
    """`rows[i]` is the line `numbers[i]` of the file, as wide as `headers`; `""` is a blank cell.

    `odd_widths`: line -> how many cells it really has. `spoilt`: (line, column from 1) -> why a
    cell has no value to read. `legacy`: columns (from 0) whose text is TCVN3.
    """

    headers: tuple[str, ...]
    numbers: list[int]
    rows: list[list[Cell]]
    odd_widths: dict[int, int] = field(default_factory=dict)
    spoilt: dict[tuple[int, int], Refusal] = field(default_factory=dict)
    legacy: frozenset[int] = frozenset()


def sheet_of(lines: Sequence[tuple[int, list[Cell]]], *, even: bool) -> Sheet:
    """From numbered lines; `even`: a grid in which every line is padded to the same width."""
    # The quick question first: a row of nothing but zeros is rare, and no blank row.
    filled = [line for line in lines if any(line[1]) or any(c != "" for c in line[1])]
    if not filled:
        raise Refused(Refusal("no-rows", N_("Bảng tính không có dữ liệu.")))
    if len(filled) - 1 > MOST_ROWS:
        raise Refused(too_many_rows())
    headers = tuple(tidy(str(cell)) for cell in filled[0][1])
    while headers and not headers[-1]:
        headers = headers[:-1]
    if len(headers) > MOST_COLUMNS:
        raise Refused(too_many_columns())
    numbers, rows = [number for number, _ in filled[1:]], [cells for _, cells in filled[1:]]
    odd = _fit(numbers, rows, len(headers), even=even)
    return Sheet(headers, numbers, rows, odd, {}, _legacy(headers, numbers, rows))


def converted(sheet: Sheet) -> Sheet:
    """The same with its TCVN3 text in Unicode."""
    headers = tuple(tcvn3.to_unicode(h) if tcvn3.looks_legacy(h) else h for h in sheet.headers)
    rows = [
        [_converted(cell) if place in sheet.legacy else cell for place, cell in enumerate(cells)]
        for cells in sheet.rows
    ]
    return Sheet(headers, sheet.numbers, rows, sheet.odd_widths, sheet.spoilt)


def _converted(cell: Cell) -> Cell:
    if isinstance(cell, str) and not tcvn3.is_unicode_vietnamese(cell):
        return tcvn3.to_unicode(cell)
    return cell


def _fit(numbers: list[int], rows: list[list[Cell]], width: int, *, even: bool) -> dict[int, int]:
    """Make every row as wide as the header; returns the lines that had another width."""
    odd: dict[int, int] = {}
    for index, cells in enumerate(rows):
        if len(cells) == width:
            continue
        beyond = any(cell != "" for cell in cells[width:])
        if beyond or not even:
            odd[numbers[index]] = len(cells)
        rows[index] = [*cells[:width], *[""] * (width - len(cells))]
    return odd


def _refuse_long(numbers: list[int], column: tuple[Cell, ...], texts: set[str]) -> None:
    if max(map(len, texts), default=0) > LONGEST_CELL:
        for number, cell in zip(numbers, column, strict=True):
            if isinstance(cell, str) and len(cell) > LONGEST_CELL:
                raise Refused(too_long_cell(number))


def _legacy(headers: tuple[str, ...], numbers: list[int], rows: list[list[Cell]]) -> frozenset[int]:
    """The columns with TCVN3 text; on the way, a cell that is too long is refused."""
    found = {place for place, header in enumerate(headers) if tcvn3.looks_legacy(header)}
    for place, column in enumerate(zip(*rows, strict=True)):
        texts = {cell for cell in set(column) if isinstance(cell, str)}
        _refuse_long(numbers, column, texts)
        if any(tcvn3.looks_legacy(text) for text in texts if not text.isascii()):
            found.add(place)
    return frozenset(found)
