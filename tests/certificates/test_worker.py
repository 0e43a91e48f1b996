from __future__ import annotations

import asyncio
import contextlib

import psycopg
import pytest

from app.certificates import queries
from app.worker import run_worker
from tests.certificates.issued import decide, order
from tests.conftest import World

pytestmark = pytest.mark.anyio


async def states(world: World) -> list[str]:
    async with await psycopg.AsyncConnection.connect(world.url) as connection:
        cursor = await connection.execute("SELECT status::text FROM procrastinate_jobs")
        return [row[0] for row in await cursor.fetchall()]


async def until_done(world: World, batch_id: int) -> None:
    """Until the batch is finished and the queue has forgotten its job."""
    while (await queries.batch(batch_id)).state != "done" or await states(world):  # noqa: ASYNC110
        await asyncio.sleep(0.1)


async def test_a_worker_beside_the_server_makes_what_is_ordered_and_stops_when_told(
    world: World,
) -> None:
    decision_id = await decide(world)
    worker = asyncio.create_task(run_worker(world.url, alone=False))
    try:
        batch_id = await order(world, decision_id)
        async with asyncio.timeout(60):
            await until_done(world, batch_id)
        assert not worker.done()
    finally:
        worker.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await worker
    assert (await queries.batch(batch_id)).made == 4
