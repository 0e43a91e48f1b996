"""Write the log, in the transaction of the change itself."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from app.audit import queries
from app.audit.rules import GENESIS, Checked, Entry, entry_hash
from app.audit.tables import AuditEntry
from app.kernel.actor import Actor
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
    await _append(actor, action, [(object_kind, object_id, detail)], now)


async def record_many(
    actor: Actor | None,
    action: str,
    objects: Sequence[tuple[str, int, Mapping[str, object]]],
    *,
    now: datetime,
) -> None:
    """`record` for each kind, id and detail of `objects`, in as many statements as for one."""
    if objects:
        await _append(actor, action, objects, now)


async def _append(
    actor: Actor | None,
    action: str,
    objects: Sequence[tuple[str, int | None, Mapping[str, object]]],
    now: datetime,
) -> None:
    await AuditEntry.raw("SELECT pg_advisory_xact_lock({})", _CHAIN_LOCK)
    last = await AuditEntry.raw("SELECT hash FROM audit_entry ORDER BY id DESC LIMIT 1")
    entry = Entry(
        at=now,
        account_id=actor.account_id if actor else None,
        actor_name=actor.name if actor else "",
        roles=",".join(sorted(actor.units)) if actor else "",
        address=actor.address if actor else "",
        action=action,
        object_kind="",
        object_id=None,
        detail="",
        previous_hash="",
        acted_as=_capacity(actor) if actor else None,
    )
    hashes = [last[0]["hash"] if last else GENESIS]
    details = []
    for object_kind, object_id, detail in objects:
        details.append(json.dumps(detail, ensure_ascii=False, sort_keys=True, default=str))
        linked = replace(
            entry,
            object_kind=object_kind,
            object_id=object_id,
            detail=details[-1],
            previous_hash=hashes[-1],
        )
        hashes.append(entry_hash(linked))
    # Ids are given in the order of the chain.
    await AuditEntry.raw(
        "INSERT INTO audit_entry (at, account_id, actor_name, roles, address, action,"
        " object_kind, object_id, detail, previous_hash, hash, acted_as)"
        " SELECT {}::timestamptz, {}::int, {}::varchar, {}::varchar, {}::varchar, {}::varchar,"
        " e.kind, e.object, e.detail, e.previous, e.hash, {}::text"
        " FROM unnest({}::varchar[], {}::bigint[], {}::text[], {}::varchar[], {}::varchar[])"
        " WITH ORDINALITY AS e(kind, object, detail, previous, hash, place) ORDER BY e.place",
        entry.at,
        entry.account_id,
        entry.actor_name,
        entry.roles,
        entry.address,
        entry.action,
        entry.acted_as,
        [object_kind for object_kind, _, _ in objects],
        [object_id for _, object_id, _ in objects],
        details,
        hashes[:-1],
        hashes[1:],
    )


def _capacity(actor: Actor) -> str:
    """JSON of the roles by which the policy allowed this act; an empty list where none was needed.

    Names as they are today: the log outlives what it speaks of.
    """
    used = actor.used.during(DB.current_transaction.get())
    return json.dumps(
        [
            {
                "role": held.role,
                "unit": held.unit_id,
                "unit_name": held.unit_name,
                "stands_in_for": held.stands_in_for,
            }
            for held in used
        ],
        ensure_ascii=False,
    )


async def check_chain(*, actor: Actor, now: datetime) -> Checked:
    """Walk the whole chain now and log what was found, for the pages to show."""
    queries.must_read_log(actor)
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
