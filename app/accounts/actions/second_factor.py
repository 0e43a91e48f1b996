from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from app.accounts import passwords
from app.accounts.actions.attempts import begin_attempt, forgive
from app.accounts.actions.codes import take_code
from app.accounts.actions.signing_in import complete_session
from app.accounts.queries import Session
from app.accounts.rules import (
    WRONG_CODE,
    WRONG_PASSWORD,
    refuse_confirmation,
    refuse_new_codes,
    refuse_removal,
    refuse_set_up,
)
from app.accounts.tables import Account, RecoveryCode, SignInSession
from app.accounts.totp import new_secret
from app.audit import actions as audit
from app.kernel.refusal import Refusal, Refused
from app.piccolo_conf import DB


async def begin_set_up(session: Session, password: str, now: datetime) -> None:
    """A new secret, of no effect until a code made from it was given back.

    Asks for the password, but not where it was typed a moment ago: who finds a browser left open
    must not lock its owner out.
    """
    attempt = await _attempt_with_password(session, password, now) if session.complete else None
    if attempt is not None:
        await forgive(attempt)
    async with DB.transaction():
        _, confirmed = await _lock(session.account_id)
        if refusal := refuse_set_up(confirmed):
            raise Refused(refusal)
        await Account.raw(
            "UPDATE account SET totp_secret = {}, totp_last_step = NULL WHERE id = {}",
            new_secret(),
            session.account_id,
        )


async def confirm_set_up(
    session: Session, typed: str, now: datetime
) -> tuple[tuple[str, ...], str | None]:
    """The recovery codes, to be shown this once, and the token of a session that waited for this.

    Other sessions, opened with the password alone, are ended.
    """
    attempt = await begin_attempt(session.login, session.actor.address, now)
    codes = passwords.new_recovery_codes()
    async with DB.transaction():
        started, confirmed = await _lock(session.account_id)
        refusal = refuse_confirmation(started, confirmed)
        taken = refusal is None and await take_code(session.account_id, typed, now)
        token = await _switch_on(session, codes, now) if taken else None
    if refusal:
        await forgive(attempt)
        raise Refused(refusal)
    if not taken:
        raise Refused(WRONG_CODE)
    await forgive(attempt)
    return codes, token


async def switch_off(session: Session, password: str, typed: str, now: datetime) -> None:
    """Asks for both: who finds a browser left open has neither."""
    if refusal := refuse_removal(session.protected, session.required):
        raise Refused(refusal)
    attempt = await _attempt_with_password(session, password, now)
    async with DB.transaction():
        _, confirmed = await _lock(session.account_id)
        # Another tab may have been faster.
        refusal = refuse_removal(confirmed, session.required)
        taken = refusal is None and await take_code(session.account_id, typed, now)
        if taken:
            await _switch_off(session, now)
    if refusal:
        await forgive(attempt)
        raise Refused(refusal)
    if not taken:
        raise Refused(WRONG_CODE)
    await forgive(attempt)


async def renew_codes(
    session: Session, password: str, typed: str, now: datetime
) -> tuple[str, ...]:
    """Ten new recovery codes, to be shown this once; the old ones count no longer."""
    if refusal := refuse_new_codes(session.protected):
        raise Refused(refusal)
    attempt = await _attempt_with_password(session, password, now)
    codes = passwords.new_recovery_codes()
    async with DB.transaction():
        _, confirmed = await _lock(session.account_id)
        # An administrator may have taken it away meanwhile.
        refusal = refuse_new_codes(confirmed)
        taken = refusal is None and await take_code(session.account_id, typed, now)
        if taken:
            await _replace_codes(session.account_id, codes)
            await audit.record(
                session.actor, "accounts.renew_codes", "account", session.account_id, now=now
            )
    if refusal:
        await forgive(attempt)
        raise Refused(refusal)
    if not taken:
        raise Refused(WRONG_CODE)
    await forgive(attempt)
    return codes


async def _attempt_with_password(session: Session, password: str, now: datetime) -> int:
    """The attempt under way, to be forgiven once the code was right as well."""
    attempt = await begin_attempt(session.login, session.actor.address, now)
    row = (
        await Account.select(Account.password_hash).where(Account.id == session.account_id).first()
    )
    right = row is not None and await passwords.matches(row["password_hash"], password)
    if not right:
        raise Refused(_beside("password"))
    return attempt


async def _replace_codes(account_id: int, codes: tuple[str, ...]) -> None:
    await RecoveryCode.delete().where(RecoveryCode.account == account_id)
    await RecoveryCode.insert(
        *(
            RecoveryCode(account=account_id, code_hash=passwords.recovery_hash(account_id, code))
            for code in codes
        )
    )


async def _lock(account_id: int) -> tuple[bool, bool]:
    """(a secret is there, it was confirmed)"""
    await Account.raw("SELECT 1 FROM account WHERE id = {} FOR UPDATE", account_id)
    rows = await Account.raw(
        "SELECT totp_secret IS NOT NULL AS started, totp_confirmed_at IS NOT NULL AS confirmed"
        " FROM account WHERE id = {}",
        account_id,
    )
    return rows[0]["started"], rows[0]["confirmed"]


async def _switch_on(session: Session, codes: tuple[str, ...], now: datetime) -> str | None:
    account_id = session.account_id
    await Account.raw("UPDATE account SET totp_confirmed_at = {} WHERE id = {}", now, account_id)
    await _replace_codes(account_id, codes)
    await SignInSession.delete().where(
        SignInSession.account == account_id, SignInSession.id != session.id
    )
    token = None if session.complete else await complete_session(session.id, now)
    await audit.record(session.actor, "accounts.second_factor_on", "account", account_id, now=now)
    if token:
        await audit.record(session.actor, "accounts.sign_in", "account", account_id, now=now)
    return token


async def _switch_off(session: Session, now: datetime) -> None:
    await Account.raw(
        "UPDATE account SET totp_secret = NULL, totp_confirmed_at = NULL, totp_last_step = NULL"
        " WHERE id = {}",
        session.account_id,
    )
    await RecoveryCode.delete().where(RecoveryCode.account == session.account_id)
    await audit.record(
        session.actor, "accounts.second_factor_off", "account", session.account_id, now=now
    )


def _beside(field: str) -> Refusal:
    return replace(WRONG_PASSWORD, field_name=field)
