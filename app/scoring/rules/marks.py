"""From marks to sheets: one fast pass that accepts, and a slow one that explains a refusal."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import cast

from app.scoring.rules import exact
from app.scoring.rules.roster import Roster

_MARK_TYPES = frozenset({list, tuple})
# Up to this many places per mark are laid out in full; a sparser panel is laid out as it comes.
_DENSE = 4


@dataclass(frozen=True, slots=True)
class Sheets:
    """Sheets as parallel lists; the points are times 10**places.

    `owners` holds (subject position * number of members + member position) in sorted code order;
    `columns[c]` the marks on criterion c, `missing` where there is none; `totals` their sums:
    below 0 when a mark is missing, `blank` when all are and nobody started the sheet.
    """

    places: int
    missing: int
    owners: Sequence[int]
    columns: list[list[int]]
    totals: list[int]

    @property
    def blank(self) -> int:
        return self.missing * len(self.columns)


class _Starts(dict[int, int]):
    """Where a sheet's cells start; asking for a new sheet appends its cells, all missing."""

    def __init__(self, cells: list[int], empty: list[int]) -> None:
        super().__init__()
        self._cells, self._empty = cells, empty

    def __missing__(self, owner: int) -> int:
        start = self[owner] = len(self._cells)
        self._cells.extend(self._empty)
        return start


def gather(marks: Sequence[object], roster: Roster) -> Sheets | None:
    """The sheets, or None when any mark is wrong: then `explain` says which and why.

    A million marks pass here, so each costs one line of Python; the checks are made in bulk on
    distinct point strings, on whole columns and by counting filled cells.
    """
    maxima = list((roster.criteria or {}).values())
    if not set(map(type, marks)) <= _MARK_TYPES:
        return None
    try:
        texts = set(map(itemgetter(3), marks))  # type: ignore[arg-type]
        places = _places([*texts, *maxima])
        if places is None:
            return None
        points = {text: exact.scaled(text, places) for text in texts}
        tops = [exact.scaled(str(most), places) for most in maxima]
        # Far enough below zero that a sheet with any mark missing has a negative sum.
        missing = -sum(tops) - 1
        owners, cells = _fill(marks, roster, points, missing)
    except (IndexError, KeyError, TypeError, ValueError):
        return None
    columns = [cells[c :: len(tops)] for c in range(len(tops))]
    duplicates = len(cells) - cells.count(missing) != len(marks)
    out_of_range = min(points.values(), default=0) < 0 or any(
        max(column, default=0) > top for column, top in zip(columns, tops, strict=True)
    )
    sheets = Sheets(places, missing, owners, columns, list(map(sum, zip(*columns, strict=True))))
    if duplicates or out_of_range or _recused(sheets, roster):
        return None
    return sheets


def _places(texts: Sequence[object]) -> int | None:
    """The most digits after a point, or None when something is no decimal string."""
    most = 0
    for text in texts:
        own = exact.places(text) if isinstance(text, str) else None
        if own is None:
            return None
        most = max(most, own)
    return most


def _fill(
    marks: Sequence[object],
    roster: Roster,
    points: dict[str, int],
    missing: int,
) -> tuple[Sequence[int], list[int]]:
    members, criteria = sorted(roster.members or ()), list(roster.criteria or ())
    subjects = sorted(roster.subjects or ())
    member_at = {code: i for i, code in enumerate(members)}
    subject_at = {code: i * len(members) for i, code in enumerate(subjects)}
    criterion_at = {code: i for i, code in enumerate(criteria)}
    possible = len(subjects) * len(members)
    rows = cast("Sequence[Sequence[str]]", marks)
    if possible * len(criteria) > _DENSE * len(marks):
        cells: list[int] = []
        starts = _Starts(cells, [missing] * len(criteria))
        for member, subject, criterion, text in rows:
            start = starts[subject_at[subject] + member_at[member]]
            cells[start + criterion_at[criterion]] = points[text]
        return list(starts), cells
    # Nearly everybody judges everybody: a place for each sheet costs less than looking it up.
    cells = [missing] * (possible * len(criteria))
    member_at = {code: i * len(criteria) for code, i in member_at.items()}
    subject_at = {code: i * len(criteria) for code, i in subject_at.items()}
    for member, subject, criterion, text in rows:
        cells[subject_at[subject] + member_at[member] + criterion_at[criterion]] = points[text]
    return range(possible), cells


def _recused(sheets: Sheets, roster: Roster) -> bool:
    member_at = {code: i for i, code in enumerate(sorted(roster.members or ()))}
    subject_at = {code: i for i, code in enumerate(sorted(roster.subjects or ()))}
    recused = {subject_at[s] * len(member_at) + member_at[m] for m, s in roster.recusals}
    return any(
        owner in recused and total > sheets.blank
        for owner, total in zip(sheets.owners, sheets.totals, strict=True)
    )
