"""Báo cáo thành tích: the report made of the entries of a dossier, as forms 02 and 03 order it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from app.kernel.period import Period
from app.movement.rules import CriterionFacts
from app.nominations.rules.facts import (
    AttestationFacts,
    Dossier,
    DossierVote,
    EvidenceFacts,
    Registered,
)
from app.nominations.rules.routing import RouteStepFacts


@dataclass(frozen=True, slots=True)
class AwardLine:
    """`kind`: title (danh hiệu thi đua) or form (hình thức khen thưởng)."""

    kind: str
    form: str
    decision_number: str
    decided_on: date
    issuer: str


@dataclass(frozen=True, slots=True)
class Particulars:
    """Of a person the first six, of a collective the last three."""

    staff_code: str = ""
    birth_date: date | None = None
    sex: str = ""
    ethnicity: str = ""
    staff_category: str = ""
    recruited_on: date | None = None
    kind: str = ""
    founded_on: date | None = None
    members: int = 0


@dataclass(frozen=True, slots=True)
class Entry:
    """An achievement with its figures; `difference` where there is one before and one after."""

    item: EvidenceFacts
    difference: Decimal | None


@dataclass(frozen=True, slots=True)
class Chapter:
    criterion: CriterionFacts
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """`day`: of the submission, or today while it is being prepared (`draft`)."""

    code: str
    subject: str
    name: str
    post: str
    unit_name: str
    award_form: str
    round_name: str
    period: Period
    draft: bool
    day: date
    particulars: Particulars
    chapters: tuple[Chapter, ...]
    titles: tuple[AwardLine, ...]
    forms: tuple[AwardLine, ...]
    attestations: tuple[AttestationFacts, ...]
    gate_titles: Mapping[str, str]
    vote: DossierVote | None
    nominating_unit: str
    levels: tuple[str, ...]
    registered: Registered | None = None


def report(
    dossier: Dossier,
    particulars: Particulars,
    awards: tuple[AwardLine, ...],
    nominating_unit: str,
    route: tuple[RouteStepFacts, ...],
    day: date,
) -> Report:
    """Criteria without an achievement have no chapter."""
    chapters = tuple(
        Chapter(criterion, entries)
        for criterion in dossier.criteria
        if (entries := _entries(dossier, criterion.code))
    )
    titles = {c.code: c.title or c.text for c in dossier.criteria if c.kind == "gate"}
    heads = tuple(dossier.attestations[g] for g in ("G3", "G4") if g in dossier.attestations)
    return Report(
        dossier.code,
        dossier.subject,
        dossier.name,
        dossier.post,
        dossier.unit_name,
        dossier.review.award_form_name,
        dossier.review.name,
        dossier.period,
        dossier.stage == "draft",
        day,
        particulars,
        chapters,
        tuple(award for award in awards if award.kind == "title"),
        tuple(award for award in awards if award.kind != "title"),
        heads,
        {word.gate: titles.get(word.gate, word.gate) for word in heads},
        dossier.vote,
        nominating_unit,
        tuple(step.unit_name for step in route if step.unit_name != nominating_unit),
        dossier.registered,
    )


def _entries(dossier: Dossier, code: str) -> tuple[Entry, ...]:
    return tuple(
        Entry(item, difference(item)) for item in dossier.evidence if item.criterion_code == code
    )


def difference(item: EvidenceFacts) -> Decimal | None:
    if item.before is None or item.after is None:
        return None
    return item.after - item.before


def dated(dossier: Dossier, submitted: date | None, today: date) -> date:
    """The report of a submitted dossier bears the day of its submission."""
    return today if dossier.stage == "draft" or submitted is None else submitted
