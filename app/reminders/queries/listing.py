"""An account's own reminders; there is no other way to read one."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from app.kernel.actor import Actor
from app.reminders.tables import Reminder
from app.web.paging import Cursor, PageOf

LARGEST_ID = 2**31 - 1
PAGE = 30
# The bell says no more than "99+".
MOST_COUNTED = 99


@dataclass(frozen=True, slots=True)
class ReminderLine:
    """`message` is a gettext id, `values` its figures."""

    id: int
    message: str
    values: dict[str, Any]
    href: str
    due_on: date | None
    at: datetime
    read: bool


async def reminders_page(
    actor: Actor, *, only_unread: bool = False, cursor: Cursor | None = None, limit: int = PAGE
) -> PageOf[ReminderLine]:
    """Newest first."""
    rows = await Reminder.raw(
        "SELECT id, message, figures, href, due_on, at, read_at IS NOT NULL AS read"
        " FROM reminder WHERE account = {} AND id < {} AND (read_at IS NULL OR NOT {})"
        f" ORDER BY id DESC LIMIT {limit + 1}",
        actor.account_id,
        cursor.id if cursor else LARGEST_ID,
        only_unread,
    )
    shown = rows[:limit]
    lines = tuple(
        ReminderLine(
            **{k: v for k, v in row.items() if k != "figures"}, values=json.loads(row["figures"])
        )
        for row in shown
    )
    return PageOf(lines, Cursor("", lines[-1].id) if len(rows) > limit else None)


async def unread(actor: Actor) -> int:
    """Counted up to one more than the bell shows."""
    rows = await Reminder.raw(
        "SELECT count(*) AS n FROM (SELECT FROM reminder WHERE account = {} AND read_at IS NULL"
        f" LIMIT {MOST_COUNTED + 1}) x",
        actor.account_id,
    )
    return int(rows[0]["n"])
