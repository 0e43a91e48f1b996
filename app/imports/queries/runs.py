"""Import runs as their owner sees them."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app.imports import policy
from app.imports.tables import ImportRun
from app.kernel.actor import Actor
from app.kernel.refusal import NotVisible, Refusal
from app.web.paging import Cursor, PageOf

LARGEST_ID = 2**31 - 1
PAGE = 30
_FACTS = (
    "SELECT i.id, i.kind, i.file_name, i.state, i.total, i.done, i.counts, i.problems, i.error,"
    " i.at, i.applied_at, f.sha256, a.login, a.id AS account_id, a.active"
    " FROM import_run i JOIN stored_file f ON f.id = i.file JOIN account a ON a.id = i.by"
)


@dataclass(frozen=True, slots=True)
class ProblemLine:
    row: int
    column: str
    value: str
    refusal: Refusal
    refused: bool


@dataclass(frozen=True, slots=True)
class RunFacts:
    """`done` of `total` lines; `error`: why the file as a whole was refused or the work failed.

    `active`: the account it belongs to may still sign in.
    """

    id: int
    kind: str
    file_name: str
    state: str
    total: int
    done: int
    counts: dict[str, int]
    problems: tuple[ProblemLine, ...]
    error: Refusal | None
    at: datetime
    applied_at: datetime | None
    sha256: str
    login: str
    account_id: int
    active: bool

    @property
    def legacy(self) -> bool:
        return self.error is not None and self.error.code == "legacy-text"


async def run_for(run_id: int, actor: Actor) -> RunFacts:
    """The own run, as long as its kind may be imported; else `NotVisible`."""
    found = await run(run_id)
    if found.account_id != actor.account_id or not policy.may_import(actor, found.kind):
        raise NotVisible
    return found


async def run_for_update(run_id: int, actor: Actor) -> RunFacts:
    if 0 < run_id <= LARGEST_ID:
        await ImportRun.raw("SELECT 1 FROM import_run WHERE id = {} FOR UPDATE", run_id)
    return await run_for(run_id, actor)


async def run(run_id: int) -> RunFacts:
    """For the work itself: no reader is asked for."""
    if not 0 < run_id <= LARGEST_ID:
        raise NotVisible
    rows = await ImportRun.raw(f"{_FACTS} WHERE i.id = {{}}", run_id)
    if not rows:
        raise NotVisible
    return _facts(rows[0])


async def own_runs(
    actor: Actor, cursor: Cursor | None = None, limit: int = PAGE
) -> PageOf[RunFacts]:
    """Newest first."""
    rows = await ImportRun.raw(
        f"{_FACTS} WHERE i.by = {{}} AND i.kind = ANY({{}}) AND i.id < {{}}"
        " ORDER BY i.id DESC LIMIT {}",
        actor.account_id,
        list(policy.kinds_for(actor)),
        cursor.id if cursor else LARGEST_ID,
        limit + 1,
    )
    shown = tuple(_facts(row) for row in rows[:limit])
    return PageOf(shown, Cursor("", shown[-1].id) if len(rows) > limit else None)


async def abandoned(silent_seconds: int) -> tuple[int, ...]:
    """Runs under way that no job will finish: it was lost, or its worker fell silent."""
    rows = await ImportRun.raw(
        "SELECT i.id FROM import_run i WHERE i.state IN ('queued', 'checking', 'applying')"
        " AND NOT EXISTS (SELECT 1 FROM procrastinate_jobs j LEFT JOIN procrastinate_workers w"
        " ON w.id = j.worker_id WHERE (j.args ->> 'run_id')::int = i.id AND"
        " (j.status = 'todo' OR (j.status = 'doing' AND w.last_heartbeat >"
        " now() - make_interval(secs => {})))) ORDER BY i.id",
        silent_seconds,
    )
    return tuple(row["id"] for row in rows)


def _facts(row: dict[str, Any]) -> RunFacts:
    problems = tuple(
        ProblemLine(
            p["row"],
            p["column"],
            p["value"],
            Refusal("row", p["message"], p["values"]),
            p["severity"] == "refused",
        )
        for p in json.loads(row["problems"] or "[]")
    )
    error = json.loads(row["error"]) if row["error"] else None
    return RunFacts(
        **{
            **row,
            "counts": json.loads(row["counts"] or "{}"),
            "problems": problems,
            "error": Refusal(error["code"], error["message"], error["values"]) if error else None,
        }
    )
