from __future__ import annotations

import json
from hashlib import sha256

import pytest

from app.kernel.refusal import NotVisible, Refused
from app.scoring import queries
from app.scoring.actions import close_scoring
from app.scoring.rank_file import recompute
from app.scoring.tables import Ranking, ScoringClosure
from tests.conftest import World
from tests.scoring import given

pytestmark = pytest.mark.anyio


async def close(world: World, day: str = given.AFTER, login: str = "secretary") -> None:
    await close_scoring(world.ids["round_2025"], actor=await world.actor(login), now=world.at(day))


async def scored(world: World) -> None:
    await given.nominations(world, 2)
    await given.nominations(world, 1, "hold", first=8)
    await given.collective(world, "kv_1")
    await given.scoring_open(world)
    for login, points in zip(given.MEMBERS, ("12.5", "10", "9.75"), strict=True):
        await given.all_marks(world, points, world.at(given.SCORING), login)


async def test_closing_freezes_what_anybody_can_recompute(world: World) -> None:
    await scored(world)
    await close(world, given.SCORING)
    rows = await Ranking.select().order_by(Ranking.subject)
    assert [row["subject"] for row in rows] == ["collective", "individual"]
    for row in rows:
        assert sha256(row["input"].encode()).hexdigest() == row["input_sha256"]
        again = json.loads(recompute(row["input"].encode()))
        assert again == json.loads(row["result"])
        assert again["input_sha256"] == row["input_sha256"]
    individual = json.loads(rows[1]["result"])
    assert [(r["rank"], r["tied"], r["value"], r["sheets"]) for r in individual["rows"]] == [
        (1, True, "43.00", 3),
        (1, True, "43.00", 3),
    ]


async def test_members_travel_by_label_only(world: World) -> None:
    await scored(world)
    await close(world)
    for row in await Ranking.select(Ranking.input):
        assert json.loads(row["input"])["members"] == ["M1", "M2", "M3"]
        assert "member_" not in row["input"]
        assert "Ủy viên" not in row["input"]


async def test_a_missing_sheet_stops_closing_only_until_the_last_day(world: World) -> None:
    await given.nominations(world, 2)
    await given.scoring_open(world)
    await given.all_marks(world, "10", world.now, "member_1")
    with pytest.raises(Refused) as refused:
        await close(world, given.LAST_DAY)
    assert refused.value.refusal.code == "sheets-left"
    assert refused.value.refusal.values["n"] == 4
    await close(world, given.AFTER)
    found = (await queries.rankings(world.ids["round_2025"]))["individual"].document()
    assert [(row["rank"], row["sheets"]) for row in found["rows"]] == [(None, 1), (None, 1)]


async def test_closing_without_a_single_mark(world: World) -> None:
    await given.nominations(world, 1)
    await given.scoring_open(world)
    await close(world)
    found = (await queries.rankings(world.ids["round_2025"]))["individual"].document()
    assert [(row["rank"], row["sheets"]) for row in found["rows"]] == [(None, 0)]


async def test_closing_twice_is_refused(world: World) -> None:
    await scored(world)
    await close(world)
    with pytest.raises(Refused) as refused:
        await close(world)
    assert refused.value.refusal.code == "scoring-closed"
    assert (await ScoringClosure.count(), await Ranking.count()) == (1, 2)


async def test_closing_before_opening_is_refused(world: World) -> None:
    with pytest.raises(Refused) as refused:
        await close(world)
    assert refused.value.refusal.code == "scoring-not-open"


@pytest.mark.parametrize("login", ["member_1", "leader", "auditor"])
async def test_only_the_secretary_closes(world: World, login: str) -> None:
    await scored(world)
    with pytest.raises(NotVisible):
        await close(world, login=login)
