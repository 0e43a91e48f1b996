"""Making the files of a batch in the background, so that a kill at any moment loses nothing."""

from __future__ import annotations

import asyncio
import contextlib
import json
import logging
from collections.abc import AsyncGenerator, Callable, Generator, Iterator, Sequence
from datetime import datetime
from itertools import islice
from typing import cast

from app.audit import actions as audit
from app.certificates import queries
from app.certificates.documents import CertificateData, join_print_file, render_certificates
from app.certificates.queries import BatchFacts
from app.certificates.tables import IssueBatch
from app.files import actions as files
from app.files import store
from app.kernel.refusal import N_, Refused
from app.piccolo_conf import DB
from app.web import clock

logger = logging.getLogger("thidua")

# Files stored per transaction: what a kill makes us draw again at most.
CHUNK = 50
PDF = "application/pdf"

# Hears how many of how many files are stored.
OnProgress = Callable[[int, int], None]


async def make_files(
    batch_id: int,
    on_progress: OnProgress | None = None,
    *,
    now: datetime | None = None,
    chunk: int = CHUNK,
) -> None:
    """Make the missing files of a batch, then its print file; a finished batch stays as it is.

    May be called again after any stop, even while another call is still at it: the same content
    gives the same bytes, and a certificate that has its file keeps it. `chunk`: files stored per
    transaction. A failure is written to
    the batch and raised again.
    """
    now = now or clock.now()
    batch = await queries.batch(batch_id)
    if batch.state == "done":
        return
    await IssueBatch.raw(
        "UPDATE issue_batch SET state = 'running', error = '' WHERE id = {} AND state <> 'done'",
        batch_id,
    )
    try:
        await _make_missing(batch, on_progress, now, chunk)
        print_file = await _join(batch)
        await _finish(batch, print_file, now)
    except Exception as error:
        await _fail(batch, error, now)
        raise


async def _make_missing(
    batch: BatchFacts, on_progress: OnProgress | None, now: datetime, chunk: int
) -> None:
    missing = await queries.unmade(batch.id)
    contents = [CertificateData.from_json(json.loads(data)) for _, data in missing]
    done = batch.total - len(missing)
    async with contextlib.aclosing(_chunks(render_certificates(contents), chunk)) as chunks:
        async for made in chunks:
            first = done - batch.total + len(missing)
            ids = [certificate_id for certificate_id, _ in missing[first : first + len(made)]]
            await _attach(ids, made, now)
            done += len(made)
            if on_progress is not None:
                on_progress(done, batch.total)


async def _chunks(made: Iterator[bytes], size: int) -> AsyncGenerator[list[bytes], None]:
    """Draw in a thread: the pages of other readers go on meanwhile."""
    try:
        while chunk := await asyncio.to_thread(lambda: list(islice(made, size))):
            yield chunk
    finally:
        # A stop in the middle of a chunk finds the generator at work; it ends with its thread.
        with contextlib.suppress(ValueError):
            await asyncio.to_thread(cast("Generator[bytes]", made).close)


async def _attach(ids: Sequence[int], made: Sequence[bytes], now: datetime) -> None:
    async with DB.transaction():
        kept = [await files.keep(content, PDF, now) for content in made]
        await IssueBatch.raw(
            "UPDATE certificate c SET file = e.file"
            " FROM unnest({}::int[], {}::int[]) AS e(id, file)"
            " WHERE c.id = e.id AND c.file IS NULL",
            list(ids),
            kept,
        )


async def _join(batch: BatchFacts) -> bytes:
    """One file for the printer from the stored ones, each read only when its turn comes."""
    loop = asyncio.get_running_loop()
    names = await queries.made_files(batch.id)

    def stored() -> Iterator[bytes]:
        for name in names:
            yield asyncio.run_coroutine_threadsafe(store.read(name), loop).result()

    title = f"Giấy khen kèm theo Quyết định số {batch.decision_number}"
    return await asyncio.to_thread(join_print_file, stored(), title)


async def _finish(batch: BatchFacts, print_file: bytes, now: datetime) -> None:
    async with DB.transaction():
        kept = await files.keep(print_file, PDF, now)
        changed = await IssueBatch.raw(
            "UPDATE issue_batch SET state = 'done', error = '', print_file = {}, finished_at = {}"
            " WHERE id = {} AND state <> 'done' RETURNING id",
            kept,
            now,
            batch.id,
        )
        if changed:
            await _log(batch, "certificates.finish_issue", now, total=batch.total)


async def _fail(batch: BatchFacts, error: Exception, now: datetime) -> None:
    logger.error("making certificates of batch %s failed", batch.id, exc_info=error)
    async with DB.transaction():
        changed = await IssueBatch.raw(
            "UPDATE issue_batch SET state = 'failed', error = {}"
            " WHERE id = {} AND state <> 'done' RETURNING id",
            _in_a_sentence(error),
            batch.id,
        )
        if changed:
            await _log(batch, "certificates.fail_issue", now, error=type(error).__name__)


async def _log(batch: BatchFacts, action: str, now: datetime, **detail: object) -> None:
    await audit.record(
        None, action, "decision", batch.decision_id, now=now, batch=batch.id, **detail
    )


def _in_a_sentence(error: Exception) -> str:
    if isinstance(error, Refused):
        return error.refusal.message.format(**error.refusal.values)
    if isinstance(error, store.FileMissing):
        return N_("Kho tệp thiếu một giấy khen đã lưu; cần khôi phục kho tệp từ bản sao lưu.")
    return N_("Việc tạo tệp bị dừng giữa chừng; các giấy khen đã tạo vẫn được giữ.")
