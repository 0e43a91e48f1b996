from __future__ import annotations

import secrets
from datetime import date, datetime

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError

from app.accounts.queries import actor_for_login, token_hash
from app.accounts.rules import (
    ABSOLUTE_LIMIT,
    FAILURE_WINDOW,
    WRONG_SIGN_IN,
    refuse_attempt,
    refuse_naming,
    refuse_password,
)
from app.accounts.tables import Account, RoleHeld, SignInFailure, SignInSession
from app.audit import actions as audit
from app.kernel.actor import Actor, Role
from app.kernel.period import today_in_vietnam
from app.kernel.refusal import N_, Refusal, Refused
from app.kernel.vietnamese import tidy
from app.organization.actions import found_office
from app.organization.tables import Unit
from app.piccolo_conf import DB

_hasher = PasswordHasher()
# Verified when the login is unknown, so that both answers take the same work.
_NOBODY = _hasher.hash(secrets.token_urlsafe(16))


def hash_password(password: str) -> str:
    return _hasher.hash(password)


async def sign_in(login: str, password: str, address: str, now: datetime) -> str:
    """Return a new session token; a wrong password is counted and refused."""
    login = login.strip().lower()[:60]
    await _refuse_too_many(login, address, now)
    account = (
        await Account.select(Account.id, Account.login, Account.password_hash)
        .where((Account.login == login) | (Account.email == login), Account.active == True)  # noqa: E712 - Piccolo builds SQL from it
        .first()
    )
    if not _matches(account["password_hash"] if account else _NOBODY, password) or not account:
        await SignInFailure(login=login, address=address, at=now).save()
        raise Refused(WRONG_SIGN_IN)
    token = secrets.token_urlsafe(32)
    async with DB.transaction():
        await SignInSession(
            token_hash=token_hash(token),
            account=account["id"],
            address=address,
            created_at=now,
            last_seen_at=now,
            expires_at=now + ABSOLUTE_LIMIT,
        ).save()
        actor = await actor_for_login(account["login"], now)
        await audit.record(actor, "accounts.sign_in", "account", account["id"], now=now)
    return token


async def sign_out(token: str) -> None:
    await SignInSession.delete().where(SignInSession.token_hash == token_hash(token))


async def create_account(
    actor: Actor | None,
    *,
    login: str,
    name: str,
    password: str,
    now: datetime,
    person_id: int | None = None,
    password_hash: str | None = None,
) -> int:
    """`password_hash` lets the demo hash its one password once for all its people."""
    login, name = login.strip().lower(), tidy(name)
    if refusal := refuse_naming(login, name) or refuse_password(password):
        raise Refused(refusal)
    async with DB.transaction():
        if await Account.exists().where(Account.login == login):
            raise Refused(Refusal("login-taken", N_("Tên đăng nhập đã được dùng.")))
        account = Account(
            login=login,
            name=name,
            person=person_id,
            password_hash=password_hash or hash_password(password),
        )
        await account.save()
        await audit.record(actor, "accounts.create", "account", account.id, now=now, login=login)
    return int(account.id)


async def create_administrator(
    login: str, name: str, password: str, *, unit_code: str, now: datetime
) -> int:
    """An administrator of accounts over the unit, by default the one at the top of the tree.

    An empty database has no unit yet: then the office itself is founded first.
    """
    async with DB.transaction():
        unit_id = await _office(unit_code, now)
        account_id = await create_account(None, login=login, name=name, password=password, now=now)
        today = today_in_vietnam(now)
        await grant(None, account_id, Role.ADMINISTRATOR, unit_id, today, now=now)
    return account_id


async def _office(unit_code: str, now: datetime) -> int:
    found = await Unit.raw(
        "SELECT u.id FROM unit u JOIN unit_version v ON v.unit = u.id"
        " WHERE (u.code = {} OR ({} = '' AND v.parent IS NULL)) AND u.dissolved_on IS NULL"
        " ORDER BY u.id LIMIT 1",
        unit_code,
        unit_code,
    )
    if found:
        return int(found[0]["id"])
    if unit_code or await Unit.exists():
        raise Refused(
            Refusal("unknown-unit", N_("Không có đơn vị mang mã {code}."), {"code": unit_code})
        )
    return await found_office(now)


async def grant(
    actor: Actor | None,
    account_id: int,
    role: Role,
    unit_id: int,
    valid_from: date,
    *,
    now: datetime,
    valid_to: date | None = None,
) -> None:
    async with DB.transaction():
        await RoleHeld(
            account=account_id, role=role, unit=unit_id, valid_from=valid_from, valid_to=valid_to
        ).save()
        await audit.record(
            actor, "accounts.grant", "account", account_id, now=now, role=role, unit=unit_id
        )


async def _refuse_too_many(login: str, address: str, now: datetime) -> None:
    rows = await SignInFailure.raw(
        "SELECT count(*) FILTER (WHERE login = {}) AS by_login,"
        " count(*) FILTER (WHERE address = {}) AS by_address"
        " FROM sign_in_failure WHERE at > {} AND (login = {} OR address = {})",
        login,
        address,
        now - FAILURE_WINDOW,
        login,
        address,
    )
    if refusal := refuse_attempt(rows[0]["by_login"], rows[0]["by_address"]):
        raise Refused(refusal)


def _matches(password_hash: str, password: str) -> bool:
    try:
        return _hasher.verify(password_hash, password)
    except (VerifyMismatchError, InvalidHashError):
        return False
