"""The composition root of background work: which jobs there are, and the process that does them."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Awaitable, Callable

from procrastinate import App, PsycopgConnector, RetryStrategy

from app import tidying
from app.certificates import actions as certificates
from app.certificates import jobs, queries
from app.imports import actions as imports
from app.imports import jobs as import_jobs
from app.imports.queries import runs
from app.reminders import actions as reminders
from app.reminders import jobs as reminder_jobs

logger = logging.getLogger("thidua")

# A worker says every ten seconds that it is alive; after three missed times it is taken for dead.
_SILENT_SECONDS = 30
_LOOK_EVERY_SECONDS = 15
# A mail server that is away is asked again after seconds, then minutes, then an hour.
_AGAIN = RetryStrategy(max_attempts=7, exponential_wait=4)


def queue_at(url: str) -> App:
    """The queue in that database, knowing every job of the product."""
    queue = App(
        connector=PsycopgConnector(conninfo=url, min_size=1, max_size=4),
        periodic_defaults={"max_delay": reminder_jobs.LATEST_SECONDS},
    )

    async def make_files(batch_id: int) -> None:
        await jobs.make_files(batch_id)

    queue.task(name=certificates.MAKE_FILES, queue=certificates.QUEUE)(make_files)
    queue.task(name=imports.WORK, queue=imports.QUEUE)(import_jobs.work)
    _know_reminders(queue)
    _know_tidying(queue)
    return queue


def _know_reminders(queue: App) -> None:
    """Once a day, however many workers there are: the queue keeps which day was ordered."""

    async def daily(timestamp: int) -> None:
        await reminder_jobs.daily()

    async def write(after: int, upto: int) -> None:
        await reminder_jobs.write(after, upto)

    async def mail(after: int, upto: int) -> None:
        await reminder_jobs.mail(after, upto)

    task = queue.task(name=reminders.DAILY, queue=reminders.QUEUE, retry=_AGAIN)(daily)
    queue.periodic(cron=reminder_jobs.CRON)(task)
    queue.task(name=reminders.WRITE, queue=reminders.QUEUE, retry=_AGAIN)(write)
    queue.task(name=reminders.MAIL, queue=reminders.QUEUE, retry=_AGAIN)(mail)


def _know_tidying(queue: App) -> None:
    """Once a night; a sweep that was killed is made up for by the next."""

    async def nightly(timestamp: int) -> None:
        await tidying.sweep_nightly()

    task = queue.task(name=tidying.SWEEP, queue=tidying.QUEUE)(nightly)
    queue.periodic(cron=tidying.CRON)(task)


async def _take_up_reminders(queue: App) -> None:
    """Parts of the day's reminders whose worker was killed; each of them may run again."""
    for job in await queue.job_manager.get_stalled_jobs(
        queue=reminders.QUEUE, seconds_since_heartbeat=_SILENT_SECONDS
    ):
        await queue.job_manager.retry_job(job)


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

        async def look() -> None:
            await take_up_abandoned()
            await _take_up_reminders(queue)

        looking = asyncio.create_task(_again_and_again(look))
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
