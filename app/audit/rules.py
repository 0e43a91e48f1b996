"""The hash chain: each entry's hash covers its own content and the hash before it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

GENESIS = "0" * 64


@dataclass(frozen=True, slots=True)
class Entry:
    """One log entry as it is hashed; `detail` is the JSON text exactly as stored."""

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
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def first_broken(chain: Iterable[tuple[int, Entry, str]]) -> int | None:
    """The id of the first entry that does not fit, or None; `chain` in order of writing."""
    previous = GENESIS
    for row_id, entry, stored_hash in chain:
        if entry.previous_hash != previous or entry_hash(entry) != stored_hash:
            return row_id
        previous = stored_hash
    return None
