from __future__ import annotations

from decimal import Decimal

import pytest

from app.council import queries as council
from app.scoring import queries as scoring
from app.scoring.actions import close_scoring, recuse, save_marks
from tests.conftest import World
from tests.scoring import given, rounds

pytestmark = pytest.mark.anyio

FULL = {code: Decimal(text) for code, text in given.INDIVIDUAL.items()}


async def items(world: World, login: str, day: str) -> list[tuple[str, object]]:
    now = world.at(day)
    actor = await world.actor(login)
    found = [*await scoring.waiting(actor, now), *await council.waiting(actor, now)]
    return [(item.href.rsplit("/", 1)[1], item.values.get("n")) for item in found]


async def test_a_member_is_told_how_many_sheets_are_left(world: World) -> None:
    ids = await given.nominations(world, 4)
    await given.scoring_open(world)
    actor, now = await world.actor("member_1"), world.at(given.SCORING)
    assert await items(world, "member_1", given.SCORING) == [("score-sheet", 4)]
    await save_marks(ids[0], FULL, 0, actor=actor, now=now)
    await save_marks(ids[1], {"C1": Decimal(1)}, 0, actor=actor, now=now)
    await recuse(ids[2], "Lý do", actor=actor, now=now)
    assert await items(world, "member_1", given.LAST_DAY) == [("score-sheet", 2)]
    assert await items(world, "member_1", given.AFTER) == []
    await save_marks(ids[1], FULL, 1, actor=actor, now=now)
    await save_marks(ids[3], FULL, 0, actor=actor, now=now)
    assert await items(world, "member_1", given.LAST_DAY) == []


async def test_the_secretary_is_told_each_step(world: World) -> None:
    await given.nominations(world, 1)
    assert await items(world, "secretary", "2025-11-20") == []
    assert await items(world, "secretary", given.OPENED) == [("council-session", None)]
    await given.scoring_open(world)
    assert await items(world, "secretary", given.LAST_DAY) == []
    assert await items(world, "secretary", given.AFTER) == [("ranking", None)]
    await close_scoring(
        world.ids["round_2025"], actor=await world.actor("secretary"), now=world.at(given.AFTER)
    )
    assert await items(world, "secretary", given.AFTER) == []
    assert await items(world, "secretary", "2025-12-12") == [("council-session", None)]


@pytest.mark.parametrize("login", ["officer", "leader", "auditor", "staff"])
async def test_nobody_else_has_anything_to_do_here(world: World, login: str) -> None:
    await given.nominations(world, 1)
    await given.scoring_open(world)
    for day in (given.OPENED, given.AFTER, "2025-12-12"):
        assert await items(world, login, day) == []


async def test_the_opening_waits_for_the_last_stage_before_it(world: World) -> None:
    sets = {"individual": world.ids["set:individual"], "collective": world.ids["set:collective"]}
    days = {
        "endorsement_close_on": world.at("2025-11-24").date(),
        "appraisal_close_on": world.at("2025-11-28").date(),
    }
    round_id = await rounds.open_round(world, "VKS-L", sets=sets, days=days)
    actor = await world.actor("secretary")
    told = {}
    for day in ("2025-11-25", "2025-11-28", "2025-11-29"):
        found = await scoring.waiting(actor, world.at(day))
        told[day] = f"/rounds/{round_id}/council-session" in [item.href for item in found]
    assert told == {"2025-11-25": False, "2025-11-28": False, "2025-11-29": True}
