"""Write the log, in the transaction of the change itself."""

from __future__ import annotations

import json
from datetime import datetime

from app.audit import queries
from app.audit.rules import GENESIS, Checked, Entry, entry_hash
from app.audit.tables import AuditEntry
from app.kernel.actor import Actor
from app.kernel.period import today_in_vietnam
from app.piccolo_conf import DB

# One writer at a time extends the chain; held until the transaction ends.
_CHAIN_LOCK = 7_408_157


async def record(
    actor: Actor | None,
    action: str,
    object_kind: str,
    object_id: int | None,
    *,
    now: datetime,
    **detail: object,
) -> None:
    """Call last in an action: the lock it takes makes other writers wait for this commit.

    `detail` must hold neither marks nor discipline content; ids, codes and states only.
    """
    await AuditEntry.raw("SELECT pg_advisory_xact_lock({})", _CHAIN_LOCK)
    last = await AuditEntry.raw("SELECT hash FROM audit_entry ORDER BY id DESC LIMIT 1")
    entry = Entry(
        at=now,
        account_id=actor.account_id if actor else None,
        actor_name=actor.name if actor else "",
        roles=",".join(sorted(actor.units)) if actor else "",
        address=actor.address if actor else "",
        action=action,
        object_kind=object_kind,
        object_id=object_id,
        detail=json.dumps(detail, ensure_ascii=False, sort_keys=True, default=str),
        previous_hash=last[0]["hash"] if last else GENESIS,
    )
    await AuditEntry(
        at=entry.at,
        account_id=entry.account_id,
        actor_name=entry.actor_name,
        roles=entry.roles,
        address=entry.address,
        action=entry.action,
        object_kind=entry.object_kind,
        object_id=entry.object_id,
        detail=entry.detail,
        previous_hash=entry.previous_hash,
        hash=entry_hash(entry),
    ).save()


async def check_chain(*, actor: Actor, now: datetime) -> Checked:
    """Walk the whole chain now and log what was found, for the pages to show."""
    await queries.must_read_log(actor, today_in_vietnam(now))
    # Outside the transaction: a long walk must not hold up those who write.
    checked = await queries.verify()
    found: dict[str, object] = {"entries": checked.entries}
    if checked.head:
        found["last"] = checked.head.id
    if checked.misfit:
        found |= {"entry": checked.misfit.entry_id, "why": checked.misfit.why}
    async with DB.transaction():
        await record(actor, "audit.verify", "log", None, now=now, **found)
    return checked
