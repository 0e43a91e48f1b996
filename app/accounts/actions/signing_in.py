from __future__ import annotations

from datetime import datetime

from piccolo.querystring import QueryString

from app.accounts import passwords
from app.accounts.actions.attempts import begin_attempt, forgive, unknown
from app.accounts.actions.codes import take_code
from app.accounts.queries import actor_of, session_of, token_hash
from app.accounts.rules import (
    ABSOLUTE_LIMIT,
    UNFINISHED_LIMIT,
    WRONG_CODE,
    WRONG_SIGN_IN,
    needs_second_factor,
)
from app.accounts.setting import second_factor_required
from app.accounts.tables import Account, SignInSession
from app.audit import actions as audit
from app.kernel.actor import Actor
from app.kernel.refusal import NotVisible, Refused
from app.piccolo_conf import DB


async def sign_in(
    login: str,
    password: str,
    address: str,
    now: datetime,
    *,
    user_agent: str = "",
    old_token: str | None = None,
) -> str:
    """Return a new session token; a wrong password is counted and refused.

    Whoever has a second factor, or must have one, gets a token that opens nothing but the next
    step (`session_of(...).step`). The cookie presented with the form is worth nothing afterwards.
    """
    typed = login.strip().lower()
    account = (
        await Account.select(Account.id, Account.login, Account.password_hash)
        .where((Account.login == typed) | (Account.email == typed), Account.active == True)  # noqa: E712 - Piccolo builds SQL from it
        # A login from before they lost their @ may be somebody's address: it goes before that.
        .order_by(QueryString("login <> {}", typed))
        .first()
    )
    # One account has one count, whichever of its two names is typed.
    attempt = await begin_attempt(account["login"] if account else unknown(typed), address, now)
    right = await passwords.matches(
        account["password_hash"] if account else passwords.NOBODY, password
    )
    if not right or not account:
        raise Refused(WRONG_SIGN_IN)
    await forgive(attempt)
    token = passwords.new_token()
    renewed = None
    if passwords.is_outdated(account["password_hash"]):
        renewed = await passwords.hashed(password)
    async with DB.transaction():
        protected = await _still_right(account["id"], account["password_hash"])
        if renewed:
            await Account.update({Account.password_hash: renewed}).where(
                Account.id == account["id"]
            )
        await SignInSession.delete().where(
            SignInSession.account == account["id"], SignInSession.expires_at <= now
        )
        if old_token:
            await SignInSession.delete().where(SignInSession.token_hash == token_hash(old_token))
        actor = await actor_of(account["id"], address, now)
        complete = not protected and not _must_set_up(actor)
        await SignInSession(
            token_hash=token_hash(token),
            account=account["id"],
            address=address,
            user_agent=user_agent.replace("\x00", "")[:200],
            complete=complete,
            created_at=now,
            last_seen_at=now,
            expires_at=now + (ABSOLUTE_LIMIT if complete else UNFINISHED_LIMIT),
        ).save()
        if complete:
            await audit.record(actor, "accounts.sign_in", "account", account["id"], now=now)
    return token


async def give_code(token: str, typed: str, address: str, now: datetime) -> str:
    """The second step: a code from the telephone or a recovery code. Returns the new token."""
    session = await session_of(token, address, now)
    if session is None or session.step != "code":
        raise NotVisible
    attempt = await begin_attempt(session.login, address, now)
    async with DB.transaction():
        taken = await take_code(session.account_id, typed, now)
        renewed = await complete_session(session.id, now) if taken else None
        if renewed:
            await audit.record(
                session.actor, "accounts.sign_in", "account", session.account_id, now=now
            )
    if not renewed:
        raise Refused(WRONG_CODE)
    await forgive(attempt)
    return renewed


async def complete_session(session_id: int, now: datetime) -> str | None:
    """Inside a transaction: the waiting session becomes a full one under a new token.

    None when another tab was faster or the session was ended meanwhile.
    """
    token = passwords.new_token()
    rows = await SignInSession.raw(
        "UPDATE sign_in_session SET complete = TRUE, token_hash = {}, created_at = {},"
        " last_seen_at = {}, expires_at = {} WHERE id = {} AND NOT complete RETURNING id",
        token_hash(token),
        now,
        now,
        now + ABSOLUTE_LIMIT,
        session_id,
    )
    return token if rows else None


async def sign_out(token: str, address: str, now: datetime) -> None:
    """Whoever only gave the password was never in, and so does not go out."""
    async with DB.transaction():
        rows = await SignInSession.raw(
            "DELETE FROM sign_in_session WHERE token_hash = {} RETURNING account, complete",
            token_hash(token),
        )
        if rows and rows[0]["complete"]:
            account_id = rows[0]["account"]
            actor = await actor_of(account_id, address, now)
            await audit.record(actor, "accounts.sign_out", "account", account_id, now=now)


async def _still_right(account_id: int, password_hash: str) -> bool:
    """Lock the account; a password changed while ours was being verified counts as wrong.

    Returns whether a second factor is on.
    """
    await Account.raw("SELECT 1 FROM account WHERE id = {} FOR UPDATE", account_id)
    rows = await Account.raw(
        "SELECT totp_confirmed_at IS NOT NULL AS protected FROM account"
        " WHERE id = {} AND active AND password_hash = {}",
        account_id,
        password_hash,
    )
    if not rows:
        raise Refused(WRONG_SIGN_IN)
    return bool(rows[0]["protected"])


def _must_set_up(actor: Actor) -> bool:
    return second_factor_required() and needs_second_factor(actor.units.keys())
