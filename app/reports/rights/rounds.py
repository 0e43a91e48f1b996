"""The pages of a round: of one, or of any round that a unit like these launches."""

from __future__ import annotations

from functools import partial

from app.kernel.abilities import Act, act
from app.kernel.actor import Actor, Role
from app.movement import policy


def tab_acts(units: frozenset[int]) -> tuple[Act, ...]:
    """`units`: launched the movements in question."""
    sees_all = Actor(0, None, "", {role: frozenset({0}) for role in Role})
    return tuple(
        act(label, partial(_has_tab, tab, units), over=units)
        for tab, _, label in policy.round_tabs(sees_all, 0)
    )


def _has_tab(tab: str, units: frozenset[int], actor: Actor) -> bool:
    return any(policy.has_tab(actor, tab, unit) for unit in units)
