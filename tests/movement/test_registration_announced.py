"""Units register before a round opens, so its days of registration are announced before, too."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from app.kernel.refusal import Refused
from app.movement import actions, queries
from app.movement.rules import Calendar, announced
from tests.conftest import World
from tests.movement import rounds

pytestmark = pytest.mark.anyio
FIRST, LAST = date(2026, 3, 2), date(2026, 3, 31)
CALENDAR = replace(rounds.CALENDAR, registration_open_on=FIRST, registration_close_on=LAST)
REGISTRATION = {"registration_open_on", "registration_close_on"}


@pytest.mark.parametrize(
    ("calendar", "today", "opened", "found"),
    [
        (CALENDAR, date(2026, 3, 1), False, set()),
        (CALENDAR, FIRST, False, REGISTRATION),
        (CALENDAR, date(2026, 9, 1), False, REGISTRATION),
        (rounds.CALENDAR, date(2026, 9, 1), False, set()),
        (Calendar(session_on=LAST), FIRST, True, {"session_on"}),
        (Calendar(), FIRST, True, set()),
    ],
)
def test_which_days_only_an_extension_moves(
    calendar: Calendar, today: date, opened: bool, found: set[str]
) -> None:
    assert announced(calendar, today, opened=opened) == found


async def scheduled(world: World, calendar: Calendar, day: str) -> None:
    round_id = world.ids["round_2026"]
    version = (await queries.round_facts(round_id)).version
    secretary = await world.actor("secretary")
    await actions.set_calendar(round_id, calendar, version, actor=secretary, now=world.at(day))


async def test_while_units_register_their_days_are_not_moved_silently(world: World) -> None:
    await scheduled(world, CALENDAR, "2026-02-01")
    later = replace(CALENDAR, registration_close_on=date(2026, 3, 20))
    await scheduled(world, later, "2026-03-01")
    for moved in (
        CALENDAR,
        replace(later, registration_close_on=date(2026, 3, 10)),
        replace(later, registration_open_on=None, registration_close_on=None),
    ):
        with pytest.raises(Refused) as error:
            await scheduled(world, moved, "2026-03-02")
        assert error.value.refusal.code == "announced"
        assert "ngày đăng ký chỉ thay đổi bằng gia hạn" in error.value.refusal.message
    other = replace(later, session_on=date(2026, 12, 13))
    await scheduled(world, other, "2026-03-02")
    assert (await queries.round_facts(world.ids["round_2026"])).calendar == other


@pytest.mark.parametrize(
    ("stage", "day", "code"),
    [("registration", "2026-03-01", "not-open"), ("scoring", "2026-03-02", "not-open")],
)
async def test_what_is_not_announced_is_not_extended(
    world: World, stage: str, day: str, code: str
) -> None:
    await scheduled(world, CALENDAR, "2026-02-01")
    with pytest.raises(Refused) as error:
        await actions.extend_stage(
            world.ids["round_2026"],
            stage,
            date(2026, 12, 31),
            "Mưa lũ",
            move_following=True,
            actor=await world.actor("secretary"),
            now=world.at(day),
        )
    assert error.value.refusal.code == code


async def test_registration_is_extended_with_a_reason_over_the_page(world: World) -> None:
    await scheduled(world, CALENDAR, "2026-02-01")
    round_id = world.ids["round_2026"]
    path = f"/rounds/{round_id}"
    asked = {"stage": "registration", "new_last": "10/04/2026", "reason": "Mưa lũ nhiều nơi"}
    async with world.client("secretary", now=world.at("2026-03-01")) as browser:
        page = (await browser.get(f"{path}/calendar")).text
        assert 'name="registration_close_on"' in page
        assert 'name="new_last"' not in page
    async with world.client("secretary", now=world.at("2026-03-31")) as browser:
        page = (await browser.get(f"{path}/calendar")).text
        assert 'name="registration_close_on"' not in page
        assert 'name="session_on"' in page
        assert '<option value="registration"' in page
        assert '<option value="scoring"' not in page
        silent = await browser.form(f"{path}/extensions", asked | {"reason": ""})
        assert silent.status_code == 422
        assert (await browser.form(f"{path}/extensions", asked)).status_code == 303
    found = await queries.round_facts(round_id)
    assert found.calendar == replace(CALENDAR, registration_close_on=date(2026, 4, 10))
    (kept,) = await queries.extensions(round_id)
    assert (kept.stage, kept.old_last, kept.reason) == ("registration", LAST, "Mưa lũ nhiều nơi")
