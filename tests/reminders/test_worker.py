"""The worker does the ordered parts, and takes up what a killed one left."""

from __future__ import annotations

import asyncio
import contextlib
import json

import pytest

from app import worker
from app.reminders import actions, jobs
from app.reminders.tables import Reminder
from tests.conftest import World

pytestmark = pytest.mark.anyio


async def left_over() -> list[str]:
    rows = await Reminder.raw(
        "SELECT status::text FROM procrastinate_jobs WHERE task_name = 'reminders.write'"
    )
    return [row["status"] for row in rows]


async def test_a_part_whose_worker_was_killed_is_taken_up(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[tuple[int, int]] = []

    async def write(after: int, upto: int) -> None:
        done.append((after, upto))

    monkeypatch.setattr(jobs, "write", write)
    await actions.order_writing(3, 9)
    await Reminder.raw(
        "UPDATE procrastinate_jobs SET status = 'doing', worker_id = NULL, attempts = 1"
    )
    running = asyncio.create_task(worker.run_worker(world.url, alone=False))
    try:
        async with asyncio.timeout(60):
            while await left_over():  # noqa: ASYNC110
                await asyncio.sleep(0.1)
    finally:
        running.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await running
    assert (3, 9) in done


async def test_a_part_that_fails_is_tried_again_later(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def mail(after: int, upto: int) -> None:
        raise jobs.NotAllSent("1 of 2 letters")

    monkeypatch.setattr(jobs, "mail", mail)
    await actions.order_letters(3, 9)
    async with worker.queue_at(world.url).open_async() as queue:
        await queue.run_worker_async(
            queues=["reminders"], wait=False, install_signal_handlers=False, concurrency=1
        )
    rows = await Reminder.raw(
        "SELECT status::text, attempts, scheduled_at > now() AS later, args FROM procrastinate_jobs"
        " WHERE task_name = 'reminders.mail'"
    )
    found = [(row["status"], row["attempts"], row["later"]) for row in rows]
    assert found == [("todo", 1, True)]
    assert json.loads(rows[0]["args"]) == {"after": 3, "upto": 9}
