"""A row of the score grid as it is shown: what is stored, or what was typed and why it waits."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from app.kernel.points import show_points
from app.kernel.refusal import Refusal
from app.movement.rules import CriterionFacts
from app.scoring.rules.sheets import (
    STALE,
    SheetRow,
    TypedMarks,
    changed,
    missing,
    refuse_recusal,
    total,
    unmeasured,
)
from app.scoring.rules.stages import Stage, refuse_scoring


@dataclass(frozen=True, slots=True)
class RowView:
    """`state` is empty, saved or refused; `locked` says why there are no fields.

    `stored` holds, after two tabs met, the stored texts of the criteria that differ from `marks`.
    `no_recusal` says why the member cannot step aside now.
    """

    row: SheetRow
    marks: Mapping[str, str]
    total: Decimal | None
    missing: tuple[str, ...]
    state: str
    locked: Refusal | str | None = None
    no_recusal: Refusal | None = None
    errors: Mapping[str, Refusal] = field(default_factory=dict)
    refusal: Refusal | None = None
    stored: Mapping[str, str] = field(default_factory=dict)
    reason: str = ""
    reason_error: Refusal | None = None

    @property
    def unmeasured(self) -> tuple[str, ...]:
        return unmeasured(self.row)

    @property
    def stale(self) -> bool:
        return self.refusal is not None and self.refusal.code == STALE.code


def stored_row(
    row: SheetRow, stage: Stage, criteria: Sequence[CriterionFacts], today: date
) -> RowView:
    sheet = row.sheet
    absent = missing(criteria, sheet.marks)
    return RowView(
        row,
        _texts(sheet.marks),
        total(row),
        absent if sheet.marks else (),
        "saved" if sheet.marks else "empty",
        locked=sheet.recusal or refuse_scoring(stage, today),
        no_recusal=refuse_recusal(sheet, stage, today),
    )


def invalid_row(row: SheetRow, typed: Mapping[str, str], errors: Mapping[str, Refusal]) -> RowView:
    return RowView(row, typed, None, (), "refused", errors=errors)


def refused_row(
    row: SheetRow, typed: Mapping[str, str], marks: TypedMarks, refusal: Refusal
) -> RowView:
    """Nothing typed is lost: the fields keep it, whatever the reason, until the member decides.

    `typed` are the texts, `marks` what they were read as: `20.5` and `20,5` do not differ.
    """
    if refusal.code != STALE.code:
        locked = row.sheet.recusal
        return RowView(row, typed, None, (), "refused", locked=locked, refusal=refusal)
    texts = _texts(row.sheet.marks)
    # A field that is empty here was most likely filled in the other tab after this one opened;
    # it takes the stored mark, so that keeping what was typed never wipes what was not seen.
    kept = {code: text or texts.get(code, "") for code, text in typed.items()}
    differing = [code for code in changed(row.sheet.marks, marks) if typed[code]]
    stored = {code: texts.get(code, "–") for code in differing}
    return RowView(row, kept, None, (), "refused", refusal=refusal, stored=stored)


def _texts(marks: Mapping[str, Decimal]) -> dict[str, str]:
    return {code: show_points(points) for code, points in marks.items()}
