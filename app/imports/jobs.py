"""Checking and applying in the background; a kill leaves a run as it was, to be taken up again."""

from __future__ import annotations

import asyncio
import contextvars
import json
import logging
from collections.abc import Awaitable, Callable
from dataclasses import astuple
from datetime import date, datetime

from app.accounts.queries import actor_for_login
from app.audit import actions as audit
from app.files import store
from app.imports import policy
from app.imports.actions import writing
from app.imports.queries import checking, created, runs
from app.imports.queries.capacity import act_with
from app.imports.queries.runs import RunFacts
from app.imports.rules.changes import additions, changes
from app.imports.rules.kinds import KINDS
from app.imports.rules.preview import preview
from app.imports.rules.problems import Outcome
from app.imports.rules.reading import Lines, Parsed, parse
from app.imports.tables import ImportRun
from app.kernel.actor import Actor
from app.kernel.period import today_in_vietnam
from app.kernel.refusal import N_, Refusal, Refused
from app.piccolo_conf import DB
from app.sheets.reading import read_sheet
from app.web import clock

logger = logging.getLogger("thidua")

# Lines of each sort kept with a run: a file with more is judged, and mended, by its first ones.
KEPT = 2000
# One worker at a time applies a run.
_LOCK_CLASS = 7_408_158
_last_parsed: dict[tuple[str, str, date], Parsed] = {}
_LEGACY = Refusal(
    "legacy-text",
    N_("Tệp dùng bảng mã cũ TCVN3 (ABC). Có thể chuyển sang Unicode rồi kiểm tra lại."),
)
_NO_LONGER = Refusal(
    "no-longer-allowed",
    N_("Tài khoản đã bị khóa hoặc không còn quyền nhập mục này; không có gì được ghi."),
)
_CHANGED = Refusal(
    "data-changed",
    N_("Dữ liệu đã thay đổi từ lúc kiểm tra; không có gì được ghi. Vui lòng xem các dòng lỗi."),
)
_FAILED = Refusal(
    "failed", N_("Việc nhập bị dừng vì lỗi; không có gì được ghi. Vui lòng tải tệp lên lại.")
)


async def work(run_id: int, *, now: datetime | None = None) -> None:
    """Check or apply, whichever the run waits for; a run that waits for nothing is left alone."""
    now = now or clock.now()
    run = await runs.run(run_id)
    if run.state not in policy.BUSY:
        return
    try:
        if run.state == "applying":
            await _apply(run, now)
        else:
            await _check(run, now)
    except Refused as refused:
        if refused.refusal is _NO_LONGER:
            await _fail(run, _NO_LONGER, now)
        else:
            await _refuse(run, refused.refusal)
    except Exception:
        logger.exception("import %s failed", run_id)
        await _fail(run, _FAILED, now)
        raise


async def _check(run: RunFacts, now: datetime) -> None:
    await ImportRun.raw("UPDATE import_run SET state = 'checking' WHERE id = {}", run.id)
    parsed = await _parsed(run, now)
    outcome = await _checked(run, parsed, now)
    await _found(run, parsed, outcome)


async def _apply(run: RunFacts, now: datetime) -> None:
    """All or nothing: the check is repeated behind the lock, on what is there now."""
    parsed = await _parsed(run, now)
    async with DB.transaction():
        # Not the row itself: how far we are is written beside this transaction.
        await ImportRun.raw("SELECT pg_advisory_xact_lock({}, {})", _LOCK_CLASS, run.id)
        if (await runs.run(run.id)).state != "applying":
            return
        await writing.lock(run.kind)
        outcome = await _checked(run, parsed, now)
        if not outcome.problems.bad:
            await writing.write(run.kind, outcome, _shower(run, outcome, len(parsed.rows)))
            await _finish(run, parsed, outcome, now)
        else:
            await _found(run, parsed, outcome, _CHANGED)
            await _record_failure(run, _CHANGED, now)
    if not outcome.problems.bad:
        await writing.renew_statistics(run.kind)


async def _parsed(run: RunFacts, now: datetime) -> Parsed:
    await _show(run.id, 0, 0)
    key = (run.sha256, run.kind, today_in_vietnam(now))
    parsed = _last_parsed.get(key)
    if parsed is None:
        parsed = await asyncio.to_thread(_parse, *key[1:], await store.read(run.sha256))
        # A file never changes under its name, and what was checked is mostly applied next.
        _last_parsed.clear()
        _last_parsed[key] = parsed
    return parsed.once_more()


