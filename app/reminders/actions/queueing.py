"""Put the day's work into the queue, in parts that let other work in between."""

from __future__ import annotations

import json

from app.reminders.tables import Reminder

# The names under which a worker knows the jobs.
DAILY = "reminders.daily"
WRITE = "reminders.write"
MAIL = "reminders.mail"
QUEUE = "reminders"
# One letter-writing job at a time: a mail server takes few connections kindly.
MAIL_LOCK = "reminders.mail"


async def order_writing(after: int, upto: int) -> None:
    """For the accounts with `after` < id <= `upto`."""
    await _order(WRITE, None, after, upto)


async def order_letters(after: int, upto: int) -> None:
    await _order(MAIL, MAIL_LOCK, after, upto)


async def _order(task: str, lock: str | None, after: int, upto: int) -> None:
    await Reminder.raw(
        "SELECT procrastinate_defer_jobs_v1(ARRAY[ROW({}::varchar, {}::varchar, 0, {}::text, NULL,"
        " {}::jsonb, NULL)::procrastinate_job_to_defer_v1])",
        QUEUE,
        task,
        lock,
        json.dumps({"after": after, "upto": upto}),
    )
