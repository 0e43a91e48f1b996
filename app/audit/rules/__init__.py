"""The hash chain: each entry's hash covers its own content and the hash before it."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import UTC, datetime

GENESIS = "0" * 64

# Why an entry, or an anchor written down elsewhere, does not fit.
CHANGED = "changed"
MISSING = "missing"
INSERTED = "inserted"


@dataclass(frozen=True, slots=True)
class Entry:
    """One log entry as it is hashed; `detail` and `acted_as` are JSON text exactly as stored."""

    at: datetime
    account_id: int | None
    actor_name: str
    roles: str
    address: str
    action: str
    object_kind: str
    object_id: int | None
    detail: str
    previous_hash: str
    acted_as: str | None = None


@dataclass(frozen=True, slots=True)
class Head:
    """The last entry: whoever knows its hash can tell later that all before it is as it was."""

    id: int
    at: datetime
    hash: str


@dataclass(frozen=True, slots=True)
class Misfit:
    """`why` is CHANGED, MISSING (what stood before the entry is gone or replaced) or INSERTED."""

    entry_id: int
    why: str


@dataclass(frozen=True, slots=True)
class Checked:
    """What a walk from the first entry found; `head` is the last entry that still fits.

    `anchors`: the given ones that do not hold, CHANGED or MISSING.
    """

    entries: int
    head: Head | None
    misfit: Misfit | None
    anchors: tuple[Misfit, ...] = ()

    @property
    def whole(self) -> bool:
        return self.misfit is None and not self.anchors


@dataclass(frozen=True, slots=True)
class EntryRow:
    """`detail` and `acted_as` are JSON text, `roles` codes with commas between."""

    id: int
    at: datetime
    account_id: int | None
    actor_name: str
    roles: str
    address: str
    action: str
    object_kind: str
    object_id: int | None
    detail: str
    hash: str
    acted_as: str | None


def entry_hash(entry: Entry) -> str:
    content = [
        entry.at.astimezone(UTC).isoformat(timespec="microseconds"),
        entry.account_id,
        entry.actor_name,
        entry.roles,
        entry.address,
        entry.action,
        entry.object_kind,
        entry.object_id,
        entry.detail,
        entry.previous_hash,
    ]
    # Entries from before the role was kept are hashed as they were then.
    if entry.acted_as is not None:
        content.append(entry.acted_as)
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def fits(entry: Entry, stored_hash: str, previous: str) -> bool:
    return entry.previous_hash == previous and entry_hash(entry) == stored_hash


def why_not(entry: Entry, stored_hash: str, *, another_follows: bool) -> str:
    """For an entry that does not fit; `another_follows`: a different one continues the chain."""
    if another_follows:
        return INSERTED
    return CHANGED if entry_hash(entry) != stored_hash else MISSING


def anchor_misfit(entry_id: int, hash_: str, stored_hash: str | None) -> Misfit | None:
    """`stored_hash` is None where the log has no such entry."""
    if stored_hash is None:
        return Misfit(entry_id, MISSING)
    return None if stored_hash == hash_ else Misfit(entry_id, CHANGED)
