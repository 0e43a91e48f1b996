"""Rounds and their frozen rules, as facts; what may happen to them, as refusals."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from app.kernel.period import Period
from app.kernel.points import show_points
from app.kernel.refusal import N_, Refusal

SUBJECTS = ("individual", "collective")


@dataclass(frozen=True, slots=True)
class CriterionFacts:
    id: int
    code: str
    kind: str
    title: str
    text: str
    max_points: Decimal | None
    position: int


@dataclass(frozen=True, slots=True)
class CriteriaSetFacts:
    id: int
    subject: str
    name: str
    version: int
    note: str
    criteria: tuple[CriterionFacts, ...]

    @property
    def scored(self) -> tuple[CriterionFacts, ...]:
        return tuple(c for c in self.criteria if c.kind == "criterion")

    @property
    def gates(self) -> tuple[CriterionFacts, ...]:
        return tuple(c for c in self.criteria if c.kind == "gate")

    @property
    def total(self) -> Decimal:
        return sum((c.max_points for c in self.scored if c.max_points is not None), Decimal(0))


@dataclass(frozen=True, slots=True)
class AwardFormFacts:
    id: int
    code: str
    name: str


@dataclass(frozen=True, slots=True)
class Opening:
    at: datetime
    protocol: Mapping[str, Any]
    protocol_sha256: str
    criteria_sha256: str


@dataclass(frozen=True, slots=True)
class RoundFacts:
    id: int
    code: str
    name: str
    kind: str
    movement_id: int
    movement_name: str
    achievements: Period
    nominations: Period | None
    scoring_close_on: date | None
    session_on: date | None
    award_form: AwardFormFacts | None
    sets: Mapping[str, CriteriaSetFacts]
    opening: Opening | None

    @property
    def year(self) -> int:
        """The year an annual round is named after: the one its window ends in."""
        last = self.achievements.last
        assert last is not None  # noqa: S101 - the column is not null
        return last.year


def refuse_opening(round_: RoundFacts) -> Refusal | None:
    """Opening freezes what the round is judged by, so all of it must be there."""
    if round_.opening is not None:
        return Refusal("already-open", N_("Đợt xét này đã được mở; tiêu chí đã được chốt."))
    if round_.nominations is None or round_.scoring_close_on is None or round_.session_on is None:
        return Refusal("no-calendar", N_("Đợt xét chưa có đủ lịch: nhận hồ sơ, chấm điểm, họp."))
    if round_.award_form is None:
        return Refusal("no-award-form", N_("Đợt xét chưa có hình thức khen thưởng."))
    for subject in SUBJECTS:
        criteria_set = round_.sets.get(subject)
        if criteria_set is None or not criteria_set.scored:
            return Refusal("no-criteria", N_("Đợt xét chưa có bộ tiêu chí cho cả hai đối tượng."))
        if criteria_set.total != 100:
            return Refusal(
                "not-a-hundred",
                N_("Tổng điểm tối đa của “{name}” là {total}; thang điểm phải là 100."),
                {"name": criteria_set.name, "total": show_points(criteria_set.total)},
            )
    return None


def criteria_document(sets: Mapping[str, CriteriaSetFacts]) -> dict[str, Any]:
    """What is hashed when a round opens: codes, wording, points and order of every criterion."""
    return {
        subject: {
            "name": found.name,
            "version": found.version,
            "criteria": [
                {
                    "code": c.code,
                    "kind": c.kind,
                    "title": c.title,
                    "text": c.text,
                    "max": None if c.max_points is None else format(c.max_points.normalize(), "f"),
                }
                for c in found.criteria
            ],
        }
        for subject, found in sets.items()
    }


def default_protocol() -> dict[str, Any]:
    """The proposed protocol of a round; every value is data and is frozen with the round.

    Two thirds of all members is what a council's own Quy chế commonly sets for Giấy khen; no
    statute fixes it, so it is a value here and not a constant of a rule.
    """
    return {
        "fusion": "mean",
        "min_members": 5,
        "decimals": 2,
        "tie_breaks": {"individual": ["criterion:C2"], "collective": ["criterion:T4"]},
        "cut": {"individual": None, "collective": None},
        "approval": {"numerator": 2, "denominator": 3},
        "quorum": {"numerator": 2, "denominator": 3},
        "gates": {
            "G1": {"min_quantified": 2},
            "G2": {"individual": True, "collective": True, "in_window": True},
            "G5": {"no_double_penalty": True},
        },
    }
