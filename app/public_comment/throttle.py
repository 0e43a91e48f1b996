"""How many comments came from one address lately: in memory, for ten minutes, never written.

Each process counts for itself, which at worst lets through the bound once per process. Addresses
are kept as a keyed hash whose key is born and dies with the process.
"""

from __future__ import annotations

import hashlib
import secrets
from collections import defaultdict, deque
from datetime import datetime

from app.kernel.refusal import Refusal
from app.public_comment.rules import PACE, refuse_pace

_KEY = secrets.token_bytes(32)
_MOST_KEYS = 20_000
_seen: defaultdict[tuple[str, str], deque[datetime]] = defaultdict(deque)


def refuse(code: str, address: str, now: datetime) -> Refusal | None:
    """Counts this one too, unless it is refused."""
    if len(_seen) > _MOST_KEYS:
        _forget(now)
    digest = hashlib.blake2b(address.encode(), key=_KEY, digest_size=16).hexdigest()
    keys = ((code, digest), (code, ""))
    refusal = refuse_pace(*(_recent(key, now) for key in keys))
    if refusal is None:
        for key in keys:
            _seen[key].append(now)
    return refusal


def _recent(key: tuple[str, str], now: datetime) -> int:
    moments = _seen[key]
    while moments and moments[0] <= now - PACE:
        moments.popleft()
    return len(moments)


def _forget(now: datetime) -> None:
    for key in [key for key in _seen if not _recent(key, now)]:
        del _seen[key]
