"""Questions wait for who can act on them: nobody answers late, nobody left looks again."""

from __future__ import annotations

from datetime import date

import pytest

from app.accounts.tables import RoleHeld
from app.nominations import queries
from app.nominations.queries import Wanted
from tests.conftest import World
from tests.nominations.prepared import attest, submitted_person
from tests.reports.test_home import ask, waiting

pytestmark = pytest.mark.anyio
ROUND = "Tổng kết năm 2025"
LOOK = f"1 mục của {ROUND} đã được bổ sung, chờ Ông/Bà xem lại."
OVERDUE = f"1 mục của {ROUND} quá hạn mà chưa được bổ sung."


async def mine(world: World, login: str, day: str) -> list[int]:
    now = world.at(day)
    actor, round_id = await world.actor(login, now), world.ids["round_2025"]
    page = await queries.nominations_page(round_id, actor, now.date(), Wanted(task="mine"))
    return [row.id for row in page.rows]


@pytest.mark.parametrize(("answered", "text"), [(True, LOOK), (False, OVERDUE)])
async def test_what_an_asker_left_behind_waits_for_whoever_is_at_the_office(
    world: World, answered: bool, text: str
) -> None:
    made = await submitted_person(world)
    await attest(world, made, "G1", "appraiser")
    await ask(world, made, date(2025, 11, 10), answered=answered)
    await RoleHeld.update({RoleHeld.valid_to: date(2025, 11, 11)}).where(
        RoleHeld.account == world.ids["account:appraiser"]
    )
    told = {}
    for day in ("2025-11-11", "2025-11-12"):
        lines = [line for _, line, _ in await waiting(world, "secretary", day) if "mục" in line]
        told[day] = (lines, await mine(world, "secretary", day))
    assert told == {"2025-11-11": ([], []), "2025-11-12": ([text], [made])}


async def test_what_can_no_longer_be_answered_waits_for_nobody_of_the_unit(world: World) -> None:
    made = await submitted_person(world)
    await attest(world, made, "G1", "appraiser")
    await ask(world, made, date(2025, 11, 10))
    for login in ("officer", "staff"):
        told = {}
        for day in ("2025-11-10", "2025-11-11"):
            lines = [line for _, line, _ in await waiting(world, login, day)]
            told[day] = (
                any("chờ bổ sung" in line for line in lines),
                await mine(world, login, day),
            )
        assert told == {"2025-11-10": (True, [made]), "2025-11-11": (False, [])}, login
