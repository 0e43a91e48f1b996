"""The days of a round, and more days for a stage, as actions and pages."""

from __future__ import annotations

import asyncio
import json
from dataclasses import replace
from datetime import date

import pytest

from app.audit.tables import AuditEntry
from app.kernel.refusal import Refused
from app.movement import actions, queries
from app.movement.forms.scheduling import typed_calendar
from app.movement.rules import Calendar
from app.movement.tables import StageExtension
from tests.conftest import World
from tests.finished_round import finish
from tests.movement import rounds

pytestmark = pytest.mark.anyio

WHY = "Mưa lũ tại nhiều địa phương"


async def extend(
    world: World, round_id: int, stage: str, new_last: date, *, moves: bool = False
) -> list[str]:
    """Nine in the morning of 18 November 2026; the stages that moved."""
    moved = await actions.extend_stage(
        round_id,
        stage,
        new_last,
        WHY,
        move_following=moves,
        actor=await world.actor("secretary"),
        now=world.at("2026-11-18"),
    )
    return [each.stage for each in moved]


async def refused(code: str, call: object) -> None:
    with pytest.raises(Refused) as caught:
        await call  # type: ignore[misc]
    assert caught.value.refusal.code == code


async def test_a_calendar_is_set_as_a_whole(world: World) -> None:
    round_id = world.ids["round_2026"]
    await rounds.schedule(world, round_id)
    found = await queries.round_facts(round_id)
    assert (found.calendar, found.version) == (rounds.CALENDAR, 1)
    await rounds.schedule(world, round_id, Calendar())
    assert (await queries.round_facts(round_id)).calendar == Calendar()


async def test_a_calendar_out_of_order_is_refused(world: World) -> None:
    wrong = replace(rounds.CALENDAR, session_on=date(2026, 12, 4))
    await refused("before-the-stage-before", rounds.schedule(world, world.ids["round_2026"], wrong))


async def test_a_calendar_made_from_an_old_one_is_refused(world: World) -> None:
    secretary = await world.actor("secretary")
    round_id = world.ids["round_2026"]
    await rounds.schedule(world, round_id)
    await refused(
        "changed-meanwhile",
        actions.set_calendar(round_id, Calendar(), 0, actor=secretary, now=world.now),
    )


async def test_of_an_opened_round_only_days_still_empty_are_set(world: World) -> None:
    # The cast's round of 2025 is open and has neither comment nor decision in its calendar.
    round_id = world.ids["round_2025"]
    found = await queries.round_facts(round_id)
    moved = replace(found.calendar, session_on=date(2025, 12, 20))
    await refused("announced", rounds.schedule(world, round_id, moved))
    emptied = replace(found.calendar, session_on=None)
    await refused("announced", rounds.schedule(world, round_id, emptied))
    added = replace(found.calendar, decision_on=date(2025, 12, 30))
    await rounds.schedule(world, round_id, added)
    assert (await queries.round_facts(round_id)).calendar == added


async def test_an_extension_is_kept_with_its_reason_and_logged(world: World) -> None:
    round_id = await rounds.opened_2026(world)
    assert await extend(world, round_id, "nomination", date(2026, 11, 25)) == ["nomination"]
    found = await queries.round_facts(round_id)
    assert found.calendar == replace(rounds.CALENDAR, nominations_close_on=date(2026, 11, 25))
    (kept,) = await queries.extensions(round_id)
    assert (kept.stage, kept.old_last, kept.new_last, kept.reason, kept.by) == (
        "nomination",
        date(2026, 11, 20),
        date(2026, 11, 25),
        WHY,
        "Thư ký Hội đồng",
    )
    row = await AuditEntry.select().order_by(AuditEntry.id, ascending=False).first()
    assert row is not None
    assert row["action"] == "movement.extend_stage"
    assert json.loads(row["detail"]) == {
        "stage": "nomination",
        "day": ["2026-11-20", "2026-11-25"],
        "count": 1,
    }


async def test_the_following_stages_move_in_the_same_action(world: World) -> None:
    round_id = await rounds.opened_2026(world)
    await refused("overtakes", extend(world, round_id, "scoring", date(2026, 12, 15)))
    assert await StageExtension.count() == 0
    assert await extend(world, round_id, "scoring", date(2026, 12, 15), moves=True) == [
        "scoring",
        "session",
        "comment",
        "decision",
    ]
    found = await queries.round_facts(round_id)
    assert found.session_on == date(2026, 12, 22)
    assert found.calendar.comment_open_on == date(2026, 12, 24)
    assert found.calendar.decision_on == date(2027, 1, 9)
    assert await StageExtension.count() == 4


async def test_a_round_that_is_not_open_has_nothing_to_extend(world: World) -> None:
    round_id = await rounds.complete_2026(world)
    await refused("not-open", extend(world, round_id, "scoring", date(2026, 12, 6)))


async def test_a_double_click_extends_once(world: World) -> None:
    round_id = await rounds.opened_2026(world)
    results = await asyncio.gather(
        *(extend(world, round_id, "nomination", date(2026, 11, 25)) for _ in range(2)),
        return_exceptions=True,
    )
    assert [r.refusal.code for r in results if isinstance(r, Refused)] == ["not-later"]
    assert await StageExtension.count() == 1


