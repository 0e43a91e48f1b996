"""The daily job writes each reminder once, for whom something waits, however often it runs."""

from __future__ import annotations

import asyncio
from datetime import date, timedelta

import psycopg
import pytest
from procrastinate.periodic import PeriodicDeferrer

from app.accounts import actions as accounts
from app.accounts.tables import Account, RoleHeld
from app.movement.tables import MovementDate, ReviewRound
from app.reminders import jobs, queries
from app.reminders.tables import Reminder
from app.worker import queue_at
from tests.conftest import World

pytestmark = pytest.mark.anyio

EVERYBODY = (0, 2**31 - 1)


async def written(login: str, world: World) -> list[tuple[date, str, str]]:
    """(due, message, href) in the order of writing."""
    rows = await Reminder.raw(
        "SELECT due_on, message, href FROM reminder WHERE account = {} ORDER BY id",
        world.ids[f"account:{login}"],
    )
    return [(row["due_on"], row["message"], row["href"]) for row in rows]


async def test_the_secretary_hears_that_a_stage_ends(world: World) -> None:
    here = f"/rounds/{world.ids['round_2025']}"
    line = (date(2025, 11, 20), "{round}: giai đoạn “{stage}” sắp hết thời hạn.", here)
    await jobs.write(*EVERYBODY, now=world.at("2025-11-12"))
    assert line not in await written("secretary", world)
    await jobs.write(*EVERYBODY, now=world.at("2025-11-13"))
    assert (await written("secretary", world)).count(line) == 1


async def test_each_step_comes_once(world: World) -> None:
    day = date(2025, 11, 20)
    for left in range(9, -3, -1):
        for _ in range(2):
            now = world.at(str(day - timedelta(days=left)))
            await jobs.write(*EVERYBODY, now=now)
    found = await written("secretary", world)
    assert [due for due, message, _ in found if "{stage}" in message] == [day] * 4


async def test_two_workers_write_once(world: World) -> None:
    now = world.at("2025-11-13")
    new = await asyncio.gather(*(jobs.write(*EVERYBODY, now=now) for _ in range(3)))
    rows = await Reminder.raw("SELECT count(*) AS n FROM reminder")
    assert rows[0]["n"] == sum(new) > 0


async def test_the_unit_officer_hears_of_the_last_nomination_days(world: World) -> None:
    await jobs.write(*EVERYBODY, now=world.at("2025-11-19"))
    found = await written("officer", world)
    assert [(due, href.split("?")[0]) for due, _, href in found] == [
        (date(2025, 11, 20), f"/rounds/{world.ids['round_2025']}/nominations/new")
    ]


async def test_a_yearly_day_of_a_movement_reminds_the_secretary_alone(world: World) -> None:
    await MovementDate(movement=world.ids["movement"], name="Báo cáo", month=3, day=31).save()
    await jobs.write(*EVERYBODY, now=world.at("2026-03-28"))
    message, href = "{movement}: {name}.", f"/movements/{world.ids['movement']}"
    assert (date(2026, 3, 31), message, href) in await written("secretary", world)
    rows = await Reminder.raw("SELECT count(*) AS n FROM reminder WHERE message = {}", message)
    assert rows[0]["n"] == 1


async def test_a_deactivated_account_is_not_reminded(world: World) -> None:
    await accounts.deactivate(
        world.ids["account:secretary"], actor=await world.actor("administrator"), now=world.now
    )
    await jobs.write(*EVERYBODY, now=world.at("2025-11-13"))
    assert await written("secretary", world) == []


async def test_a_role_that_has_ended_reminds_of_nothing(world: World) -> None:
    await RoleHeld.update({RoleHeld.valid_to: date(2025, 11, 12)}).where(
        RoleHeld.account == world.ids["account:secretary"]
    )
    await jobs.write(*EVERYBODY, now=world.at("2025-11-13"))
    assert await written("secretary", world) == []


async def test_only_those_are_asked_for_whom_something_can_wait(world: World) -> None:
    asked = await queries.accounts_asked(date(2025, 11, 13))
    assert world.ids["account:secretary"] in asked
    # On the staff, and not nominated.
    assert world.ids["account:staff"] not in asked


async def test_the_parts_hold_everybody_once(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jobs, "BATCH", 4)
    parts = await jobs.daily(now=world.at("2025-11-13"))
    rows = await Reminder.raw(
        "SELECT (args ->> 'after')::int AS after, (args ->> 'upto')::int AS upto"
        " FROM procrastinate_jobs WHERE task_name = 'reminders.write' ORDER BY id"
    )
    today = date(2025, 11, 13)
    found = [
        account
        for row in rows
        for account in await queries.accounts_asked(today, row["after"], row["upto"])
    ]
    assert tuple(found) == await queries.accounts_asked(today)
    assert len(rows) == parts == -(-len(found) // 4)


async def test_a_round_that_is_not_opened_reminds_nobody(world: World) -> None:
    await ReviewRound.raw(
        "UPDATE review_round SET scoring_close_on = '2026-06-01' WHERE id = {}",
        world.ids["round_2026"],
    )
    await jobs.write(*EVERYBODY, now=world.at("2026-05-30"))
    here = f"/rounds/{world.ids['round_2026']}"
    assert here not in [href for _, _, href in await written("secretary", world)]


async def test_statements_do_not_grow_with_the_reminders(world: World) -> None:
    now = world.at("2025-11-13")
    actor = await world.actor("secretary", now)
    for number in range(20):
        await MovementDate(
            movement=world.ids["movement"], name=f"Mốc {number}", month=11, day=14
        ).save()
    with world.count_queries() as many:
        found = await queries.dated_work(actor, now)
    assert sum(item.message == "{movement}: {name}." for item in found) == 20
    await MovementDate.delete(force=True)
    with world.count_queries() as none:
        await queries.dated_work(actor, now)
    assert many.count == none.count


async def test_the_queue_orders_a_day_once_for_any_number_of_workers(world: World) -> None:
    midnight = 1_763_510_400
    for _ in range(2):
        async with queue_at(world.url).open_async() as queue:
            registry = queue.periodic_registry
            tasks = registry.periodic_tasks.values()
            await PeriodicDeferrer(registry).defer_jobs([(task, midnight) for task in tasks])
    async with await psycopg.AsyncConnection.connect(world.url) as connection:
        cursor = await connection.execute("SELECT task_name FROM procrastinate_jobs ORDER BY 1")
        assert await cursor.fetchall() == [("files.sweep",), ("reminders.daily",)]


async def test_the_day_begins_at_seven_in_vietnam_and_late_starters_make_up_for_it(
    world: World,
) -> None:
    async with queue_at(world.url).open_async() as queue:
        deferrer = PeriodicDeferrer(queue.periodic_registry, **queue.periodic_defaults)
        seven = world.at("2025-11-13") - timedelta(hours=2)
        for hours, ordered in ((0, True), (16, True), (18, False)):
            deferrer.last_defers.clear()
            moment = seven + timedelta(hours=hours, seconds=1)
            found = [
                at
                for task, at in deferrer.get_previous_tasks(moment.timestamp())
                if task.task.name == "reminders.daily"
            ]
            assert found == ([int(seven.timestamp())] if ordered else [])


async def test_an_account_without_a_person_and_roles_is_no_trouble(world: World) -> None:
    account = Account(login="khach", name="Khách", password_hash="x")
    await account.save()
    assert int(account.id) not in await queries.accounts_asked(date(2025, 11, 13))
