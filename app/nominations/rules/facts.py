"""A dossier as its readers know it, and the shorter shapes that lists and later rooms need."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from app.kernel.period import Period
from app.kernel.verdict import Verdict
from app.movement.rules import CriterionFacts

STATES = ("draft", "submitted", "pass", "fail", "hold")
# Gates that rest on somebody's word; a person's G3 rests on the yearly classification.
ATTESTED_GATES = {"individual": ("G1", "G4"), "collective": ("G1", "G3", "G4")}


@dataclass(frozen=True, slots=True)
class EvidenceFacts:
    """`before` and `after` in `quantity_unit`; None where the achievement has no figure."""

    id: int
    criterion_code: str
    statement: str
    before: Decimal | None
    after: Decimal | None
    quantity_unit: str
    document: str

    @property
    def quantified(self) -> bool:
        """A figure before alone shows no achievement."""
        return self.after is not None


@dataclass(frozen=True, slots=True)
class AttestationFacts:
    gate: str
    positive: bool
    statement: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class DossierRound:
    id: int
    code: str
    name: str
    kind: str
    achievements: Period
    nominations: Period | None
    award_form_name: str
    protocol: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Dossier:
    """`verdicts` are the frozen ones; None as long as the gates are answered live."""

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

    @property
    def state(self) -> str:
        return state_of(self.submitted_at is not None, self.outcome)

    @property
    def quantified_evidence(self) -> int:
        return sum(item.quantified for item in self.evidence)


@dataclass(frozen=True, slots=True)
class NominationRow:
    """One line of the list of a round; `state` is one of `STATES`."""

    id: int
    code: str
    subject: str
    name: str
    post: str
    unit_name: str
    state: str
    order_key: str


@dataclass(frozen=True, slots=True)
class Candidate:
    """A submitted nomination all of whose gates are passed: somebody to be scored."""

    id: int
    code: str
    subject: str
    name: str
    post: str
    unit_name: str
    person_id: int | None
    collective_id: int | None
    order_key: str


@dataclass(frozen=True, slots=True)
class SetAside:
    """A submitted nomination that is not scored, with the gates that fail or hold it."""

    id: int
    code: str
    subject: str
    name: str
    post: str
    unit_name: str
    outcome: str
    verdicts: Mapping[str, Verdict]


def state_of(submitted: bool, outcome: str | None) -> str:
    return (outcome or "submitted") if submitted else "draft"
