"""What a nominee must fulfil beside all points: the gates G1 to G5, each with its reasons."""

from app.eligibility.rules.facts import (
    EligibilityFacts,
    GateSettings,
    classified_years,
    settings_from,
)
from app.eligibility.rules.verdicts import (
    GATES,
    from_document,
    gate_verdicts,
    overall,
    to_document,
)

__all__ = [
    "GATES",
    "EligibilityFacts",
    "GateSettings",
    "classified_years",
    "from_document",
    "gate_verdicts",
    "overall",
    "settings_from",
    "to_document",
]
