"""One member's sheet on one nomination: what is missing, and what may be saved over what."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from app.kernel.points import show_points
from app.kernel.refusal import N_, Refusal
from app.movement.rules import CriterionFacts
from app.scoring.rules.stages import Stage, refuse_scoring

Marks = Mapping[str, Decimal]
# What came in: None empties a mark, a criterion that is not named keeps what is stored.
TypedMarks = Mapping[str, Decimal | None]


@dataclass(frozen=True, slots=True)
class Sheet:
    """Marks by criterion code. `version` 0: nothing was ever saved; `recusal` is the reason."""

    version: int = 0
    marks: Marks = field(default_factory=dict)
    recusal: str | None = None


@dataclass(frozen=True, slots=True)
class MeasuredMark:
    """What an indicator gave when scoring opened; both None where there was nothing to measure."""

    value: Decimal | None
    points: Decimal | None


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A candidate with the sheet of the one member who looks at it.

    `measured`: by criterion code, the same for every member.
    """

    nomination_id: int
    code: str
    subject: str
    name: str
    post: str
    unit_name: str
    order_key: str
    sheet: Sheet
    measured: Mapping[str, MeasuredMark] = field(default_factory=dict)


STALE = Refusal(
    "stale-sheet",
    N_("Phiếu này đã được lưu ở một thẻ khác sau khi trang này mở ra. Vui lòng chọn điểm cần giữ."),
)
RECUSED = Refusal("recused", N_("Thành viên không tham gia chấm hồ sơ này."))
NO_SEAT = Refusal("no-seat", N_("Không có tên trong danh sách chấm điểm của đợt xét này."))
NO_CANDIDATE = Refusal("no-candidate", N_("Hồ sơ này không tham gia chấm điểm."))


def missing(criteria: Sequence[CriterionFacts], marks: Marks) -> tuple[str, ...]:
    """Codes of `criteria` without a mark, in the order of the set; a complete sheet misses none."""
    return tuple(criterion.code for criterion in criteria if criterion.code not in marks)


def total(row: SheetRow) -> Decimal | None:
    """With what was measured. None for an empty sheet: a missing mark is never a zero."""
    if not row.sheet.marks:
        return None
    measured = [mark.points for mark in row.measured.values() if mark.points is not None]
    return sum([*row.sheet.marks.values(), *measured], Decimal(0))


def unmeasured(row: SheetRow) -> tuple[str, ...]:
    """Codes without points of their own: no sheet on this candidate can be whole."""
    return tuple(code for code, mark in row.measured.items() if mark.points is None)


def merged(stored: Marks, typed: TypedMarks) -> dict[str, Decimal]:
    after = {**stored, **typed}
    return {code: points for code, points in after.items() if points is not None}


def changed(stored: Marks, typed: TypedMarks) -> tuple[str, ...]:
    return tuple(code for code, points in typed.items() if stored.get(code) != points)


def refuse_save(
    sheet: Sheet,
    stage: Stage,
    criteria: Sequence[CriterionFacts],
    typed: TypedMarks,
    version: int | None,
    today: date,
) -> Refusal | None:
    """`version` is the one the member had on screen; None or 0 when there was no sheet."""
    if refusal := refuse_sheet(sheet, stage, today) or refuse_marks(criteria, typed):
        return refusal
    # The same marks sent again, after a lost answer, contradict nothing.
    if (version or 0) != sheet.version and changed(sheet.marks, typed):
        return STALE
    return None


def refuse_sheet(sheet: Sheet, stage: Stage, today: date) -> Refusal | None:
    """Why this member gives this nomination no marks on this day, whatever they would be."""
    return refuse_scoring(stage, today) or (RECUSED if sheet.recusal is not None else None)


def refuse_marks(criteria: Sequence[CriterionFacts], typed: TypedMarks) -> Refusal | None:
    maxima = {criterion.code: criterion.max_points for criterion in criteria}
    for code, points in typed.items():
        if (maximum := maxima.get(code)) is None:
            return Refusal(
                "unknown-criterion", N_("Không có tiêu chí {code} trong đợt xét."), {"code": code}
            )
        if points is None:
            continue
        exponent = points.as_tuple().exponent
        if not isinstance(exponent, int) or exponent < -2 or points < 0:
            return Refusal(
                "not-points",
                N_("Điểm phải là số không âm, tối đa hai chữ số thập phân."),
                field_name=code,
            )
        if points > maximum:
            return Refusal(
                "above-maximum",
                N_("Điểm không được vượt quá {maximum}."),
                {"maximum": show_points(maximum)},
                code,
            )
    return None


def refuse_recusal(sheet: Sheet, stage: Stage, today: date) -> Refusal | None:
    """Marks are never dropped silently, and those of a member who steps aside never count.

    So the member empties the sheet first, by hand and in the log, and then steps aside.
    """
    if refusal := refuse_scoring(stage, today):
        return refusal
    if sheet.recusal is not None:
        return Refusal("already-recused", N_("Đã ghi nhận không tham gia chấm hồ sơ này."))
    if sheet.marks:
        return Refusal(
            "sheet-not-empty",
            N_(
                "Phiếu đã có điểm. Vui lòng xóa hết điểm của hồ sơ này rồi xin không tham gia chấm."
            ),
        )
    return None
