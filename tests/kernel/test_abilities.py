"""Which role gave the answer is found by asking again, one role at a time."""

from __future__ import annotations

from app.kernel.abilities import ability
from app.kernel.actor import Actor, Role
from app.kernel.refusal import Refusal

HERE = frozenset({7})
BOTH = Actor(1, 5, "A", {Role.UNIT_HEAD: HERE, Role.AUDITOR: frozenset({8})})
NOBODY = Actor(2, None, "B")


def heads(actor: Actor) -> bool:
    return actor.holds_over(7, Role.UNIT_HEAD, Role.LEADER)


def test_the_role_that_gave_the_yes_is_named() -> None:
    found = ability("x", BOTH, heads, over=HERE)
    assert (found.allowed, found.given_by, found.would_give) == (True, (Role.UNIT_HEAD,), ())


def test_the_roles_that_would_give_it_are_named() -> None:
    found = ability("x", NOBODY, heads, over=HERE)
    assert (found.allowed, found.given_by) == (False, ())
    assert found.would_give == (Role.UNIT_HEAD, Role.LEADER)


def test_what_is_ones_own_needs_no_role() -> None:
    found = ability("x", BOTH, lambda actor: actor.person_id == 5, over=HERE)
    assert (found.allowed, found.own, found.everybody, found.given_by) == (True, True, False, ())


def test_what_everybody_may_has_no_role_behind_it() -> None:
    found = ability("x", BOTH, lambda _: True, over=HERE)
    assert (found.allowed, found.own, found.everybody, found.given_by) == (True, False, True, ())


def test_a_refusal_holds_up_those_who_could_and_says_nothing_to_others() -> None:
    late = Refusal("late", "Đã muộn.")
    held_up = ability("x", BOTH, heads, over=HERE, refusal=late)
    other = ability("x", NOBODY, heads, over=HERE, refusal=late)
    assert (held_up.allowed, held_up.refusal) == (False, late)
    assert (other.allowed, other.refusal) == (False, None)
