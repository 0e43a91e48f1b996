"""Who runs the scoring and who sees what came of it. A sheet is seen by its own member only."""

from __future__ import annotations

from app.kernel.actor import Actor, Role
from app.movement.policy import has_tab
from app.scoring.rules.stages import Stage


def may_run_scoring(actor: Actor) -> bool:
    """Open it, follow its progress and close it."""
    return actor.holds(Role.COUNCIL_SECRETARY)


def may_score(actor: Actor) -> bool:
    """A seat on the panel is of use only as long as the role is held."""
    return has_tab(actor, "scoring")


def has_ranking_page(actor: Actor) -> bool:
    return has_tab(actor, "ranking")


def may_see_ranking(actor: Actor, stage: Stage) -> bool:
    """Nobody before scoring is closed: a ranking in the making gives marks away."""
    return has_ranking_page(actor) and stage.closed_at is not None
