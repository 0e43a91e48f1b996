"""Whom the daily work is about. No reader is asked for: only the jobs use this."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from app.accounts.tables import Account
from app.kernel.actor import Role
from app.kernel.period import VIETNAM
from app.reminders.letters import Reader
from app.reminders.tables import Reminder


@dataclass(frozen=True, slots=True)
class Asked:
    """A reminder on its way into a letter."""

    id: int
    message: str
    values: dict[str, Any]
    href: str
    due_on: date | None


async def accounts_asked(today: date, after: int = 0, upto: int = 2**31 - 1) -> tuple[int, ...]:
    """Active accounts that something can wait for.

    Being on the staff asks nothing of anybody by itself: they come in by a dossier of their own
    in a round that is not decided.
    """
    rows = await Account.raw(
        "SELECT a.id FROM account a WHERE a.active AND a.id > {} AND a.id <= {} AND ("
        " EXISTS (SELECT FROM role_held h WHERE h.account = a.id AND h.role <> {}"
        " AND h.valid_from <= {} AND (h.valid_to IS NULL OR h.valid_to >= {}))"
        " OR EXISTS (SELECT FROM nomination n WHERE n.person = a.person"
        " AND n.stage NOT IN ('refused', 'withdrawn') AND NOT EXISTS"
        " (SELECT FROM award_decision d WHERE d.round = n.round))) ORDER BY a.id",
        after,
        upto,
        Role.STAFF.value,
        today,
        today,
    )
    return tuple(row["id"] for row in rows)


async def readers_of_letters(after: int, upto: int, today: date) -> tuple[Reader, ...]:
    """Active accounts with an e-mail address and something unread to be told."""
    rows = await Account.raw(
        "SELECT a.id AS account_id, a.name, a.email FROM account a"
        " WHERE a.active AND coalesce(a.email, '') <> '' AND a.id > {} AND a.id <= {}"
        f" AND EXISTS (SELECT FROM reminder r WHERE r.account = a.id AND {_UNTOLD}) ORDER BY a.id",
        after,
        upto,
        today,
    )
    return tuple(Reader(**row) for row in rows)


async def unmailed(account_id: int, now: datetime, today: date) -> tuple[Asked, ...]:
    """Due first; nothing when the account has had its letter of this day already."""
    begins = datetime.combine(today, datetime.min.time(), VIETNAM)
    rows = await Reminder.raw(
        "SELECT r.id, r.message, r.figures, r.href, r.due_on FROM reminder r"
        f" WHERE r.account = {{}} AND {_UNTOLD} AND NOT EXISTS (SELECT FROM reminder x"
        " WHERE x.account = r.account AND x.mailed_at >= {} AND x.mailed_at < {})"
        " ORDER BY r.due_on NULLS LAST, r.id",
        account_id,
        today,
        begins,
        begins + timedelta(days=1),
    )
    return tuple(
        Asked(row["id"], row["message"], json.loads(row["figures"]), row["href"], row["due_on"])
        for row in rows
    )


async def begins_letter(account_id: int) -> bool:
    """Call inside a transaction. False when another worker is writing to the same account."""
    rows = await Reminder.raw(
        "SELECT pg_try_advisory_xact_lock({}, {}) AS free", _LETTER_LOCK, account_id
    )
    return bool(rows[0]["free"])


# Not mailed, not read on the page meanwhile, and not past: yesterday's news need no letter.
_UNTOLD = "r.mailed_at IS NULL AND r.read_at IS NULL AND (r.due_on IS NULL OR r.due_on >= {})"
_LETTER_LOCK = 7_408_159
