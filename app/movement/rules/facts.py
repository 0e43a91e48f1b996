"""Rounds and what they are judged by, as facts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from app.kernel.period import Period
from app.kernel.refusal import N_
from app.movement.rules.calendar import Calendar
from app.movement.rules.planning import PHASES, AnnualRound

SUBJECTS = ("individual", "collective")
# What eligibility knows how to answer; a gate of another code would decide nothing.
GATE_CODES = ("G1", "G2", "G3", "G4", "G5")
KINDS = ("judged", "measured", "attested", "gate")


@dataclass(frozen=True, slots=True)
class Band:
    """A labelled level of a judged criterion; both ends count."""

    label: str
    description: str
    points_from: Decimal
    points_to: Decimal


SUBJECT_WORDS = {"individual": N_("Cá nhân"), "collective": N_("Tập thể")}
ROUND_KINDS = {
    "annual": N_("Tổng kết năm"),
    "preliminary": N_("Sơ kết giai đoạn"),
    "final": N_("Tổng kết giai đoạn"),
}


@dataclass(frozen=True, slots=True)
class CriterionFacts:
    """`kind`: one of KINDS. `source`: the number of the paper it rests on, or nothing.

    `indicator` and `function` (canonical JSON) belong to a measured one, `bands` to a judged one.
    """

    id: int
    code: str
    kind: str
    title: str
    text: str
    max_points: Decimal | None
    position: int
    help: str = ""
    source: str = ""
    evidence_required: bool = False
    proposed: bool = False
    indicator: str | None = None
    function: str | None = None
    bands: tuple[Band, ...] = ()


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
        """All that carry points."""
        return tuple(c for c in self.criteria if c.kind != "gate")

    @property
    def marked(self) -> tuple[CriterionFacts, ...]:
        """Those that people give points on; a measured one computes its own."""
        return tuple(c for c in self.scored if c.kind != "measured")

    @property
    def measured(self) -> tuple[CriterionFacts, ...]:
        return tuple(c for c in self.scored if c.kind == "measured")

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
    calendar: Calendar = field(default_factory=Calendar)
    method: str = "thematic"
    # As edited so far, None until somebody does; opening freezes it.
    proposed: Mapping[str, Any] | None = None
    # Of the same movement; a phase round may rest on those inside its window. Empty in others.
    annual: tuple[AnnualRound, ...] = ()
    version: int = 0
    # Launched the movement: who holds an office role over it has that role in the round.
    unit_id: int = 0

    @property
    def is_phase(self) -> bool:
        return self.kind in PHASES

    @property
    def year(self) -> int:
        """The year an annual round is named after: the one its window ends in."""
        last = self.achievements.last
        assert last is not None  # noqa: S101 - the column is not null
        return last.year
