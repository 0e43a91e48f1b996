"""What a correction of the criteria would do to dossiers that are already on their way."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from app.kernel.refusal import N_, Refusal
from app.movement.rules.correcting import Affected
from app.nominations.rules.measuring import MeasuredCriterion


@dataclass(frozen=True, slots=True)
class CriterionUse:
    """What stands under a criterion in the dossiers of a round; `highest`: of the marks."""

    dossiers: int = 0
    achievements: int = 0
    files: int = 0
    questions: int = 0
    marks: int = 0
    highest: Decimal | None = None

    @property
    def has_evidence(self) -> bool:
        return self.achievements + self.files + self.questions > 0


@dataclass(frozen=True, slots=True)
class AffectedDossier:
    """`uses`: what it has under each criterion that changes, by code."""

    id: int
    code: str
    name: str
    unit_name: str
    order_key: str
    uses: Mapping[str, CriterionUse]


@dataclass(frozen=True, slots=True)
class MeasuredEffect:
    """By the old version and by the new one; None where that one does not measure it."""

    code: str
    before: MeasuredCriterion | None
    after: MeasuredCriterion | None


@dataclass(frozen=True, slots=True)
class MeasuredDossier:
    id: int
    code: str
    name: str
    unit_name: str
    order_key: str
    effects: tuple[MeasuredEffect, ...]


def measured_effects(
    before: Sequence[MeasuredCriterion], after: Sequence[MeasuredCriterion]
) -> tuple[MeasuredEffect, ...]:
    was, is_now = ({own.criterion.code: own for own in found} for found in (before, after))
    return tuple(
        MeasuredEffect(code, was.get(code), is_now.get(code)) for code in sorted({*was, *is_now})
    )


def refuse_moving(
    affected: Sequence[Affected], uses: Mapping[str, CriterionUse], *, scoring_opened: bool
) -> Refusal | None:
    """Nothing a unit has handed in may be left without its criterion or above its maximum."""
    if scoring_opened:
        return Refusal("scoring-opened", N_("Đã mở chấm điểm nên bộ tiêu chí không sửa được nữa."))

    def codes(broken: Callable[[Affected, CriterionUse], bool]) -> str:
        return ", ".join(a.code for a in affected if broken(a, uses.get(a.code, CriterionUse())))

    if found := codes(lambda a, use: use.has_evidence and not a.keeps_evidence):
        return Refusal(
            "evidence-stands-there",
            N_("Đã có minh chứng, tệp hoặc yêu cầu bổ sung dưới {codes} nên không thể bỏ."),
            {"codes": found},
        )
    if found := codes(lambda a, use: use.marks > 0 and not a.keeps_marks):
        return Refusal(
            "marks-stand-there",
            N_("Đã có điểm dưới {codes} nên không thể bỏ hoặc chuyển sang loại không chấm."),
            {"codes": found},
        )
    if found := codes(_above_maximum):
        return Refusal(
            "mark-above-maximum",
            N_("Đã có điểm cao hơn điểm tối đa mới của {codes}."),
            {"codes": found},
        )
    return None


def _above_maximum(affected: Affected, use: CriterionUse) -> bool:
    return (
        use.highest is not None
        and affected.max_points is not None
        and use.highest > affected.max_points
    )
