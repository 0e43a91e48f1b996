"""One letter to one account, sent and marked."""

from __future__ import annotations

import asyncio
import smtplib
from datetime import datetime

from app.kernel.period import today_in_vietnam
from app.piccolo_conf import DB
from app.reminders.letters import Line, Reader, letter
from app.reminders.queries.asked import begins_letter, unmailed
from app.reminders.tables import Reminder
from app.reminders.words import sentence


async def mail(
    reader: Reader, client: smtplib.SMTP, *, sender: str, base: str, now: datetime
) -> bool:
    """False when there is nothing to send, or another worker is at it.

    The mark commits after the server has taken the letter: a crash between the two sends it once
    more, under the same Message-ID, and never a third time on that day.
    """
    async with DB.transaction():
        if not await begins_letter(reader.account_id):
            return False
        found = await unmailed(reader.account_id, now, today_in_vietnam(now))
        if not found:
            return False
        lines = [Line(sentence(one.message, one.values), one.href, one.due_on) for one in found]
        message = letter(reader, lines, sender=sender, base=base, now=now)
        await asyncio.to_thread(client.send_message, message)
        await Reminder.raw(
            "UPDATE reminder SET mailed_at = {} WHERE id = ANY({})", now, [one.id for one in found]
        )
    return True