async def test_what_is_frozen_is_not_extended(world: World) -> None:
    await finish(world)
    for stage in ("nomination", "scoring", "session"):
        await refused(
            "stage-finished",
            extend(world, world.ids["round_2025"], stage, date(2027, 1, 1), moves=True),
        )
    async with world.client("secretary") as browser:
        page = (await browser.get(f"/rounds/{world.ids['round_2025']}/calendar")).text
    assert "Không còn giai đoạn nào gia hạn được." in page


# Pages


@pytest.mark.parametrize(
    ("day", "words"),
    [
        ("2026-10-17", "Bắt đầu sau 3 ngày"),
        ("2026-11-17", "Còn 3 ngày"),
        ("2026-11-20", "Hết hạn hôm nay"),
        ("2026-11-21", "Đã hết hạn"),
    ],
)
async def test_everybody_sees_the_days_left(world: World, day: str, words: str) -> None:
    round_id = await rounds.opened_2026(world)
    async with world.client("staff", now=world.at(day)) as browser:
        page = (await browser.get(f"/rounds/{round_id}")).text
    row = page.split("Tự chấm điểm và đề nghị</th>")[1].split("</tr>")[0]
    assert words in row


async def test_the_calendar_is_set_over_the_page(world: World) -> None:
    round_id = world.ids["round_2026"]
    path = f"/rounds/{round_id}/calendar"
    form = {name: str(value) for name, value in typed_calendar(rounds.CALENDAR).items()}
    form["version"] = "0"
    async with world.client("secretary") as browser:
        assert (await browser.get(path)).status_code == 200
        wrong = await browser.form(path, form | {"session_on": "04/12/2026", "decision_on": "?"})
        assert wrong.status_code == 422
        assert "Vui lòng nhập ngày theo dạng dd/mm/yyyy." in wrong.text
        late = await browser.form(path, form | {"session_on": "04/12/2026"})
        assert late.status_code == 422
        assert "Không được sớm hơn ngày 05/12/2026" in late.text
        assert 'value="04/12/2026"' in late.text
        saved = await browser.form(path, form)
        assert (saved.status_code, saved.headers["location"]) == (
            303,
            f"/rounds/{round_id}#calendar",
        )
        stale = await browser.form(path, form | {"session_on": "13/12/2026"})
        assert stale.status_code == 409
        assert "12/12/2026" in stale.text
        assert 'value="13/12/2026"' in stale.text
    assert (await queries.round_facts(round_id)).calendar == rounds.CALENDAR


async def test_an_extension_over_the_page_offers_to_move_what_follows(world: World) -> None:
    round_id = await rounds.opened_2026(world)
    path = f"/rounds/{round_id}"
    form = {"stage": "scoring", "new_last": "15/12/2026", "reason": WHY}
    async with world.client("secretary", now=world.at("2026-11-18")) as browser:
        page = (await browser.get(f"{path}/calendar")).text
        assert 'name="session_on"' not in page
        silent = await browser.form(f"{path}/extensions", form | {"reason": " "})
        assert silent.status_code == 422
        assert "Vui lòng nhập mục này." in silent.text
        overtaking = await browser.form(f"{path}/extensions", form)
        assert overtaking.status_code == 422
        assert "22/12/2026" in overtaking.text
        assert WHY in overtaking.text
        done = await browser.form(f"{path}/extensions", form | {"move_following": "yes"})
        assert done.status_code == 303
    async with world.client("staff", now=world.at("2026-11-18")) as browser:
        page = (await browser.get(path)).text
    assert WHY in page
    assert "Họp Hội đồng: từ 12/12/2026 đến 22/12/2026" in page


async def test_who_does_not_plan_extends_nothing(world: World) -> None:
    path = f"/rounds/{world.ids['round_2025']}/extensions"
    async with world.client("leader") as browser:
        assert (await browser.form(path, {})).status_code == 404


async def test_days_still_empty_are_added_to_an_open_round_over_the_page(world: World) -> None:
    round_id = world.ids["round_2025"]
    path = f"/rounds/{round_id}/calendar"
    async with world.client("secretary") as browser:
        page = (await browser.get(path)).text
        assert 'name="decision_on"' in page
        assert 'name="session_on"' not in page
        # A day that was announced is not read from the form, whoever sends it.
        sent = {"version": "0", "decision_on": "30/12/2025", "session_on": "30/12/2025"}
        assert (await browser.form(path, sent)).status_code == 303
    found = await queries.round_facts(round_id)
    assert found.calendar.decision_on == date(2025, 12, 30)
    assert found.session_on == date(2025, 12, 12)


async def test_extensions_cost_the_round_page_no_statement(world: World) -> None:
    round_id = await rounds.opened_2026(world)
    counted = []
    async with world.client("staff", now=world.at("2026-11-18")) as browser:
        for new_last in (None, date(2026, 12, 6), date(2026, 12, 7)):
            if new_last is not None:
                await extend(world, round_id, "scoring", new_last)
            with world.count_queries() as counter:
                assert (await browser.get(f"/rounds/{round_id}")).status_code == 200
            counted.append(counter.count)
    assert len(set(counted)) == 1, counted
