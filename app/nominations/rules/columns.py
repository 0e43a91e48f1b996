"""The four columns of points, side by side: self, unit, appraisal, council.

A missing mark is never a zero: a column without all its marks has a sum of what is there, and a
difference exists only where both marks do.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from app.kernel.points import show_points
from app.kernel.refusal import N_, Refusal
from app.movement.rules import CriterionFacts
from app.nominations.rules.achievements import CHANGED_MEANWHILE
from app.nominations.rules.facts import ENDED, Dossier
from app.nominations.rules.refusing import refuse_changing
from app.nominations.rules.routing import refuse_appraising

# Who gives points before the council does, in the order of the columns.
GIVERS = ("self", "unit", "appraisal")
COLUMNS = (*GIVERS, "council")
# The kinds on which people give points.
MARKED = frozenset({"judged", "attested"})
COLUMN_WORDS = {
    "self": N_("Tự chấm"),
    "unit": N_("Đơn vị chấm"),
    "appraisal": N_("Thẩm định"),
    "council": N_("Hội đồng"),
}
LONGEST_NOTE = 1000


@dataclass(frozen=True, slots=True)
class Column:
    """Points by criterion code; `version` 0: nothing was saved yet. `sheets`: the council's."""

    marks: Mapping[str, Decimal] = field(default_factory=dict)
    version: int = 0
    note: str = ""
    by: str = ""
    at: datetime | None = None
    sheets: int = 0


@dataclass(frozen=True, slots=True)
class Cell:
    """`difference`: to the nearest column before that has a mark; None without one."""

    points: Decimal | None
    difference: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """`measured`: what the system computed; the same in every column, and nobody types there."""

    criterion: CriterionFacts
    cells: Mapping[str, Cell]
    measured: bool


@dataclass(frozen=True, slots=True)
class Sheet:
    """`totals`: the sum of what is there, None for an empty column; `missing`: how many are not."""

    lines: tuple[Line, ...]
    totals: Mapping[str, Cell]
    missing: Mapping[str, int]


def sheet(
    criteria: tuple[CriterionFacts, ...],
    columns: Mapping[str, Column],
    measured: Mapping[str, Decimal | None],
) -> Sheet:
    """`columns`: those the reader sees; `measured`: points by code, None: nothing to measure."""
    scored = [criterion for criterion in criteria if criterion.kind != "gate"]
    lines = tuple(_line(criterion, columns, measured) for criterion in scored)
    sums, missing = {}, {}
    for name in columns:
        given = [line.cells[name].points for line in lines]
        known = [points for points in given if points is not None]
        typed = [line.cells[name].points for line in lines if not line.measured]
        empty = all(points is None for points in typed)
        sums[name] = None if empty and typed else sum(known, Decimal(0))
        missing[name] = len(given) - len(known)
    comparable = {n: None if missing[n] else sums[n] for n in columns}
    differences = _differences(comparable)
    totals = {name: Cell(sums[name], differences[name]) for name in columns}
    return Sheet(lines, totals, missing)


def _line(
    criterion: CriterionFacts,
    columns: Mapping[str, Column],
    measured: Mapping[str, Decimal | None],
) -> Line:
    if criterion.kind == "measured":
        own = measured.get(criterion.code)
        return Line(criterion, {name: Cell(own) for name in columns}, measured=True)
    points = {name: column.marks.get(criterion.code) for name, column in columns.items()}
    differences = _differences(points)
    return Line(
        criterion, {name: Cell(points[name], differences[name]) for name in columns}, measured=False
    )


def _differences(points: Mapping[str, Decimal | None]) -> dict[str, Decimal | None]:
    before: Decimal | None = None
    found: dict[str, Decimal | None] = {}
    for name, own in points.items():
        found[name] = own - before if own is not None and before is not None else None
        before = before if own is None else own
    return found


def open_criteria(dossier: Dossier, giver: str, today: date) -> tuple[str, ...]:
    """Codes on which this column may be filled in today."""
    if refuse_column(dossier, giver, today, None):
        return ()
    marked = [c.code for c in dossier.criteria if c.kind in MARKED]
    if giver == "appraisal":
        return tuple(marked)
    return tuple(
        code for code in marked if refuse_changing(dossier, "criterion", code, today) is None
    )


def refuse_column(
    dossier: Dossier, giver: str, today: date, person_id: int | None
) -> Refusal | None:
    """`person_id`: who would give the points. Decides whether the fields show at all."""
    if giver != "self" and person_id is not None and person_id == dossier.person_id:
        return Refusal("own-nomination", N_("Không thể chấm điểm cho hồ sơ của chính mình."))
    if giver != "appraisal":
        refusals = [
            refuse_changing(dossier, "criterion", criterion.code, today)
            for criterion in dossier.criteria
            if criterion.kind in MARKED
        ]
        if not refusals:
            return Refusal("nothing-to-mark", N_("Không có tiêu chí nào do người chấm điểm."))
        return None if None in refusals else refusals[0]
    if dossier.verdicts is not None:
        return Refusal(
            "scoring-opened", N_("Hội đồng đã mở chấm điểm nên điểm thẩm định đã được chốt.")
        )
    if dossier.stage in ENDED:
        return Refusal("ended", N_("Hồ sơ đã dừng xét trong đợt này nên không sửa được nữa."))
    if dossier.stage != "office":
        return Refusal("not-at-office", N_("Hồ sơ chưa đến cơ quan thường trực Hội đồng."))
    return refuse_appraising(dossier.review, today)


def refuse_marks(
    dossier: Dossier,
    giver: str,
    stored: Column,
    marks: Mapping[str, Decimal | None],
    version: int,
    today: date,
    person_id: int | None,
) -> Refusal | None:
    """`marks`: the whole sheet as typed, None where a field was left empty."""
    if refusal := refuse_column(dossier, giver, today, person_id):
        return refusal
    if version != stored.version:
        return CHANGED_MEANWHILE
    most = {c.code: c.max_points for c in dossier.criteria if c.kind in MARKED}
    for code, points in marks.items():
        limit = most.get(code)
        if points is not None and (limit is None or not 0 <= points <= limit):
            return Refusal(
                "above-maximum",
                N_("Điểm không được vượt quá {maximum}."),
                {"maximum": show_points(limit or Decimal(0))},
                code,
            )
    allowed = open_criteria(dossier, giver, today)
    if any(code not in allowed and stored.marks.get(code) != marks[code] for code in marks):
        return Refusal(
            "criterion-closed", N_("Chỉ được sửa điểm của tiêu chí đang được yêu cầu bổ sung.")
        )
    return None
