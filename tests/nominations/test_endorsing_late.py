"""What a level took back, or let go on, after the endorsement days goes up until appraisal ends."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

import pytest

from app.kernel.refusal import Refused
from app.movement.queries import round_facts
from app.nominations.actions.endorsing import endorse, undo_endorsement
from app.nominations.actions.refusals import lift_refusal, refuse
from app.nominations.queries.endorsing import waiting_at
from app.nominations.rules.endorsing import ListLine
from app.nominations.rules.routing import Standing
from tests.conftest import World
from tests.nominations.routed import PAPER, on_its_way, routed_round, send_on, standing
from tests.reports.test_home import waiting

pytestmark = pytest.mark.anyio
Back = Callable[[World, int], Awaitable[None]]
NAME = "Tổng kết năm 2025 qua các cấp"
# After the endorsement days (15/11); appraisal ends on 22/11.
LATE, LAST, OVER = "2025-11-18", "2025-11-22", "2025-11-23"


async def undone(world: World, made: int) -> None:
    sent = await send_on(world, "kv_1", made)
    head = await world.actor("kv_head", world.at(LATE))
    await undo_endorsement(sent, actor=head, now=world.at(LATE))


async def lifted(world: World, made: int) -> None:
    await refuse(made, "Chưa rõ.", actor=await world.actor("kv_head"), now=world.now)
    head = await world.actor("kv_head", world.at(LATE))
    await lift_refusal(made, "Đã rõ.", actor=head, now=world.at(LATE))


async def sent_on_at(world: World, day: str, made: int) -> None:
    head = await world.actor("kv_head", world.at(day))
    lines = [ListLine(made, None)]
    unit = world.ids["kv_1"]
    await endorse(world.ids["routed"], unit, lines, PAPER, actor=head, now=world.at(day))


@pytest.mark.parametrize("back", [undone, lifted])
async def test_what_came_back_late_goes_up_until_appraisal_ends(world: World, back: Back) -> None:
    round_id = await routed_round(world)
    made, fresh = await on_its_way(world, "chi"), await on_its_way(world, "dung")
    await back(world, made)
    head = await world.actor("kv_head", world.at(LATE))
    day = world.at(LATE).date()
    found = await waiting_at(await round_facts(round_id), world.ids["kv_1"], head, day)
    assert {row.id: row.returned for row in found.rows} == {made: True, fresh: False}
    line = (
        f"/rounds/{round_id}/endorsement",
        f"1 hồ sơ của {NAME} chờ Ông/Bà trình tiếp.",
        "hạn 22/11/2025, còn 4 ngày",
    )
    assert line in await waiting(world, "kv_head", LATE)
    for moment, which, last in ((LATE, fresh, "15/11/2025"), (OVER, made, "22/11/2025")):
        with pytest.raises(Refused) as refused:
            await sent_on_at(world, moment, which)
        assert refused.value.refusal.values == {"day": last}
    await sent_on_at(world, LAST, made)
    assert await standing(made) == Standing("route", world.ids["lang_son"])
