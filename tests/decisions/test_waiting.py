"""When the office is told that a decision waits to be made."""

from __future__ import annotations

import pytest

from app.decisions.queries import waiting
from tests.conftest import World
from tests.public_comment.published import AFTER, LAST, published

pytestmark = pytest.mark.anyio


@pytest.mark.parametrize(("day", "told"), [(LAST, False), (AFTER, True)])
async def test_not_while_the_list_is_before_the_public(world: World, day: str, told: bool) -> None:
    await published(world)
    items = await waiting(await world.actor("leader"), world.at(day))
    expected = [f"/rounds/{world.ids['round_2025']}/decision"] if told else []
    assert [item.href for item in items] == expected
