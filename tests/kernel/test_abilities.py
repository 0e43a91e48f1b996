"""Which role gave the answer is found by asking again, one role at a time."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from app.kernel.abilities import Ability, Act, ability, act, weigh
from app.kernel.actor import Actor, Holding, Role, actor_with
from app.kernel.period import Period
from app.kernel.refusal import Refusal

pytestmark = pytest.mark.anyio

HERE = frozenset({7})
LATE = Refusal("late", "Đã muộn.")


def holding(role: Role, *units: int, stands_in_for: str = "") -> Holding:
    return Holding(
        role, units[0], "Đơn vị", Period(date(2025, 1, 1)), frozenset(units), stands_in_for
    )


def person(*held: Holding, account: int = 1, person_id: int | None = 5) -> Actor:
    return actor_with(held, account_id=account, person_id=person_id, name="A")


HEAD, AUDITS = holding(Role.UNIT_HEAD, 7), holding(Role.AUDITOR, 8)
BOTH = person(HEAD, AUDITS)
NOBODY = person(account=2, person_id=None)


def heads(actor: Actor) -> bool:
    return actor.holds_over(7, Role.UNIT_HEAD, Role.LEADER)


async def said(
    subject: Actor, may: Callable[[Actor], bool], refusal: Refusal | None = None
) -> Ability:
    return await ability(act("x", may, over=HERE, refusal=refusal), subject)


async def test_the_holding_that_gave_the_yes_is_named() -> None:
    found = await said(BOTH, heads)
    assert (found.allowed, found.given_by, found.would_give) == (True, (HEAD,), ())


async def test_of_two_holdings_of_one_role_the_one_over_the_unit_is_named() -> None:
    elsewhere = holding(Role.UNIT_HEAD, 9)
    deputy = holding(Role.UNIT_HEAD, 7, stands_in_for="B")
    assert (await said(person(elsewhere, deputy), heads)).given_by == (deputy,)


async def test_two_that_do_it_together_are_both_named() -> None:
    first, second = holding(Role.AUDITOR, 1), holding(Role.LEADER, 2)

    def whole(actor: Actor) -> bool:
        return actor.units_for(Role.AUDITOR, Role.LEADER) >= {1, 2}

    found = await ability(act("x", whole, over=frozenset({1, 2})), person(first, second))
    assert (found.allowed, found.given_by) == (True, (first, second))


async def test_the_roles_that_would_give_it_are_named() -> None:
    found = await said(NOBODY, heads)
    assert (found.allowed, found.given_by) == (False, ())
    assert found.would_give == (Role.UNIT_HEAD, Role.LEADER)


async def test_what_is_ones_own_needs_no_role() -> None:
    found = await said(BOTH, lambda actor: actor.person_id == 5)
    assert (found.allowed, found.own, found.everybody, found.given_by) == (True, True, False, ())


async def test_what_everybody_may_has_no_role_behind_it() -> None:
    found = await said(BOTH, lambda _: True)
    assert (found.allowed, found.own, found.everybody, found.given_by) == (True, False, True, ())


async def test_a_refusal_holds_up_those_who_could_and_says_nothing_to_others() -> None:
    held_up, other = await said(BOTH, heads, LATE), await said(NOBODY, heads, LATE)
    assert (held_up.allowed, held_up.refusal, held_up.given_by) == (False, LATE, (HEAD,))
    assert (other.allowed, other.refusal) == (False, None)


async def test_what_no_role_gives_now_says_why() -> None:
    found = await said(BOTH, lambda _: False, LATE)
    assert (found.allowed, found.refusal, found.would_give) == (False, LATE, ())


async def test_what_the_asker_must_not_learn_is_not_weighed() -> None:
    secret = act("x", heads, over=HERE)
    kept = Act("x", secret.answers, HERE, lambda _: LATE, lambda actor: actor.account_id == 1)
    found = await ability(kept, BOTH)
    assert (found.allowed, found.untold, found.refusal) == (True, True, None)


async def test_many_are_weighed_in_one_question() -> None:
    asked = []

    async def answers(actors: object) -> list[bool]:
        asked.append(actors)
        return [heads(actor) for actor in actors]  # type: ignore[attr-defined]

    found = await weigh(Act("x", answers, HERE), [BOTH, NOBODY, BOTH])
    assert [each.allowed for each in found.abilities] == [True, False, True]
    assert (found.everybody, found.roles) == (False, (Role.UNIT_HEAD, Role.LEADER))
    assert len(asked) == 1
