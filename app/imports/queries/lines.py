"""What the check of a run found, line by line, as far as it was kept."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Protocol, TypeVar

from app.imports.queries.runs import ProblemLine, RunFacts
from app.imports.rules.preview import CHANGED, NEW, UNCHANGED, Planned
from app.imports.tables import ImportRun
from app.web.paging import Cursor, PageOf

REFUSED, WARNING = "refused", "warning"
PLANNED = (NEW, CHANGED, UNCHANGED)
PAGE = 50


class _InFile(Protocol):
    @property
    def row(self) -> int: ...


Line = TypeVar("Line", bound=_InFile)


async def planned(run: RunFacts) -> dict[str, tuple[Planned, ...]]:
    """Loaded apart from the run: a list of runs has no use for thousands of lines."""
    rows = await ImportRun.raw("SELECT lines FROM import_run WHERE id = {}", run.id)
    kept = json.loads(rows[0]["lines"])
    return {sort: tuple(Planned(*line) for line in kept.get(sort, ())) for sort in PLANNED}


def problems(run: RunFacts) -> dict[str, tuple[ProblemLine, ...]]:
    return {
        REFUSED: tuple(line for line in run.problems if line.refused),
        WARNING: tuple(line for line in run.problems if not line.refused),
    }


def page_of(lines: Sequence[Line], cursor: Cursor | None, size: int = PAGE) -> PageOf[Line]:
    """`lines` in the order of the file; what is said of one of them stays on one page."""
    left = [line for line in lines if cursor is None or line.row > cursor.id]
    end = min(size, len(left))
    while 0 < end < len(left) and left[end].row == left[end - 1].row:
        end += 1
    more = Cursor("", left[end - 1].row) if end < len(left) else None
    return PageOf(tuple(left[:end]), more)
