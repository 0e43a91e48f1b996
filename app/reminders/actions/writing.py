"""Write what one account is to be reminded of today; a second time writes nothing."""

from __future__ import annotations

import json
from datetime import datetime

from app.kernel.actor import Actor
from app.kernel.period import today_in_vietnam
from app.reminders.queries import dated_work
from app.reminders.rules import due_reminders
from app.reminders.tables import Reminder


async def remind(actor: Actor, now: datetime) -> int:
    """How many were new. What makes it safe beside another worker is `reminder_once`."""
    due = due_reminders(await dated_work(actor, now), today_in_vietnam(now))
    if not due:
        return 0
    rows = await Reminder.raw(
        "INSERT INTO reminder (account, occasion, message, figures, href, due_on, at)"
        " SELECT {}, x.occasion, x.message, x.figures, x.href, x.due_on::date, {}"
        " FROM json_to_recordset({}::json) AS x"
        " (occasion text, message text, figures text, href text, due_on text)"
        " ON CONFLICT (account, occasion) DO NOTHING RETURNING id",
        actor.account_id,
        now,
        json.dumps(
            [
                {
                    "occasion": found.occasion,
                    "message": found.item.message,
                    "figures": json.dumps(dict(found.item.values), ensure_ascii=False, default=str),
                    "href": found.item.href,
                    "due_on": found.due.isoformat(),
                }
                for found in due
            ],
            ensure_ascii=False,
        ),
    )
    return len(rows)
