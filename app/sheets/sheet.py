"""One table out of a file: its header and its filled rows with their numbers, and where it gaps."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from itertools import pairwise

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
# From line to line, both included.
Run = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Sheet:
    """`rows[i]` is the line `numbers[i]` of the file, as wide as `headers`; `""` is a blank cell.

    `head` is the line of the header, `blank` are the lines with nothing in them between it and the
    last row. `odd_widths`: line -> how many cells it really has. `spoilt`: (line, column from 1) ->
    why what stands there is no value. `legacy`: columns (from 0) whose text is TCVN3.
    """

    headers: tuple[str, ...]
    numbers: list[int]
    rows: list[list[Cell]]
    head: int = 1
    blank: tuple[Run, ...] = ()
    odd_widths: dict[int, int] = field(default_factory=dict)
    spoilt: dict[tuple[int, int], Refusal] = field(default_factory=dict)
    legacy: frozenset[int] = frozenset()


def is_filled(cells: Sequence[Cell]) -> bool:
    """Whether a reader sees anything in the line."""
    # Mostly the first cell answers.
    return any(not isinstance(cell, str) or (cell and not cell.isspace()) for cell in cells)


def sheet_of(
    filled: Sequence[tuple[int, list[Cell]]], *, even: bool, blank: Sequence[Run] | None = None
) -> Sheet:
    """From numbered lines that are filled; `even`: every line is padded to the same width.

    `blank`: the lines left out, where not every number that is missing is one of them.
    """
    if not filled:
        raise Refused(Refusal("no-rows", N_("Bảng tính không có dữ liệu.")))
    if len(filled) - 1 > MOST_ROWS:
        raise Refused(too_many_rows())
    headers = tuple(tidy(str(cell)) for cell in filled[0][1])
    while headers and not headers[-1]:
        headers = headers[:-1]
    if len(headers) > MOST_COLUMNS:
        raise Refused(too_many_columns())
    head = filled[0][0]
    numbers, rows = [number for number, _ in filled[1:]], [cells for _, cells in filled[1:]]
    runs = _missing([head, *numbers]) if blank is None else blank
    inside = tuple(run for run in runs if numbers and head < run[0] < numbers[-1])
    odd = _fit(numbers, rows, len(headers), even=even)
    return Sheet(headers, numbers, rows, head, inside, odd, {}, _legacy(headers, numbers, rows))


def _missing(numbers: list[int]) -> list[Run]:
    return [(one + 1, other - 1) for one, other in pairwise(numbers) if other - one > 1]


def converted(sheet: Sheet) -> Sheet:
    """The same with its TCVN3 text in Unicode."""
    headers = tuple(tcvn3.to_unicode(h) if tcvn3.looks_legacy(h) else h for h in sheet.headers)
    rows = [
        [_converted(cell) if place in sheet.legacy else cell for place, cell in enumerate(cells)]
        for cells in sheet.rows
    ]
    return replace(sheet, headers=headers, rows=rows, legacy=frozenset())


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
