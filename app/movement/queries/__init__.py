from app.movement.queries.correcting import corrections_of
from app.movement.queries.editing import (
    above,
    annual_rounds,
    award_form_choices,
    extensions,
    lock_tree,
    set_choices,
    source_choices,
    stored_movement,
    stored_round,
    windows,
)
from app.movement.queries.joined import (
    directly_below,
    joined_count,
    joined_units,
    membership,
    memberships,
    unit_life,
)
from app.movement.queries.movements import (
    MovementFacts,
    MovementLine,
    RoundLine,
    movement,
    movements,
)
from app.movement.queries.progress import finished_stages, take_progress_from
from app.movement.queries.rounds import LARGEST_ID, round_facts

__all__ = [
    "LARGEST_ID",
    "MovementFacts",
    "MovementLine",
    "RoundLine",
    "above",
    "annual_rounds",
    "award_form_choices",
    "corrections_of",
    "directly_below",
    "extensions",
    "finished_stages",
    "joined_count",
    "joined_units",
    "lock_tree",
    "membership",
    "memberships",
    "movement",
    "movements",
    "round_facts",
    "set_choices",
    "source_choices",
    "stored_movement",
    "stored_round",
    "take_progress_from",
    "unit_life",
    "windows",
]
