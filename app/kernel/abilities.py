"""What somebody may do with something, and why: found by asking the policies themselves.

A policy answers yes or no for an actor. Asked again for the same person with one role at a time,
it tells which role gave the yes, or which would; so no list of roles is written down twice.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from app.kernel.actor import Actor, Role
from app.kernel.refusal import Refusal


@dataclass(frozen=True, slots=True)
class Ability:
    """`name` is a gettext id. Why it is allowed: to `everybody`, because it is the person's `own`,
    or by the roles in `given_by`. Why not: no role of `would_give` is held, or `refusal` holds
    it up for now.
    """

    name: str
    allowed: bool
    everybody: bool = False
    own: bool = False
    given_by: tuple[Role, ...] = ()
    would_give: tuple[Role, ...] = ()
    refusal: Refusal | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """`asker` wants to know about `subject`; `code` names the thing where a kind has many."""

    asker: Actor
    subject: Actor
    code: str
    now: datetime


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of thing. `explain` raises NotVisible when the asker cannot see such a thing."""

    label: str
    explain: Callable[[Question], Awaitable[tuple[Ability, ...]]]
    by_code: bool = False


Registry = Mapping[str, Kind]


def ability(
    name: str,
    subject: Actor,
    may: Callable[[Actor], bool],
    *,
    over: frozenset[int],
    refusal: Refusal | None = None,
) -> Ability:
    """`over`: the units a role would have to cover to be of use here; `refusal`: not now."""
    stranger = replace(subject, account_id=0, person_id=None, units={})
    everybody = may(stranger)
    held = may(subject)
    return Ability(
        name,
        allowed=held and refusal is None,
        everybody=everybody,
        own=not everybody and may(replace(subject, units={})),
        given_by=tuple(
            role
            for role, units in subject.units.items()
            if not everybody and may(replace(stranger, units={role: units}))
        ),
        would_give=()
        if held
        else tuple(role for role in Role if may(replace(stranger, units={role: over}))),
        refusal=refusal if held else None,
    )
