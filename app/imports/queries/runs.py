"""Import runs as their owner sees them."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from piccolo.querystring import QueryString

from app.imports import policy
from app.imports.tables import ImportRun
from app.kernel.actor import Actor
from app.kernel.refusal import NotVisible, Refusal
from app.organization.queries.reach import reach
from app.web.paging import Cursor, PageOf

LARGEST_ID = 2**31 - 1
PAGE = 30
_FACTS = (
    "SELECT i.id, i.kind, i.file_name, i.state, i.total, i.done, i.counts, i.problems, i.error,"
    " i.at, i.applied_at, f.sha256, a.login, a.id AS account_id, a.active"
    " FROM import_run i JOIN stored_file f ON f.id = i.file JOIN account a ON a.id = i.by"
)
# Of a run `i`: whether role `r` was held when it was checked or when it was applied.
_HELD_THEN = (
    "EXISTS (SELECT FROM (VALUES (i.at), (i.applied_at)) m(at)"
    " CROSS JOIN LATERAL (SELECT (m.at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date AS day) d"
    " WHERE r.valid_from <= d.day AND (r.valid_to IS NULL OR r.valid_to >= d.day))"
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
    """The own run, as long as its kind may be imported where it was; else `NotVisible`."""
    if not 0 < run_id <= LARGEST_ID:
        raise NotVisible
    rows = await ImportRun.raw(f"{_FACTS} WHERE i.id = {{}} AND {{}}", run_id, await own(actor))
    if not rows:
        raise NotVisible
    return _facts(rows[0])


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
        f"{_FACTS} WHERE {{}} AND i.id < {{}} ORDER BY i.id DESC LIMIT {{}}",
        await own(actor),
        cursor.id if cursor else LARGEST_ID,
        limit + 1,
    )
    shown = tuple(_facts(row) for row in rows[:limit])
    return PageOf(shown, Cursor("", shown[-1].id) if len(rows) > limit else None)


async def own(actor: Actor) -> QueryString:
    """Of the actor, and every role it was made with lies over units the actor still answers for.

    The lines of a run tell of the people of its time: they stay behind where the roles do.
    """
    found = QueryString("FALSE")
    for roles, kinds in policy.roles_of(policy.kinds_for(actor)).items():
        found = QueryString(
            "({} OR (i.kind = ANY({}) AND (SELECT bool_and(r.unit = ANY({})) FROM role_held r"
            f" WHERE r.account = i.by AND r.role = ANY({{}}) AND {_HELD_THEN})))",
            found,
            kinds,
            sorted(await reach(actor.units_for(*roles))),
            list(roles),
        )
    return QueryString("(i.by = {} AND {})", actor.account_id, found)


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
