from app.movement.tables.criteria import CriteriaSet, Criterion, CriterionBand
from app.movement.tables.movement import Movement, MovementDate, MovementSource, MovementUnit
from app.movement.tables.round import (
    CriteriaCorrection,
    ReviewRound,
    RoundOpening,
    StageExtension,
)

__all__ = [
    "CriteriaCorrection",
    "CriteriaSet",
    "Criterion",
    "CriterionBand",
    "Movement",
    "MovementDate",
    "MovementSource",
    "MovementUnit",
    "ReviewRound",
    "RoundOpening",
    "StageExtension",
]
