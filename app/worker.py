"""The composition root of background work: which jobs there are, and the process that does them."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Awaitable, Callable

from procrastinate import App, PsycopgConnector

from app.certificates import actions as certificates
from app.certificates import jobs, queries
from app.imports import actions as imports
from app.imports import jobs as import_jobs
from app.imports.queries import runs

logger = logging.getLogger("thidua")

# A worker says every ten seconds that it is alive; after three missed times it is taken for dead.
_SILENT_SECONDS = 30
_LOOK_EVERY_SECONDS = 15


def queue_at(url: str) -> App:
    """The queue in that database, knowing every job of the product."""
    queue = App(connector=PsycopgConnector(conninfo=url, min_size=1, max_size=4))

    async def make_files(batch_id: int) -> None:
        await jobs.make_files(batch_id)

    queue.task(name=certificates.MAKE_FILES, queue=certificates.QUEUE)(make_files)
    queue.task(name=imports.WORK, queue=imports.QUEUE)(import_jobs.work)
    return queue


async def take_up_abandoned() -> tuple[int, ...]:
    """Order again what a killed worker left behind; returns the batches."""
    found = await queries.abandoned(_SILENT_SECONDS)
    for batch_id in found:
        await certificates.enqueue(batch_id)
    for run_id in await runs.abandoned(_SILENT_SECONDS):
        await imports.enqueue(run_id)
    return found


async def run_worker(url: str, *, alone: bool = True) -> None:
    """Work until stopped. Needs `database.connect(url)` first.

    `alone`: the process is nothing but this worker and ends on a signal; otherwise it runs
    beside a server and ends when its task is cancelled.
    """
    async with queue_at(url).open_async() as queue:
        looking = asyncio.create_task(_again_and_again(take_up_abandoned))
        try:
            await queue.run_worker_async(
                concurrency=1,
                delete_jobs="successful",
                install_signal_handlers=alone,
                shutdown_graceful_timeout=30 if alone else 5,
            )
        finally:
            looking.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await looking


async def _again_and_again(look: Callable[[], Awaitable[object]]) -> None:
    while True:
        try:
            await look()
        except Exception as error:
            # The database may be away for a while; the worker itself reconnects too.
            logger.warning("looking for abandoned work failed: %s", error)
        await asyncio.sleep(_LOOK_EVERY_SECONDS)
