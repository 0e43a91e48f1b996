"""Slow down guessing, by account and by address."""

from __future__ import annotations

import hashlib
from datetime import datetime

from app.accounts.rules import FAILURE_WINDOW, refuse_attempt
from app.accounts.setting import failures_allowed_per_address
from app.accounts.tables import SignInFailure
from app.kernel.refusal import Refused


async def begin_attempt(login: str, address: str, now: datetime) -> int:
    """Count the attempt as failed before it is made; `forgive` it when it was right.

    The other way round, a hundred guesses sent at once would all be counted too late.
    """
    await SignInFailure.raw("DELETE FROM sign_in_failure WHERE at <= {}", now - FAILURE_WINDOW)
    failure = SignInFailure(login=login[:60], address=address, at=now)
    await failure.save()
    rows = await SignInFailure.raw(
        "SELECT count(*) FILTER (WHERE login = {}) AS by_login,"
        " count(*) FILTER (WHERE address = {}) AS by_address"
        " FROM sign_in_failure WHERE at > {} AND id <> {} AND (login = {} OR address = {})",
        failure.login,
        address,
        now - FAILURE_WINDOW,
        failure.id,
        failure.login,
        address,
    )
    per_address = failures_allowed_per_address()
    if refusal := refuse_attempt(rows[0]["by_login"], rows[0]["by_address"], per_address):
        # Knocking on a closed door must not keep it closed for ever.
        await forgive(failure.id)
        raise Refused(refusal)
    return int(failure.id)


def unknown(typed: str) -> str:
    """What to count for a login nobody has: a password typed into the wrong field stays unread.

    No login begins with this mark.
    """
    return f"#{hashlib.sha256(typed.encode()).hexdigest()[:40]}"


async def forgive(attempt: int) -> None:
    await SignInFailure.delete().where(SignInFailure.id == attempt)
