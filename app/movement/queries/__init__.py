from app.movement.queries.rounds import (
    LARGEST_ID,
    MovementFacts,
    MovementLine,
    RoundLine,
    movement,
    movements,
    round_facts,
)

__all__ = [
    "LARGEST_ID",
    "MovementFacts",
    "MovementLine",
    "RoundLine",
    "movement",
    "movements",
    "round_facts",
]
