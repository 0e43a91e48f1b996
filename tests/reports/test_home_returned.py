"""What came back late is told to whoever has to put it right, until appraisal ends."""

from __future__ import annotations

import pytest

from app.nominations import actions
from app.nominations.actions.returning import return_dossier
from tests.conftest import World
from tests.nominations.routed import at_office, drafted, on_its_way, routed_round
from tests.reports.test_home import waiting

pytestmark = pytest.mark.anyio
NAME = "Tổng kết năm 2025 qua các cấp"
# After the nomination days (12/11) and the endorsement days (15/11); appraisal ends on 22/11.
LATE, LAST, OVER = "2025-11-18", "2025-11-22", "2025-11-23"


async def back(world: World, made: int, to_step: int) -> None:
    appraiser = await world.actor("appraiser", world.at(LATE))
    await return_dossier(made, to_step, "Thiếu số liệu.", actor=appraiser, now=world.at(LATE))


async def test_a_dossier_sent_back_to_its_unit_waits_there_until_appraisal_ends(
    world: World,
) -> None:
    round_id = await routed_round(world)
    made, _fresh = await at_office(world, "anh", "phong_1"), await drafted(world, "dung")
    await back(world, made, 0)
    line = (
        f"/rounds/{round_id}/nominations?state=draft",
        f"1 hồ sơ của {NAME} bị trả lại, chờ sửa và nộp lại.",
        "hạn 22/11/2025, còn 4 ngày",
    )
    for login in ("officer", "staff"):
        assert [found for found in await waiting(world, login, LATE) if NAME in found[1]] == [line]
    assert line[:2] in [found[:2] for found in await waiting(world, "officer", LAST)]
    assert line[:2] not in [found[:2] for found in await waiting(world, "officer", OVER)]
    assert line[:2] not in [found[:2] for found in await waiting(world, "other_officer", LATE)]


async def test_a_dossier_sent_back_to_a_level_waits_there_until_appraisal_ends(
    world: World,
) -> None:
    round_id = await routed_round(world)
    made = await at_office(world)
    await on_its_way(world, "dung")  # never returned: its days are over
    await back(world, made, 1)
    line = (
        f"/rounds/{round_id}/endorsement",
        f"1 hồ sơ của {NAME} chờ Ông/Bà trình tiếp.",
        "hạn 22/11/2025, còn 4 ngày",
    )
    assert line in await waiting(world, "kv_head", LATE)
    assert line[:2] not in [found[:2] for found in await waiting(world, "kv_head", OVER)]


async def test_nothing_waits_any_more_once_scoring_opened(world: World) -> None:
    await routed_round(world, endorsement_close_on=None, appraisal_close_on=None)
    returned = await at_office(world)
    await at_office(world, "anh", "phong_1")
    await on_its_way(world, "dung")
    await back(world, returned, 0)
    lines = [text for _, text, _ in await waiting(world, "kv_officer", LATE)]
    assert f"1 hồ sơ của {NAME} bị trả lại, chờ sửa và nộp lại." in lines
    now = world.at("2025-11-24")
    await actions.freeze_gates(
        world.ids["routed"], actor=await world.actor("secretary", now), now=now
    )
    for login in ("kv_officer", "kv_head"):
        texts = [text for _, text, _ in await waiting(world, login, "2025-11-24")]
        assert [text for text in texts if "trả lại" in text or "trình tiếp" in text] == []
