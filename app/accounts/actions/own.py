"""What people do with their own account, and with a link handed to them."""

from __future__ import annotations

from datetime import datetime

from app.accounts import passwords
from app.accounts.actions.attempts import begin_attempt, forgive
from app.accounts.queries import LARGEST_ID, actor_of, reset_link, token_hash
from app.accounts.rules import (
    DEAD_LINK,
    WRONG_PASSWORD,
    refuse_new_password,
    refuse_reset,
)
from app.accounts.tables import Account, PasswordReset, SignInFailure, SignInSession
from app.audit import actions as audit
from app.kernel.actor import Actor
from app.kernel.refusal import NotVisible, Refused
from app.piccolo_conf import DB


async def change_password(
    old: str, new: str, repeated: str, *, token: str, actor: Actor, now: datetime
) -> None:
    """`token`: of the session that asks and goes on; all others of the account are ended."""
    account = (
        await Account.select(Account.login, Account.password_hash)
        .where(Account.id == actor.account_id)
        .first()
    )
    if account is None:
        raise NotVisible
    if refusal := refuse_new_password(new, repeated, account["login"]):
        raise Refused(refusal)
    attempt = await begin_attempt(account["login"], actor.address, now)
    if not await passwords.matches(account["password_hash"], old):
        raise Refused(WRONG_PASSWORD)
    await forgive(attempt)
    new_hash = await passwords.hashed(new)
    async with DB.transaction():
        await Account.raw("SELECT 1 FROM account WHERE id = {} FOR UPDATE", actor.account_id)
        rows = await Account.raw(
            "UPDATE account SET password_hash = {} WHERE id = {} AND password_hash = {}"
            " RETURNING id",
            new_hash,
            actor.account_id,
            account["password_hash"],
        )
        if not rows:
            # Changed in another tab meanwhile: the old one typed here is no longer the old one.
            raise Refused(WRONG_PASSWORD)
        await _end_sessions(actor.account_id, but=token)
        await PasswordReset.delete().where(
            PasswordReset.account == actor.account_id, PasswordReset.used_at.is_null()
        )
        await audit.record(actor, "accounts.password", "account", actor.account_id, now=now)


async def end_session(session_id: int, *, actor: Actor, now: datetime) -> None:
    if not 0 < session_id <= LARGEST_ID:
        raise NotVisible
    async with DB.transaction():
        rows = await SignInSession.raw(
            "DELETE FROM sign_in_session WHERE id = {} AND account = {} RETURNING id",
            session_id,
            actor.account_id,
        )
        if not rows:
            raise NotVisible
        await audit.record(actor, "accounts.end_session", "account", actor.account_id, now=now)


async def end_other_sessions(token: str, *, actor: Actor, now: datetime) -> int:
    async with DB.transaction():
        ended = await _end_sessions(actor.account_id, but=token)
        if ended:
            await audit.record(
                actor, "accounts.end_session", "account", actor.account_id, now=now, number=ended
            )
    return ended


async def use_reset_link(
    token: str, password: str, repeated: str, *, address: str, now: datetime
) -> None:
    """Sets the password once; every session of the account ends, the second factor stays."""
    link = await reset_link(token)
    if link is None or refuse_reset(link.used, link.active, link.expires_at, now):
        raise Refused(DEAD_LINK)
    if refusal := refuse_new_password(password, repeated, link.login):
        raise Refused(refusal)
    new_hash = await passwords.hashed(password)
    async with DB.transaction():
        link = await reset_link(token, lock=True)
        if link is None or refuse_reset(link.used, link.active, link.expires_at, now):
            raise Refused(DEAD_LINK)
        await Account.raw(
            "UPDATE account SET password_hash = {} WHERE id = {}", new_hash, link.account_id
        )
        await PasswordReset.raw(
            "UPDATE password_reset SET used_at = {} WHERE id = {}", now, link.id
        )
        await _end_sessions(link.account_id)
        await SignInFailure.delete().where(SignInFailure.login == link.login)
        actor = await actor_of(link.account_id, address, now)
        await audit.record(actor, "accounts.reset_password", "account", link.account_id, now=now)


async def _end_sessions(account_id: int, *, but: str = "") -> int:
    rows = await SignInSession.raw(
        "DELETE FROM sign_in_session WHERE account = {} AND token_hash <> {} RETURNING id",
        account_id,
        token_hash(but),
    )
    return len(rows)
