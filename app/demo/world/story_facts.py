"""A round as plain facts: what the runner plays through the product's actions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from app.demo.world.council_facts import Account, Council, Mark, Recusal, VoteResult
from app.kernel.period import Period


class SubjectKind(StrEnum):
    INDIVIDUAL = "individual"
    COLLECTIVE = "collective"


@dataclass(frozen=True, slots=True)
class Criterion:
    code: str
    subject: SubjectKind
    title: str
    """Two to five words of ours: what a column of the score sheet is headed with."""
    text: str
    maximum: Decimal
    proposed_wording: bool
    """True only for T5: the seed's wording covers the other eight."""


@dataclass(frozen=True, slots=True)
class CriteriaSet:
    label: str
    criteria: tuple[Criterion, ...]
    gates: tuple[tuple[str, str, str], ...]
    """(code, title, wording) of G1 to G5, for individuals and collectives alike."""

    def of(self, subject: SubjectKind) -> tuple[Criterion, ...]:
        return tuple(c for c in self.criteria if c.subject is subject)


class RoundKind(StrEnum):
    ANNUAL = "annual"
    PRELIMINARY = "preliminary_review"
    FINAL = "final_review"


@dataclass(frozen=True, slots=True)
class ReviewRound:
    key: str
    kind: RoundKind
    name: str
    achievements: Period
    status: str
    """`played` or `planned`."""


@dataclass(frozen=True, slots=True)
class Movement:
    name: str
    plan_number: str
    launched_on: date
    last_year: int
    rounds: tuple[ReviewRound, ...]


@dataclass(frozen=True, slots=True)
class Calendar:
    registration: Period
    opened_on: date
    nominated_on: date
    attested: Period
    nominations_close_on: date
    appraised_on: date
    scoring: Period
    session_on: date
    comment: Period
    signed_on: date
    place: str


@dataclass(frozen=True, slots=True)
class Evidence:
    criterion: str
    statement: str
    before: int
    after: int
    unit: str
    document: str
    document_number: str
    document_date: date


@dataclass(frozen=True, slots=True)
class Attestation:
    gate: str
    by_person: str
    on: date
    text: str


@dataclass(frozen=True, slots=True)
class Recognition:
    number: str
    on: date
    by_unit: str


@dataclass(frozen=True, slots=True)
class Initiative:
    key: str
    unit: str
    title: str
    summary: str
    applied_from: date
    measure: str
    measure_unit: str
    before: int
    after: int
    authors: tuple[tuple[str, int], ...]
    """(person key, share in whole percent); the shares sum to 100."""
    recognition: Recognition | None
    replicable: bool


@dataclass(frozen=True, slots=True)
class Nominee:
    key: str
    kind: SubjectKind
    person: str | None
    unit: str
    """The collective itself, or the individual's unit on the session's day."""
    nominating_unit: str
    achievement_line: str
    summary: str
    evidence: tuple[Evidence, ...]
    attestations: tuple[Attestation, ...]
    initiatives: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DisciplineCase:
    key: str
    person: str
    matter: str
    violated_on: date
    opened_on: date
    form: str | None = None
    decision_number: str | None = None
    decided_on: date | None = None
    effective_until: date | None = None


@dataclass(frozen=True, slots=True)
class Story:
    code: str
    in_words: str
    """What is rewarded, as texts say it: `năm 2025`."""
    minutes_number: str
    movement: Movement
    criteria: CriteriaSet
    calendar: Calendar
    council: Council
    nominating_units: tuple[str, ...]
    nominees: tuple[Nominee, ...]
    initiatives: tuple[Initiative, ...]
    discipline: tuple[DisciplineCase, ...]
    fails: str | None
    """The one nominee with a disciplinary decision inside the window (G5)."""
    holds: str | None
    """The one nominee whose case is still open (G5)."""
    recusals: tuple[Recusal, ...]
    incomplete_sheet: tuple[str, str] | None
    """(member code, subject key): some marks are missing on purpose."""
    marks: tuple[Mark, ...]
    votes: tuple[VoteResult, ...]
    accounts: tuple[Account, ...]
