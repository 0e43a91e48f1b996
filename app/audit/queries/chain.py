"""Walk the chain in pages by key: the memory it takes does not grow with the log."""

from __future__ import annotations

import json
from collections.abc import AsyncGenerator, Mapping
from dataclasses import dataclass
from datetime import datetime

from app.audit import rules
from app.audit.rules import Checked, Entry, Head, Misfit
from app.audit.tables import AuditEntry

PAGE = 2_000
# Each finished walk is itself an entry; the newest one tells the page how far the log was read.
CHECKED = "audit.verify"
_HASHED = tuple(Entry.__dataclass_fields__)


async def verify(anchors: Mapping[int, str] | None = None, *, page: int = PAGE) -> Checked:
    """From the first entry to the first that does not fit, else to the last.

    `anchors` maps entry ids to hashes written down earlier: only they show that the end of the
    log was cut off, or that all of it was written anew.
    """
    count, last = 0, None
    async for entry_id, entry, stored in _walk(page):
        previous = last.hash if last else rules.GENESIS
        if not rules.fits(entry, stored, previous):
            another = await _another_follows(entry_id, previous)
            why = rules.why_not(entry, stored, another_follows=another)
            return Checked(count, last, Misfit(entry_id, why), await _anchors(anchors or {}))
        count, last = count + 1, Head(entry_id, entry.at, stored)
    return Checked(count, last, None, await _anchors(anchors or {}))


async def _walk(page: int) -> AsyncGenerator[tuple[int, Entry, str], None]:
    after = 0
    while True:
        rows = await AuditEntry.raw(
            f"SELECT id, hash, {', '.join(_HASHED)} FROM audit_entry"
            f" WHERE id > {{}} ORDER BY id LIMIT {page}",
            after,
        )
        for row in rows:
            yield row["id"], Entry(*(row[name] for name in _HASHED)), row["hash"]
        if len(rows) < page:
            return
        after = rows[-1]["id"]


async def _another_follows(entry_id: int, previous: str) -> bool:
    rows = await AuditEntry.raw(
        "SELECT 1 FROM audit_entry WHERE previous_hash = {} AND id <> {}", previous, entry_id
    )
    return bool(rows)


async def _anchors(anchors: Mapping[int, str]) -> tuple[Misfit, ...]:
    if not anchors:
        return ()
    rows = await AuditEntry.raw(
        "SELECT id, hash FROM audit_entry WHERE id = ANY({})", list(anchors)
    )
    stored = {row["id"]: row["hash"] for row in rows}
    found = (rules.anchor_misfit(key, anchors[key], stored.get(key)) for key in sorted(anchors))
    return tuple(misfit for misfit in found if misfit)


async def head() -> Head | None:
    rows = await AuditEntry.raw("SELECT id, at, hash FROM audit_entry ORDER BY id DESC LIMIT 1")
    return Head(**rows[0]) if rows else None


@dataclass(frozen=True, slots=True)
class LastCheck:
    """`last` is the last entry that fitted, None when not even the first one did."""

    at: datetime
    by: str
    entries: int
    last: int | None
    misfit: Misfit | None


async def last_check() -> LastCheck | None:
    rows = await AuditEntry.raw(
        "SELECT at, actor_name, detail FROM audit_entry WHERE action = {} ORDER BY id DESC LIMIT 1",
        CHECKED,
    )
    if not rows:
        return None
    detail = json.loads(rows[0]["detail"])
    misfit = Misfit(detail["entry"], detail["why"]) if "why" in detail else None
    return LastCheck(
        rows[0]["at"], rows[0]["actor_name"], detail["entries"], detail.get("last"), misfit
    )
