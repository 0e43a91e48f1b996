"""What a column of a sheet may hold, and what a row of one kind is made of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from app.imports.rules import cells


@dataclass(frozen=True, slots=True)
class Column:
    """`header` is what a template shows; `accepted` are other spellings met in the field.

    `words`: what the room calls the codes a cell may hold.
    """

    header: str
    parse: cells.Parse
    required: bool = True
    accepted: tuple[str, ...] = ()
    example: str = ""
    note: str = ""
    words: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def shown(self, value: object) -> str:
        """A value as a person would type it into this column."""
        if value is None:
            return ""
        spellings = self.words.get(str(value))
        return spellings[0] if spellings else cells.shown(value)


@dataclass(frozen=True, slots=True)
class Kind:
    """`key` names the columns that decide which row of the data a line speaks of.

    `called`: the column with its name; without one a line speaks of the person of its staff code.
    """

    name: str
    title: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    called: str | None = None

    def headers(self) -> tuple[str, ...]:
        return tuple(column.header for column in self.columns)
