"""What the system measured for a dossier: value, points and the rows behind them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from app.kernel.indicators import Measured, MeasuredRow
from app.movement.rules import CriterionFacts
from app.movement.rules.measuring import VALUE_PLACES, from_text, points_for


@dataclass(frozen=True, slots=True)
class MeasuredCriterion:
    """`value` and `points` None: nothing was there to measure, which is no zero.

    `frozen`: as scoring found it; until then it is measured anew each time.
    """

    criterion: CriterionFacts
    value: Decimal | None
    points: Decimal | None
    rows: tuple[MeasuredRow, ...]
    frozen: bool


def judge(criterion: CriterionFacts, measured: Measured) -> MeasuredCriterion:
    """The value is rounded to the places it is kept with before it gives points."""
    value = measured.value
    if value is not None:
        value = value.quantize(VALUE_PLACES, ROUND_HALF_UP)
    points = None
    if criterion.function is not None and criterion.max_points is not None:
        points = points_for(from_text(criterion.function), value, criterion.max_points)
    return MeasuredCriterion(criterion, value, points, measured.rows, frozen=False)


def rows_document(rows: Sequence[MeasuredRow]) -> str:
    """As they were shown; an amount is text, never a float."""
    lines = [
        [row.label, row.note, None if row.amount is None else str(row.amount), row.href]
        for row in rows
    ]
    return json.dumps(lines, ensure_ascii=False, separators=(",", ":"))


def rows_from(document: str) -> tuple[MeasuredRow, ...]:
    return tuple(
        MeasuredRow(label, note, None if amount is None else Decimal(amount), href)
        for label, note, amount, href in json.loads(document)
    )
