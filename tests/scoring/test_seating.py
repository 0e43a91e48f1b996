"""Labels are drawn: who sits where in the council must not tell whose marks are whose."""

from __future__ import annotations

from itertools import permutations
from random import Random

import pytest

from app.movement.queries import round_facts
from app.scoring.actions import open_scoring
from app.scoring.queries import panel_progress
from app.scoring.rules.seating import labels
from app.scoring.tables import PanelMember
from tests import cast
from tests.conftest import World
from tests.scoring import given


def test_every_order_comes_up() -> None:
    found = {tuple(labels((7, 8, 9, 8), Random(seed)).items()) for seed in range(200)}
    assert found == {
        tuple(zip(order, ("M1", "M2", "M3"), strict=True)) for order in permutations((7, 8, 9))
    }


@pytest.mark.anyio
async def test_opening_draws_and_shows_in_the_order_of_the_labels(world: World) -> None:
    await given.nominations(world, 1, outcome=None)
    everybody = [world.ids[f"account:{login}"] for login in cast.CAST]
    await open_scoring(
        world.ids["round_2025"],
        everybody,
        actor=await world.actor("secretary"),
        now=world.at(given.OPENED),
    )
    seats = await PanelMember.select(PanelMember.account, PanelMember.label)
    by_label = {seat["label"]: seat["account"] for seat in seats}
    in_order = [f"M{number}" for number in range(1, len(everybody) + 1)]
    # The council's own order would come up once in sixteen factorial draws.
    assert [by_label[label] for label in in_order] != everybody
    panel = await panel_progress(await round_facts(world.ids["round_2025"]))
    assert [member.label for member in panel] == in_order
