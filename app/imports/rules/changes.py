"""What the log keeps of each row of the data that a file changes, or brings."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from app.imports.rules.columns import Kind
from app.imports.rules.preview import changed_cells, row_of
from app.imports.rules.problems import Outcome
from app.imports.rules.reading import Parsed

# Columns whose values the forms log as well, by the word of the log.
_TOLD = {
    "Đến ngày": "valid_to",
    "Hình thức": "main",
    "Mức độ hoàn thành nhiệm vụ": "level",
}
Logged = tuple[str, int, Mapping[str, object]]
# Kinds of which each new row has an entry of its own. Of people and what is recorded about them
# there are too many at once: the entry of the run counts them, its file tells them.
ADDED = {"units": "unit", "accounts": "account"}


def additions(kind: str, ids: Iterable[int], run_id: int) -> list[Logged]:
    """Like `changes`, for what was not there before."""
    return [(ADDED[kind], one, {"kind": kind, "source": run_id}) for one in ids]


def changes(kind: Kind, parsed: Parsed, outcome: Outcome, run_id: int) -> list[Logged]:
    """Kind and id of the object with the detail of its entry, for each row that is changed."""
    found: list[Logged] = []
    for number, written in zip(outcome.before, outcome.changed, strict=True):
        object_kind, object_id, detail = _whose(kind.name, written)
        row = row_of(parsed, number)
        if kind.name == "classifications":
            detail["year"] = row[1]
        cells = changed_cells(kind, outcome.before[number], row)
        for column, before, after in cells:
            if column.header in _TOLD:
                detail[_TOLD[column.header]] = [_value(before), _value(after)]
        if fields := [column.header for column, _, _ in cells if column.header not in _TOLD]:
            # Names only: what stands in them is for the pages of those who may see it.
            detail["fields"] = ", ".join(fields)
        found.append((object_kind, object_id, {"kind": kind.name, "source": run_id, **detail}))
    return found


def _whose(kind: str, written: Any) -> tuple[str, int, dict[str, object]]:
    """The object an entry is of; of a record about a person, its own id beside it."""
    if kind == "units":
        return "unit", written.id, {}
    if kind == "accounts":
        return "account", written.id, {}
    if kind == "people":
        return "person", written[0], {}
    if kind == "classifications":
        record, _, person = written
        return "person", person, {"record": record}
    return "person", written.person, {"record": written.id}


def _value(value: object) -> object:
    """A main posting is yes or no in the log."""
    if value in ("main", "concurrent"):
        return value == "main"
    return value.isoformat() if isinstance(value, date) else value
