"""Facts of a nominee who passes every gate; each test changes what it is about."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from app.discipline.rules import DisciplineFacts
from app.eligibility.rules import EligibilityFacts
from app.eligibility.rules.facts import Membership
from app.initiatives.rules import Author, InitiativeFacts, Recognition
from app.kernel.period import Period

WINDOW = Period(date(2024, 12, 1), date(2025, 11, 30))
ON = date(2025, 11, 24)
BEFORE, INSIDE, LAST_DAY, AFTER = (
    date(2024, 10, 1),
    date(2025, 4, 18),
    date(2025, 11, 30),
    date(2025, 12, 1),
)
PERSON = 7
ALWAYS = Membership((Period(date(2010, 1, 1)),))


def recognition(on: date = INSIDE, replicable: bool = True, scope: str = "base") -> Recognition:
    return Recognition(scope, "107/QĐ-VKS", on, replicable)


def initiative(
    *recognitions: Recognition, applied: date = BEFORE, number: int = 1
) -> InitiativeFacts:
    return InitiativeFacts(
        number,
        f"SK-{number:02d}",
        "Sổ tay",
        3,
        applied,
        (Author(PERSON, Decimal(100)),),
        recognitions,
    )


def case(**changes: Any) -> DisciplineFacts:
    """Open since October, unless changed."""
    start = DisciplineFacts(
        1, PERSON, "discipline", violated_on=date(2025, 9, 22), opened_on=date(2025, 10, 28)
    )
    return replace(start, **changes)


def decided(on: date, until: date | None = None, **changes: Any) -> DisciplineFacts:
    days = {"violated_on": on, "opened_on": on} | changes
    return case(form="reprimand", decided_on=on, served_until=until, **days)


def person(**changes: Any) -> EligibilityFacts:
    start = EligibilityFacts(
        subject="individual",
        window=WINDOW,
        on=ON,
        years=(2025,),
        quantified_evidence=2,
        attestations={"G1": True, "G4": True},
        initiatives=(initiative(recognition()),),
        classifications={2025: "good"},
    )
    return replace(start, **changes)


def collective(**changes: Any) -> EligibilityFacts:
    start = person(
        subject="collective",
        attestations={"G1": True, "G3": True, "G4": True},
        classifications={},
        members={PERSON: ALWAYS},
    )
    return replace(start, **changes)
