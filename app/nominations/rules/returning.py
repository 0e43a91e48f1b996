"""Sending a whole dossier back, stopping it, going on with it, and taking it back for good."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from app.kernel.refusal import N_, Refusal
from app.nominations.rules.facts import Dossier
from app.nominations.rules.routing import (
    SCORING_OPENED,
    RouteStepFacts,
    refuse_appraising,
    refuse_moving,
)

# The unit that prepared it; levels are numbered from 1.
TO_UNIT = 0


@dataclass(frozen=True, slots=True)
class StandingRefusal:
    """`from_unit_name` is empty when the council's office refused."""

    id: int
    reason: str
    from_unit_name: str


def return_targets(dossier: Dossier, steps: Sequence[RouteStepFacts]) -> tuple[int, ...]:
    """The steps a dossier may be sent back to from where it waits, the nearest first."""
    if dossier.stage == "office":
        last = len(steps)
    elif dossier.stage == "route":
        here = next((s.position for s in steps if s.unit_id == dossier.at_unit_id), 1)
        last = here - 1
    else:
        return ()
    return tuple(range(last, TO_UNIT - 1, -1))


def refuse_sending_back(dossier: Dossier, today: date) -> Refusal | None:
    """Whether anything may be sent back now; decides whether the form shows."""
    if refusal := refuse_moving(dossier):
        return refusal
    if dossier.stage == "draft":
        return Refusal("at-unit", N_("Hồ sơ đang ở đơn vị đề nghị."))
    return refuse_appraising(dossier.review, today)


def refuse_returning(
    dossier: Dossier, steps: Sequence[RouteStepFacts], to_step: int, today: date
) -> Refusal | None:
    if refusal := refuse_sending_back(dossier, today):
        return refusal
    if to_step not in return_targets(dossier, steps):
        return Refusal(
            "not-below",
            N_("Chỉ trả lại được cho cấp trước nơi hồ sơ đang chờ."),
            field_name="to_step",
        )
    return None


def refuse_stopping(dossier: Dossier) -> Refusal | None:
    """Not to send it on: possible until scoring opens, also after the days are over."""
    if refusal := refuse_moving(dossier):
        return refusal
    if dossier.stage == "draft":
        return Refusal("at-unit", N_("Hồ sơ đang ở đơn vị đề nghị."))
    return None


def refuse_lifting(dossier: Dossier) -> Refusal | None:
    if dossier.review.scoring_opened:
        return SCORING_OPENED
    if dossier.stage != "refused":
        return Refusal("not-refused", N_("Hồ sơ hiện không bị dừng trình."))
    return None


def refuse_withdrawal(dossier: Dossier) -> Refusal | None:
    """Also of what was refused: the nominee's own word is the last one."""
    if dossier.verdicts is not None or dossier.review.scoring_opened:
        return SCORING_OPENED
    if dossier.stage == "withdrawn":
        return Refusal("withdrawn", N_("Đề nghị này đã được rút."))
    return None
