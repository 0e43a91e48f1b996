"""A dossier as its readers know it, and the shorter shapes that lists and later rooms need."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from app.kernel.period import Period
from app.kernel.refusal import NotVisible
from app.kernel.verdict import Verdict
from app.movement.rules import CriterionFacts

# Where the dossier is; the last three only after scoring froze the gates.
STATES = ("draft", "route", "office", "refused", "withdrawn", "pass", "fail", "hold")
# Nothing more happens to these in the round.
ENDED = frozenset({"refused", "withdrawn"})
# Gates that rest on somebody's word; a person's G3 rests on the yearly classification.
ATTESTED_GATES = {"individual": ("G1", "G4"), "collective": ("G1", "G3", "G4")}


@dataclass(frozen=True, slots=True)
class EvidenceFacts:
    """`before` and `after` in `quantity_unit`; None where the achievement has no figure.

    `days`: the last one is when it was achieved or recognised, the first when the work its
    figures measure began; None for an entry made before days were asked for. `by` and `at`: who
    saved it last.
    """

    id: int
    criterion_code: str
    statement: str
    before: Decimal | None
    after: Decimal | None
    quantity_unit: str
    document: str
    days: Period | None
    version: int = 1
    by: str = ""
    at: datetime | None = None

    @property
    def quantified(self) -> bool:
        """A figure before alone shows no achievement."""
        return self.after is not None

    @property
    def counts(self) -> bool:
        """For G1: an undated figure cannot be said to belong to the period."""
        return self.quantified and self.days is not None


@dataclass(frozen=True, slots=True)
class AttestationFacts:
    gate: str
    positive: bool
    statement: str
    by: str
    at: datetime

    @property
    def version(self) -> str:
        """What a form gives back, so that nobody writes over a word they have not read."""
        return self.at.isoformat()


@dataclass(frozen=True, slots=True)
class OpenReturn:
    """One item sent back and not answered yet; `criterion_code` is empty for other items.

    `item`: criterion, report, minutes, or the code of an attested gate. `due_on` counts.
    """

    id: int
    item: str
    criterion_code: str
    due_on: date


@dataclass(frozen=True, slots=True)
class DossierRound:
    """`registers`: the round has registration days, so a dossier says whether it was registered.

    `movement_id`: whose round it is.
    """

    id: int
    code: str
    name: str
    kind: str
    achievements: Period
    nominations: Period | None
    award_form_name: str
    protocol: Mapping[str, Any]
    registers: bool = False
    endorsement_close_on: date | None = None
    appraisal_close_on: date | None = None
    scoring_opened: bool = False
    # Launched the movement.
    unit_id: int = 0
    movement_id: int = 0


@dataclass(frozen=True, slots=True)
class Vote:
    agree: int
    disagree: int
    note: str = ""


@dataclass(frozen=True, slots=True)
class DossierVote:
    """What the dossier shows of the minutes it stands in."""

    minutes_id: int
    number: str
    held_on: date
    present: int
    vote: Vote


@dataclass(frozen=True, slots=True)
class Registered:
    """What was announced for the round at its beginning."""

    award_form: str
    goal: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Dossier:
    """`verdicts` are the frozen ones; None as long as the gates are answered live.

    `stage`: draft, route (at `at_unit_id`), office, refused or withdrawn. `period`: the
    achievement period, the window of the round unless the nomination names its own. `files`: how
    many evidence files, by criterion code. `registered`: None where nothing was announced.
    `level_id`: the level where the dossier waits or was refused; None elsewhere. `asked_ids`:
    units asked for their view. `returned`: sent back at least once.
    """

    id: int
    code: str
    review: DossierRound
    subject: str
    person_id: int | None
    collective_id: int | None
    nominating_unit_id: int
    name: str
    post: str
    unit_name: str
    achievement: str
    criteria: tuple[CriterionFacts, ...]
    evidence: tuple[EvidenceFacts, ...]
    attestations: Mapping[str, AttestationFacts]
    submitted_at: datetime | None
    outcome: str | None
    verdicts: Mapping[str, Verdict] | None
    frozen_at: datetime | None
    stage: str
    at_unit_id: int | None
    period: Period
    open_returns: tuple[OpenReturn, ...] = ()
    files: Mapping[str, int] = field(default_factory=dict)
    registered: Registered | None = None
    vote: DossierVote | None = None
    level_id: int | None = None
    asked_ids: frozenset[int] = frozenset()
    returned: bool = False

    @property
    def state(self) -> str:
        """One of STATES."""
        return self.outcome or self.stage

    def item(self, item_id: int) -> EvidenceFacts:
        """NotVisible when it was withdrawn or belongs to another dossier."""
        for item in self.evidence:
            if item.id == item_id:
                return item
        raise NotVisible

    @property
    def quantified_evidence(self) -> int:
        """How many figures G1 counts."""
        return sum(item.counts for item in self.evidence)
