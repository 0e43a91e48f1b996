"""The secret address of the own calendar: made, made anew, revoked."""

from __future__ import annotations

import secrets
from datetime import datetime

from app.accounts.queries import token_hash
from app.audit import actions as audit
from app.kernel.actor import Actor
from app.piccolo_conf import DB
from app.reminders.tables import CalendarFeed


async def new_address(*, actor: Actor, now: datetime) -> str:
    """The token, told this once; an older one is dead from now on."""
    token = secrets.token_urlsafe(32)
    async with DB.transaction():
        await CalendarFeed.raw(
            "INSERT INTO calendar_feed (account, token_hash, at) VALUES ({}, {}, {})"
            " ON CONFLICT (account) DO UPDATE"
            " SET token_hash = excluded.token_hash, at = excluded.at",
            actor.account_id,
            token_hash(token),
            now,
        )
        await audit.record(
            actor, "reminders.new_calendar_address", "account", actor.account_id, now=now
        )
    return token


async def revoke_address(*, actor: Actor, now: datetime) -> bool:
    """False when there was none: a second click changes nothing."""
    async with DB.transaction():
        rows = await CalendarFeed.raw(
            "DELETE FROM calendar_feed WHERE account = {} RETURNING id", actor.account_id
        )
        if rows:
            await audit.record(
                actor, "reminders.revoke_calendar_address", "account", actor.account_id, now=now
            )
    return bool(rows)
