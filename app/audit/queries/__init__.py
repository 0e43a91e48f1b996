"""Read the log: the history of one object, the pages of the auditor, the chain."""

from __future__ import annotations

from app.audit.queries.chain import (
    LastCheck,
    head,
    last_check,
    verify,
)
from app.audit.queries.entries import (
    entries_page,
    entry,
    must_read_log,
)
from app.audit.queries.history import HistoryLine, history

__all__ = [
    "HistoryLine",
    "LastCheck",
    "entries_page",
    "entry",
    "head",
    "history",
    "last_check",
    "must_read_log",
    "verify",
]
