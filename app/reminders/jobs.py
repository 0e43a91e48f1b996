"""The daily work: find who is asked, write reminders, send letters. Each part may run again."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import smtplib
from datetime import datetime

from app.accounts.queries import actor_of
from app.certificates.actions import public_url
from app.kernel.period import today_in_vietnam
from app.reminders import actions, queries, smtp
from app.reminders.letters import Reader
from app.reminders.queries.asked import readers_of_letters
from app.web import clock

logger = logging.getLogger("thidua")

# Accounts of one job: some seconds of work, so that certificates need not wait for all.
BATCH = 200
# Seven in the morning in Vietnam, which is midnight by the queue's clock: before work begins.
CRON = "0 0 * * *"
# A worker that starts later on that day still does it; the queue keeps it to once a day.
LATEST_SECONDS = 17 * 3600


class NotAllSent(Exception):
    """Some letters of a part were not taken; the queue tries those again."""


async def daily(*, now: datetime | None = None) -> int:
    """Order the parts; returns how many."""
    today = today_in_vietnam(now or clock.now())
    ids = await queries.accounts_asked(today)
    parts = [ids[start : start + BATCH] for start in range(0, len(ids), BATCH)]
    for part in parts:
        await actions.order_writing(part[0] - 1, part[-1])
    return len(parts)


async def write(after: int, upto: int, *, now: datetime | None = None) -> int:
    """Remind the accounts with `after` < id <= `upto`; returns how many reminders were new."""
    now = now or clock.now()
    new = 0
    for account_id in await queries.accounts_asked(today_in_vietnam(now), after, upto):
        new += await actions.remind(await actor_of(account_id, "", now), now)
    if smtp.wanted():
        await actions.order_letters(after, upto)
    return new


async def mail(after: int, upto: int, *, now: datetime | None = None) -> int:
    """Send the letters of these accounts; returns how many went out."""
    now = now or clock.now()
    server = smtp.configured()
    readers = await readers_of_letters(after, upto, today_in_vietnam(now))
    if server is None or not readers:
        return 0
    sending = smtp.connected(server)
    client = await asyncio.to_thread(sending.__enter__)
    try:
        return await _send(readers, client, server.sender, now)
    finally:
        # The letters are out or not by now; a farewell that fails changes nothing.
        with contextlib.suppress(OSError, smtplib.SMTPException):
            await asyncio.to_thread(sending.__exit__, None, None, None)


async def _send(
    readers: tuple[Reader, ...], client: smtplib.SMTP, sender: str, now: datetime
) -> int:
    sent = 0
    again = 0
    base = public_url()
    for reader in readers:
        try:
            sent += await actions.mail(reader, client, sender=sender, base=base, now=now)
        except smtplib.SMTPServerDisconnected:
            raise
        except (smtplib.SMTPException, ValueError) as error:
            # One spoilt address must not keep the letters of all others.
            logger.warning(
                "letter to account %s not sent: %s", reader.account_id, type(error).__name__
            )
            again += not _for_good(error)
    if again:
        raise NotAllSent(f"{again} of {len(readers)} letters")
    return sent


def _for_good(error: Exception) -> bool:
    """The server will say the same tomorrow, or there is no such address at all."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return all(code >= 500 for code, _ in error.recipients.values())
    if isinstance(error, smtplib.SMTPResponseException):
        return error.smtp_code >= 500
    return isinstance(error, ValueError | smtplib.SMTPNotSupportedError)
