"""What the system measured stands on every sheet, takes no mark, and is part of the result."""

from __future__ import annotations

import json
import re
from decimal import Decimal

import pytest

from app.kernel.refusal import Refused
from app.movement.queries import round_facts
from app.scoring import queries
from app.scoring.actions import close_scoring, open_scoring, save_marks
from app.scoring.rank_file import recompute
from app.scoring.tables import Ranking
from tests.conftest import World
from tests.scoring import given, rounds

pytestmark = pytest.mark.anyio

JUDGED = {"C1": Decimal("30.5"), "C2": Decimal(10)}


async def opened(world: World) -> tuple[int, list[int]]:
    """Three people: one measured fully, one by half, on one there is nothing to measure."""
    round_id = await rounds.open_round(world, "VKS-M")
    ids = await given.nominations(world, 3, outcome=None, round_id=round_id)
    await rounds.classify(ids[0], 2024, 2025)
    await rounds.classify(ids[1], 2025)
    await open_scoring(
        round_id,
        [world.ids[f"account:{login}"] for login in given.MEMBERS],
        actor=await world.actor("secretary"),
        now=world.at(given.OPENED),
    )
    # The gates are not what is tried here.
    await Ranking.raw("ALTER TABLE gate_check DISABLE TRIGGER USER")
    await Ranking.raw("UPDATE gate_check SET outcome = 'pass'")
    return round_id, ids


async def save(world: World, nomination: int, login: str, **marks: Decimal) -> int:
    return await save_marks(
        nomination, marks, 0, actor=await world.actor(login), now=world.at(given.SCORING)
    )


async def test_a_sheet_is_whole_without_the_measured_marks(world: World) -> None:
    round_id, ids = await opened(world)
    await save(world, ids[0], "member_1", **JUDGED)
    await save(world, ids[1], "member_1", C1=Decimal(1))
    round_ = await round_facts(round_id)
    desk = await queries.desk(round_, await world.actor("member_1"))
    assert desk.member is not None
    own = (await queries.own_progress(round_, desk.member))["individual"]
    assert (own.complete, own.left) == (1, 2)
    panel = await queries.panel_progress(round_)
    assert sorted(member.progress.complete for member in panel) == [0, 0, 1]
    [item] = await queries.waiting(await world.actor("member_1"), world.at(given.SCORING))
    assert item.values["n"] == 2


async def test_nobody_marks_what_is_measured(world: World) -> None:
    _, ids = await opened(world)
    with pytest.raises(Refused) as refused:
        await save(world, ids[0], "member_1", C5=Decimal(40))
    assert refused.value.refusal.code == "unknown-criterion"


async def test_the_sheet_shows_it_as_computed(world: World) -> None:
    round_id, ids = await opened(world)
    await save(world, ids[1], "member_1", **JUDGED)
    async with world.client("member_1", now=world.at(given.SCORING)) as client:
        text = (await client.get(f"/rounds/{round_id}/score-sheet")).text
        row = await client.form(
            f"/nominations/{ids[1]}/sheet", {"C1": "30", "C5": "40", "version": "1"}, htmx=True
        )
    found = {id_: re.search(rf'<tbody id="row-{id_}".*?</tbody>', text, re.DOTALL) for id_ in ids}
    shown = {id_: match[0] for id_, match in found.items() if match}
    assert [len(re.findall(r"data-mark=", shown[id_])) for id_ in ids] == [2, 2, 2]
    assert '<td class="num">40<span class="sub">2 năm</span>' in shown[ids[0]]
    assert '<td class="num">20<span class="sub">1 năm</span>' in shown[ids[1]]
    assert "<b>60,5</b>" in shown[ids[1]]
    assert "Chưa có số liệu C5" in shown[ids[2]]
    assert "Chưa có số liệu" not in shown[ids[0]] + shown[ids[1]]
    # The answer to a row shows it, too, and what was sent for it changes nothing.
    assert row.status_code == 200
    assert '<td class="num">20<span class="sub">1 năm</span>' in row.text
    assert "<b>60</b>" in row.text


async def test_bands_help_without_standing_in_the_way(world: World) -> None:
    round_id, _ = await opened(world)
    async with world.client("member_1", now=world.at(given.SCORING)) as client:
        text = (await client.get(f"/rounds/{round_id}/score-sheet")).text
    assert re.findall(r'<div class="score-help" id="([^"]+)" popover>', text) == [
        "help-C1",
        "help-C5",
    ]
    assert re.findall(r'type="button" popovertarget="([^"]+)" aria-label', text) == [
        "help-C1",
        "help-C5",
    ]
    help_ = text.split('id="help-C1"')[1].split('id="help-C5"')[0]
    assert re.findall(r"<dt>([^<]+)</dt><dd><b>([^<]+)</b>", help_) == [
        ("0 - 20 điểm", "Khá"),
        ("21 - 40 điểm", "Tốt"),
    ]
    assert "Số năm hoàn thành tốt nhiệm vụ trở lên" in text.split('id="help-C5"')[1]


async def test_the_ranking_counts_it_and_anybody_recomputes_it(world: World) -> None:
    round_id, ids = await opened(world)
    for login in given.MEMBERS:
        for nomination in ids:
            await save(world, nomination, login, **JUDGED)
    await close_scoring(round_id, actor=await world.actor("secretary"), now=world.at(given.SCORING))
    stored = await Ranking.select().where(Ranking.round == round_id).first()
    assert stored is not None
    again = json.loads(recompute(stored["input"].encode()))
    assert again == json.loads(stored["result"])
    assert [(row["rank"], row["value"], row["sheets"]) for row in again["rows"]] == [
        (1, "80.50", 3),
        (2, "60.50", 3),
        (None, None, 0),
    ]
    async with world.client("leader", now=world.at(given.AFTER)) as client:
        text = (await client.get(f"/rounds/{round_id}/ranking")).text
        sheet = (await client.get(f"/rounds/{round_id}/ranking/individual/export.csv")).text
    why = "Thiếu số liệu của tiêu chí C5 nên không có phiếu nào đủ điểm."
    assert (text.count(why), sheet.count(why)) == (1, 1)
    assert "3 phiếu không có đủ điểm của mọi tiêu chí nên không được tính." in text
