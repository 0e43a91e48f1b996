"""The council's column of a dossier: frozen means, for readers of the ranking only."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest

from app.nominations.queries import columns_of, nomination
from app.scoring.actions import close_scoring, recuse, save_marks
from app.scoring.queries import council_points
from tests.cast import CAST
from tests.conftest import World
from tests.scoring import given

pytestmark = pytest.mark.anyio

LATE = "2025-12-20"


async def scored(world: World) -> list[int]:
    """The first has three sheets, the second one, the third two and a half."""
    ids = await given.nominations(world, 3)
    await given.scoring_open(world)
    for step, login in enumerate(given.MEMBERS):
        full = {code: Decimal(step) for code in given.INDIVIDUAL} | {"C1": Decimal(10 + step // 2)}
        for nomination_id in ids[: 1 if step else 2] + ids[2:]:
            marks = {"C1": Decimal(1)} if (nomination_id, step) == (ids[2], 2) else full
            await save_marks(
                nomination_id,
                marks,
                0,
                actor=await world.actor(login),
                now=world.at(given.SCORING),
            )
    await recuse(
        ids[1], "Cùng quê", actor=await world.actor("member_3"), now=world.at("2025-11-26")
    )
    return ids


async def close(world: World) -> None:
    await close_scoring(
        world.ids["round_2025"], actor=await world.actor("secretary"), now=world.at(given.AFTER)
    )


async def test_nothing_before_the_closure(world: World) -> None:
    ids = await scored(world)
    assert await council_points(ids) == {}


async def test_the_mean_of_the_whole_sheets(world: World) -> None:
    ids = await scored(world)
    await close(world)
    assert await council_points(ids) == {
        ids[0]: {
            "C1": Decimal("10.333333333"),
            "C2": Decimal(1),
            "C3": Decimal(1),
            "C4": Decimal(1),
        },
        # One sheet is fewer than the protocol asks for, and would be one member's own marks.
        ids[2]: {
            "C1": Decimal(10),
            "C2": Decimal("0.5"),
            "C3": Decimal("0.5"),
            "C4": Decimal("0.5"),
        },
    }


async def test_the_column_adds_up_to_the_value_in_the_ranking(world: World) -> None:
    """Rounded only when shown: 10.333... + 3 is 13.33 in both."""
    ids = await scored(world)
    await close(world)
    async with world.client("leader", now=world.at(LATE)) as client:
        columns = (await client.get(f"/nominations/{ids[0]}/points")).text
        ranking = (await client.get(f"/rounds/{world.ids['round_2025']}/ranking")).text
    cells = re.findall(r'data-label="Hội đồng"><span>(?:<b>)?([0-9,]+)', columns)
    assert cells == ["10,33", "1,00", "1,00", "1,00", "13,33"]
    assert '<td class="num" data-label="Điểm">13,33</td>' in ranking


async def test_only_readers_of_the_ranking_see_the_column(world: World) -> None:
    ids = await scored(world)
    await close(world)
    late = world.at(LATE)
    seen = {}
    for login in ("secretary", "member_1", "leader", "auditor", "appraiser", "officer", "head"):
        assert login in CAST
        actor = await world.actor(login, late)
        found = await columns_of(await nomination(ids[0], actor), actor)
        seen[login] = found["council"].sheets if "council" in found else None
    assert seen == {
        "secretary": 3,
        "member_1": 3,
        "leader": 3,
        "auditor": 3,
        "appraiser": 3,
        "officer": None,
        "head": None,
    }
