"""No decision is signed while the public may still speak."""

from __future__ import annotations

from datetime import date

import pytest

from app.decisions import actions as decisions
from app.decisions.rules import refuse_while_public
from app.kernel.refusal import Refused
from app.public_comment import actions
from tests.conftest import World
from tests.public_comment.published import published

pytestmark = pytest.mark.anyio


async def decide(world: World, signed_on: date, today: str = "2025-12-30") -> int:
    return await decisions.decide(
        world.ids["round_2025"],
        signed_on,
        "Hà Nội",
        "",
        "Viện trưởng",
        "Nguyễn Văn A",
        actor=await world.actor("leader"),
        now=world.at(today),
    )


def test_without_a_list_nothing_stands_in_the_way() -> None:
    assert refuse_while_public(None) is None


@pytest.mark.parametrize("day", [date(2025, 12, 16), date(2025, 12, 26)])
async def test_the_last_day_still_belongs_to_the_public(world: World, day: date) -> None:
    await published(world)
    with pytest.raises(Refused) as error:
        await decide(world, day)
    assert error.value.refusal.code == "public-comment-open"
    assert error.value.refusal.values == {"day": "26/12/2025"}
    assert error.value.refusal.field_name == "signed_on"


async def test_the_day_after_it_may_be_signed(world: World) -> None:
    await published(world)
    assert await decide(world, date(2025, 12, 27)) > 0


async def test_a_withdrawn_list_holds_nothing_up(world: World) -> None:
    made, _ = await published(world)
    actor = await world.actor("secretary")
    await actions.withdraw(made, "Sai tên.", actor=actor, now=world.at("2025-12-16"))
    assert await decide(world, date(2025, 12, 17)) > 0
