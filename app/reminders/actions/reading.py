"""Mark own reminders as read or unread. Nobody else's work changes by it, so it is not logged."""

from __future__ import annotations

from datetime import datetime

from app.kernel.actor import Actor
from app.kernel.refusal import NotVisible
from app.reminders.queries import LARGEST_ID
from app.reminders.tables import Reminder


async def mark(reminder_id: int, *, read: bool, actor: Actor, now: datetime) -> None:
    if not 0 < reminder_id <= LARGEST_ID:
        raise NotVisible
    rows = await Reminder.raw(
        "UPDATE reminder SET read_at = CASE WHEN {} THEN coalesce(read_at, {}) END"
        " WHERE id = {} AND account = {} RETURNING id",
        read,
        now,
        reminder_id,
        actor.account_id,
    )
    if not rows:
        raise NotVisible


async def mark_all(upto: int, *, actor: Actor, now: datetime) -> int:
    """`upto`: the newest one that was on the page; what came since stays unread."""
    rows = await Reminder.raw(
        "UPDATE reminder SET read_at = {} WHERE account = {} AND id <= {} AND read_at IS NULL"
        " RETURNING id",
        now,
        actor.account_id,
        max(0, min(upto, LARGEST_ID)),
    )
    return len(rows)