def _parse(kind: str, today: date, content: bytes) -> Parsed:
    sheet = read_sheet(content)
    if sheet.legacy:
        raise Refused(_LEGACY)
    lines = Lines(
        sheet.headers, sheet.numbers, sheet.rows, sheet.odd_widths, sheet.spoilt, sheet.blank
    )
    return parse(KINDS[kind], lines, today)


async def _checked(run: RunFacts, parsed: Parsed, now: datetime) -> Outcome:
    await _show(run.id, 0, len(parsed.rows))
    actor = await _actor(run, now)
    return await checking.check(run.kind, parsed, actor, run.login, today_in_vietnam(now))


async def _actor(run: RunFacts, now: datetime) -> Actor:
    """Whom the run belongs to, asked anew: much may have happened since it was ordered."""
    actor = await actor_for_login(run.login, now)
    if not (await runs.run(run.id)).active or not policy.may_import(actor, run.kind):
        raise Refused(_NO_LONGER)
    return actor


async def _found(
    run: RunFacts, parsed: Parsed, outcome: Outcome, error: Refusal | None = None
) -> None:
    counts, total = outcome.counts(), len(parsed.rows)
    await ImportRun.raw(
        "UPDATE import_run SET state = {}, total = {}, done = {}, counts = {}, problems = {},"
        " lines = {}, error = {} WHERE id = {} AND state = ANY({})",
        "refused" if counts["refused"] else "ready",
        total,
        total,
        json.dumps(counts),
        json.dumps(outcome.problems.first(KEPT), ensure_ascii=False),
        await asyncio.to_thread(_lines, run.kind, parsed, outcome),
        _as_json(error) if error else "",
        run.id,
        list(policy.BUSY),
    )


async def _finish(run: RunFacts, parsed: Parsed, outcome: Outcome, now: datetime) -> None:
    _last_parsed.clear()
    counts, total = outcome.counts(), len(parsed.rows)
    await ImportRun.raw(
        "UPDATE import_run SET state = 'done', done = {}, total = {}, counts = {}, lines = {},"
        " applied_at = {} WHERE id = {}",
        total,
        total,
        json.dumps(counts),
        await asyncio.to_thread(_lines, run.kind, parsed, outcome),
        now,
        run.id,
    )
    actor = await _actor(run, now)
    await act_with(actor, run.kind, outcome, today_in_vietnam(now))
    added = additions(run.kind, await created.ids(run.kind, outcome), run.id)
    await audit.record_many(actor, "imports.add", added, now=now)
    changed = changes(KINDS[run.kind], parsed, outcome, run.id)
    await audit.record_many(actor, "imports.change", changed, now=now)
    await audit.record(actor, "imports.apply", "import", run.id, now=now, kind=run.kind, **counts)


async def _refuse(run: RunFacts, error: Refusal) -> None:
    await ImportRun.raw(
        "UPDATE import_run SET state = 'refused', error = {} WHERE id = {} AND state = ANY({})",
        _as_json(error),
        run.id,
        list(policy.BUSY),
    )


async def _fail(run: RunFacts, error: Refusal, now: datetime) -> None:
    async with DB.transaction():
        rows = await ImportRun.raw(
            "UPDATE import_run SET state = 'failed', error = {} WHERE id = {} AND state = ANY({})"
            " RETURNING id",
            _as_json(error),
            run.id,
            list(policy.BUSY),
        )
        if rows:
            await _record_failure(run, error, now)


async def _record_failure(run: RunFacts, error: Refusal, now: datetime) -> None:
    actor = await actor_for_login(run.login, now)
    await audit.record(
        actor, "imports.fail", "import", run.id, now=now, kind=run.kind, error=error.code
    )


def _shower(run: RunFacts, outcome: Outcome, total: int) -> Callable[[int], Awaitable[None]]:
    """Rows that stay as they are count as done from the start."""

    async def show(written: int) -> None:
        await _show(run.id, len(outcome.unchanged) + written, total)

    return show


async def _show(run_id: int, done: int, total: int) -> None:
    """Say how far we are on a connection of its own, outside any transaction under way."""

    async def say() -> None:
        await ImportRun.raw(
            "UPDATE import_run SET done = {}, total = {} WHERE id = {}", done, total, run_id
        )

    await asyncio.create_task(say(), context=contextvars.Context())


def _lines(kind: str, parsed: Parsed, outcome: Outcome) -> str:
    found = preview(KINDS[kind], parsed, outcome, KEPT)
    lines = {sort: [astuple(line) for line in planned] for sort, planned in found.items()}
    return json.dumps(lines, ensure_ascii=False)


def _as_json(refusal: Refusal) -> str:
    return json.dumps(
        {
            "code": refusal.code,
            "message": refusal.message,
            "values": {key: str(value) for key, value in refusal.values.items()},
        },
        ensure_ascii=False,
    )
