"""Who runs the scoring and who sees what came of it. A sheet is seen by its own member only.

`unit_id`: launched the movement.
"""

from __future__ import annotations

from app.kernel.actor import Actor, Role
from app.movement.policy import has_tab
from app.scoring.rules.stages import Stage


def may_run_scoring(actor: Actor, unit_id: int) -> bool:
    """Open it, follow its progress and close it."""
    return actor.holds_over(unit_id, Role.COUNCIL_SECRETARY)


def runs_for(actor: Actor) -> frozenset[int]:
    return actor.units_for(Role.COUNCIL_SECRETARY)


def may_score(actor: Actor, unit_id: int) -> bool:
    """A seat on the panel is of use only as long as the role is held."""
    return has_tab(actor, "scoring", unit_id)


def scores_for(actor: Actor) -> frozenset[int]:
    return actor.units_for(Role.COUNCIL_MEMBER)


def has_ranking_page(actor: Actor, unit_id: int) -> bool:
    return has_tab(actor, "ranking", unit_id)


def may_see_ranking(actor: Actor, unit_id: int, stage: Stage) -> bool:
    """Nobody before scoring is closed: a ranking in the making gives marks away."""
    return has_ranking_page(actor, unit_id) and stage.closed_at is not None
