"""What must not exist among the reminders."""

from __future__ import annotations

from app.reminders.tables import Reminder


async def broken_reminder_told_before_it_was_written() -> list[str]:
    rows = await Reminder.raw(
        "SELECT 'reminder ' || id AS what FROM reminder WHERE read_at < at OR mailed_at < at"
    )
    return [row["what"] for row in rows]


async def broken_reminder_after_its_day() -> list[str]:
    """Nobody is reminded of what is over."""
    rows = await Reminder.raw(
        "SELECT 'reminder ' || id AS what FROM reminder"
        " WHERE due_on < (at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date"
    )
    return [row["what"] for row in rows]
