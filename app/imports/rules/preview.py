"""What will become of each line of a file, in the words of the file, before anything is written."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass

from app.imports.rules.columns import Column, Kind
from app.imports.rules.problems import Outcome
from app.imports.rules.reading import Parsed, Row

NEW, CHANGED, UNCHANGED = "new", "changed", "unchanged"


@dataclass(frozen=True, slots=True)
class Planned:
    """One line, or one column of a line that changes something.

    `key` and `name`: whom or what it speaks of; `now` and `value`: what the data and the file say.
    """

    row: int
    key: str
    name: str
    column: str = ""
    now: str = ""
    value: str = ""


Preview = dict[str, list[Planned]]


def preview(kind: Kind, parsed: Parsed, outcome: Outcome, most: int) -> Preview:
    """Of the new, the changed and the unchanged lines the first `most` each."""
    new, changed, unchanged = (
        [(number, row_of(parsed, number)) for number in numbers[:most]]
        for numbers in (outcome.added, sorted(outcome.before), outcome.unchanged)
    )
    return {
        NEW: [Planned(number, *_subject(kind, row, outcome)) for number, row in new],
        CHANGED: [
            Planned(number, *_subject(kind, row, outcome), *change)
            for number, row in changed
            for change in _shown(changed_cells(kind, outcome.before[number], row))
        ],
        UNCHANGED: [Planned(number, *_subject(kind, row, outcome)) for number, row in unchanged],
    }


def row_of(parsed: Parsed, number: int) -> Row:
    return parsed.rows[bisect_left(parsed.numbers, number)]


def _subject(kind: Kind, row: Row, outcome: Outcome) -> tuple[str, str]:
    cells = dict(zip(kind.headers(), row, strict=True))
    columns = (column for column in kind.columns if column.header in kind.key)
    key = ", ".join(column.shown(cells[column.header]) for column in columns)
    if kind.called:
        return key, str(cells[kind.called])
    return key, outcome.names.get(str(row[0]), "")


def changed_cells(kind: Kind, now: Row, row: Row) -> list[tuple[Column, object, object]]:
    """What is now and what will be. A blank cell keeps what is there."""
    return [
        (column, before, after)
        for column, before, after in zip(kind.columns, now, row, strict=True)
        if after is not None and after != before
    ]


def _shown(cells: list[tuple[Column, object, object]]) -> list[tuple[str, str, str]]:
    return [
        (column.header, column.shown(before), column.shown(after))
        for column, before, after in cells
    ]
