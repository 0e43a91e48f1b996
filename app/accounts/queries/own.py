"""What a person sees of the own account."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from app.accounts.queries.sessions import token_hash
from app.accounts.rules import IDLE_LIMIT, device_of
from app.accounts.tables import Account, PasswordReset, SignInSession


@dataclass(frozen=True, slots=True)
class OpenSession:
    id: int
    device: str
    """Empty when the browser did not say what it is."""
    address: str
    since: datetime
    last_seen_at: datetime
    this_one: bool


@dataclass(frozen=True, slots=True)
class SecondFactor:
    """`secret` is there while a set-up waits for its first code."""

    confirmed_at: datetime | None
    secret: str | None
    codes_left: int


async def open_sessions(account_id: int, token: str, now: datetime) -> tuple[OpenSession, ...]:
    """Those that still open a page, the last seen first; the one that asks is marked."""
    rows = await SignInSession.raw(
        "SELECT id, token_hash, user_agent, address, created_at, last_seen_at"
        " FROM sign_in_session WHERE account = {} AND complete"
        " AND last_seen_at > {} AND expires_at > {} ORDER BY last_seen_at DESC, id DESC LIMIT 100",
        account_id,
        now - IDLE_LIMIT,
        now,
    )
    here = token_hash(token)
    return tuple(
        OpenSession(
            row["id"],
            device_of(row["user_agent"]),
            row["address"],
            row["created_at"],
            row["last_seen_at"],
            row["token_hash"] == here,
        )
        for row in rows
    )


async def second_factor(account_id: int) -> SecondFactor:
    rows = await Account.raw(
        "SELECT totp_confirmed_at, totp_secret, (SELECT count(*) FROM recovery_code c"
        " WHERE c.account = a.id AND c.used_at IS NULL) AS codes FROM account a WHERE id = {}",
        account_id,
    )
    row = rows[0]
    waiting = row["totp_confirmed_at"] is None
    return SecondFactor(
        row["totp_confirmed_at"], row["totp_secret"] if waiting else None, row["codes"]
    )


@dataclass(frozen=True, slots=True)
class ResetLink:
    id: int
    account_id: int
    login: str
    active: bool
    used: bool
    expires_at: datetime


async def reset_link(token: str, *, lock: bool = False) -> ResetLink | None:
    """`lock`: inside a transaction, before the link is used."""
    if lock:
        await PasswordReset.raw(
            "SELECT 1 FROM password_reset WHERE token_hash = {} FOR UPDATE", token_hash(token)
        )
    rows = await PasswordReset.raw(
        "SELECT r.id, r.account AS account_id, a.login, a.active, r.used_at IS NOT NULL AS used,"
        " r.expires_at FROM password_reset r JOIN account a ON a.id = r.account"
        " WHERE r.token_hash = {}",
        token_hash(token),
    )
    return ResetLink(**rows[0]) if rows else None
