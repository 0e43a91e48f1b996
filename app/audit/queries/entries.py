"""The log as its readers page through it: newest first, by key."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from piccolo.querystring import QueryString

from app.audit.forms import Asked
from app.audit.policy import may_read_log
from app.audit.rules import EntryRow
from app.audit.tables import AuditEntry
from app.kernel.actor import Actor
from app.kernel.period import VIETNAM
from app.kernel.refusal import NotVisible
from app.kernel.vietnamese import search_key
from app.web.paging import Cursor, PageOf

ROWS = 50
LARGEST_ID = 2**31 - 1
_COLUMNS = (
    "id, at, account_id, actor_name, roles, address, action, object_kind, object_id, detail, hash,"
    " acted_as"
)


def must_read_log(actor: Actor) -> None:
    """Everything below asks this first; for everybody else there is no log."""
    if not may_read_log(actor):
        raise NotVisible


async def entries_page(
    asked: Asked, actor: Actor, *, after: Cursor | None = None, rows: int = ROWS
) -> PageOf[EntryRow]:
    """At most `rows` entries older than the cursor."""
    must_read_log(actor)
    names = await _names_like(asked.actor) if asked.actor else None
    if names == []:
        return PageOf((), None)
    found = await AuditEntry.raw(
        f"SELECT {_COLUMNS} FROM audit_entry WHERE {{}} ORDER BY id DESC LIMIT {rows + 1}",
        _matching(asked, names, after),
    )
    shown = tuple(EntryRow(**row) for row in found[:rows])
    return PageOf(shown, Cursor("", shown[-1].id) if len(found) > rows else None)


async def entry(entry_id: int, actor: Actor) -> EntryRow:
    must_read_log(actor)
    if not 0 < entry_id <= LARGEST_ID:
        raise NotVisible
    rows = await AuditEntry.raw(f"SELECT {_COLUMNS} FROM audit_entry WHERE id = {{}}", entry_id)
    if not rows:
        raise NotVisible
    return EntryRow(**rows[0])


async def _names_like(typed: str) -> list[str]:
    """The names as the log keeps them in which every word typed begins a word."""
    words = search_key(typed).split()
    rows = await AuditEntry.raw("SELECT DISTINCT actor_name FROM audit_entry")
    return [
        row["actor_name"]
        for row in rows
        if all(f" {word}" in f" {search_key(row['actor_name'])}" for word in words)
    ]


def _matching(asked: Asked, names: list[str] | None, after: Cursor | None) -> QueryString:
    asks = [QueryString("id <= {}", after.id - 1 if after else LARGEST_ID)]
    if asked.action:
        asks.append(QueryString("action = {}", asked.action))
    if names is not None:
        asks.append(QueryString("actor_name = ANY({}::text[])", names))
    if asked.kind:
        asks.append(QueryString("object_kind = {}", asked.kind))
    if asked.object_id is not None:
        asks.append(QueryString("object_id = {}", asked.object_id))
    if asked.first:
        asks.append(QueryString("at >= {}", _midnight(asked.first)))
    if asked.last:
        asks.append(QueryString("at < {}", _midnight(asked.last + timedelta(days=1))))
    return QueryString(" AND ".join(["{}"] * len(asks)), *asks)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), VIETNAM)
