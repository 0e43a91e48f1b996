"""What does not depend on a unit: a role is of use wherever it is held."""

from __future__ import annotations

from collections.abc import Callable

from app.kernel.abilities import Ability, ability
from app.kernel.actor import Actor


def anywhere(subject: Actor, name: str, may: Callable[[Actor], bool]) -> Ability:
    return ability(name, subject, may, over=frozenset())


def anybody(_: Actor) -> bool:
    return True
