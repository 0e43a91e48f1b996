"""The way of a dossier: unit, then province or central unit, then the council's office."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from app.kernel.period import show_date
from app.kernel.refusal import N_, Refusal
from app.nominations.rules.facts import ENDED, Dossier, DossierRound
from app.nominations.rules.placing import UnitStep


@dataclass(frozen=True, slots=True)
class RouteStepFacts:
    """A level that endorses; position 1 comes first."""

    position: int
    unit_id: int
    unit_name: str


@dataclass(frozen=True, slots=True)
class RouteRecords:
    """What was written down of one dossier's way; what stands and what was counted.

    `levels`: the unit of each level in order. `to_unit`: returns to the unit that prepared it.
    `endorsed`: the positions (from 1) whose endorsement stands.
    """

    levels: tuple[int, ...]
    submissions: int
    to_unit: int
    endorsed: frozenset[int]
    refused: bool
    withdrawn: bool


@dataclass(frozen=True, slots=True)
class Standing:
    stage: str
    at_unit_id: int | None = None


def stage_from(records: RouteRecords) -> Standing:
    """Where a dossier is follows from its records; `nomination.stage` only remembers it."""
    if records.withdrawn:
        return Standing("withdrawn")
    if records.refused:
        return Standing("refused")
    # Every return to the unit takes back one submission.
    if records.submissions == records.to_unit:
        return Standing("draft")
    for position, unit_id in enumerate(records.levels, start=1):
        if position not in records.endorsed:
            return Standing("route", unit_id)
    return Standing("office")


def endorsing_levels(way: Sequence[UnitStep], protocol: Mapping[str, Any]) -> tuple[UnitStep, ...]:
    """`way`: the nominating unit first, the root last.

    A protocol frozen before levels were data names none: its dossiers go straight to the office.
    """
    kinds = protocol.get("routing", {}).get("endorse", ())
    return tuple(step for step in way if step.kind in kinds)


def refuse_moving(dossier: Dossier) -> Refusal | None:
    """Nothing changes its place once it was judged, left behind, or stopped."""
    if dossier.verdicts is not None or dossier.review.scoring_opened:
        return SCORING_OPENED
    if dossier.stage in ENDED:
        return Refusal("ended", N_("Hồ sơ đã dừng xét trong đợt này."))
    return None


SCORING_OPENED = Refusal(
    "scoring-opened", N_("Đợt xét đã mở chấm điểm nên đường đi của hồ sơ không thay đổi được nữa.")
)


def refuse_correcting(review: DossierRound, today: date) -> Refusal | None:
    """A dossier that came back is bound by the appraisal's last day, not by the nomination days:
    else whatever comes back late could never be put right.
    """
    if review.scoring_opened:
        return SCORING_OPENED
    return refuse_after(
        review.appraisal_close_on,
        today,
        N_("Đã hết hạn sửa và nộp lại hồ sơ bị trả (hết ngày {day})."),
    )


def refuse_appraising(review: DossierRound, today: date) -> Refusal | None:
    if review.scoring_opened:
        return SCORING_OPENED
    return refuse_after(
        review.appraisal_close_on, today, N_("Đã hết hạn thẩm định (hết ngày {day}).")
    )


def refuse_after(last: date | None, today: date, message: str) -> Refusal | None:
    """The last day itself still counts; None sets no limit. `message` says {day}."""
    if last is None or today <= last:
        return None
    return Refusal("too-late", message, {"day": show_date(last)})
