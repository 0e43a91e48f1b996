"""Upload, conversion and the order to apply; the work itself is done by `jobs`."""

from __future__ import annotations

import asyncio
from datetime import datetime

from app.audit import actions as audit
from app.files import actions as files
from app.files import store
from app.imports import policy
from app.imports.forms import LONGEST_NAME
from app.imports.queries import runs
from app.imports.tables import ImportRun
from app.kernel.actor import Actor
from app.kernel.refusal import NotVisible, Refused
from app.piccolo_conf import DB
from app.sheets import reading

# The name under which a worker knows the job.
WORK = "imports.work"
QUEUE = "imports"


async def upload(kind: str, content: bytes, file_name: str, *, actor: Actor, now: datetime) -> int:
    """Keep the file and order its check. `Refused` when it is no sheet at all."""
    if not policy.may_import(actor, kind):
        raise NotVisible
    if refusal := await asyncio.to_thread(reading.refuse_file, content):
        raise Refused(refusal)
    async with DB.transaction():
        run_id = await _start(kind, content, file_name, actor, now)
        await audit.record(actor, "imports.upload", "import", run_id, now=now, kind=kind)
    return run_id


async def convert(run_id: int, *, actor: Actor, now: datetime) -> int:
    """A new run of the same file with its TCVN3 text in Unicode; the old one stays as it is."""
    found = await runs.run_for(run_id, actor)
    if not policy.may_import(actor, found.kind):
        raise NotVisible
    if refusal := policy.refuse_conversion(found.state, legacy=found.legacy):
        raise Refused(refusal)
    content = await asyncio.to_thread(_in_unicode, await store.read(found.sha256))
    name = f"{found.file_name.rpartition('.')[0][: LONGEST_NAME - 20]} (Unicode).csv"
    async with DB.transaction():
        new_id = await _start(found.kind, content, name, actor, now)
        await audit.record(actor, "imports.convert", "import", new_id, now=now, source=run_id)
    return new_id


async def order_application(run_id: int, *, actor: Actor, now: datetime) -> None:
    async with DB.transaction():
        found = await runs.run_for_update(run_id, actor)
        if not policy.may_import(actor, found.kind):
            raise NotVisible
        if refusal := policy.refuse_application(found.state):
            raise Refused(refusal)
        await ImportRun.raw(
            "UPDATE import_run SET state = 'applying', done = 0, error = '' WHERE id = {}", run_id
        )
        await enqueue(run_id)
        await audit.record(
            actor, "imports.order_application", "import", run_id, now=now, kind=found.kind
        )


async def enqueue(run_id: int) -> None:
    """Put the job into the queue on our own connection, so that it commits with the order."""
    await ImportRun.raw(
        "SELECT procrastinate_defer_jobs_v1(ARRAY[ROW({}::varchar, {}::varchar, 0, NULL, NULL,"
        " jsonb_build_object('run_id', {}::int), NULL)::procrastinate_job_to_defer_v1])",
        QUEUE,
        WORK,
        run_id,
    )


async def _start(kind: str, content: bytes, file_name: str, actor: Actor, now: datetime) -> int:
    run = ImportRun(
        kind=kind,
        file=await files.keep(content, reading.media_type(content), now),
        file_name=file_name,
        state="queued",
        total=0,
        done=0,
        counts="{}",
        problems="[]",
        error="",
        by=actor.account_id,
        at=now,
    )
    await run.save()
    await enqueue(int(run.id))
    return int(run.id)


def _in_unicode(content: bytes) -> bytes:
    return reading.to_csv(reading.converted(reading.read_sheet(content)))
