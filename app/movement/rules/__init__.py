from app.movement.rules.calendar import COLUMNS, Calendar
from app.movement.rules.facts import (
    KINDS,
    ROUND_KINDS,
    SUBJECT_WORDS,
    SUBJECTS,
    AwardFormFacts,
    Band,
    CriteriaSetFacts,
    CriterionFacts,
    Opening,
    RoundFacts,
)
from app.movement.rules.opening import criteria_document, refuse_opening
from app.movement.rules.protocol import ENDORSING_KINDS, default_protocol

__all__ = [
    "COLUMNS",
    "ENDORSING_KINDS",
    "KINDS",
    "ROUND_KINDS",
    "SUBJECTS",
    "SUBJECT_WORDS",
    "AwardFormFacts",
    "Band",
    "Calendar",
    "CriteriaSetFacts",
    "CriterionFacts",
    "Opening",
    "RoundFacts",
    "criteria_document",
    "default_protocol",
    "refuse_opening",
]
