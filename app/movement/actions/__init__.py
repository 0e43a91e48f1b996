from app.movement.actions.extending import extend_stage
from app.movement.actions.joining import end_membership, join_unit
from app.movement.actions.movements import (
    add_date,
    add_source,
    change_movement,
    cite_source,
    create_movement,
    remove_date,
    remove_source,
)
from app.movement.actions.opening import open_round
from app.movement.actions.rounds import change_round, create_round, set_calendar, set_protocol

__all__ = [
    "add_date",
    "add_source",
    "change_movement",
    "change_round",
    "cite_source",
    "create_movement",
    "create_round",
    "end_membership",
    "extend_stage",
    "join_unit",
    "open_round",
    "remove_date",
    "remove_source",
    "set_calendar",
    "set_protocol",
]
