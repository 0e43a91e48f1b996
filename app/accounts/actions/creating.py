from __future__ import annotations

from datetime import date, datetime

import asyncpg

from app.accounts.passwords import hash_password
from app.accounts.rules import refuse_naming, refuse_password
from app.accounts.tables import Account, RoleHeld
from app.audit import actions as audit
from app.kernel.actor import Actor, Role
from app.kernel.period import today_in_vietnam
from app.kernel.refusal import N_, Refusal, Refused
from app.kernel.vietnamese import tidy
from app.organization.actions import found_office
from app.organization.tables import Unit
from app.piccolo_conf import DB

_TAKEN = {
    "login": Refusal("login-taken", N_("Tên đăng nhập đã được dùng."), {}, "login"),
    "email": Refusal("email-taken", N_("Thư điện tử đã được dùng."), {}, "email"),
    "person": Refusal("person-taken", N_("Người này đã có tài khoản."), {}, "person_code"),
}


async def create_account(
    actor: Actor | None,
    *,
    login: str,
    name: str,
    password: str,
    now: datetime,
    email: str | None = None,
    person_id: int | None = None,
    password_hash: str | None = None,
) -> int:
    """`password_hash` lets the demo hash its one password once for all its people."""
    login, name = login.strip().lower(), tidy(name)
    if refusal := refuse_naming(login, name) or refuse_password(password):
        raise Refused(refusal)
    account = Account(
        login=login,
        email=email.strip().lower() if email else None,
        name=name,
        person=person_id,
        password_hash=password_hash or hash_password(password),
    )
    async with DB.transaction():
        try:
            await account.save()
        except asyncpg.UniqueViolationError as error:
            # The only answer that is right in two tabs at once; the transaction ends here.
            column = next((c for c in _TAKEN if f"({c})" in (error.detail or "")), "login")
            raise Refused(_TAKEN[column]) from error
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


async def grant(
    actor: Actor | None,
    account_id: int,
    role: Role,
    unit_id: int,
    valid_from: date,
    *,
    now: datetime,
    valid_to: date | None = None,
    stands_in_for: int | None = None,
) -> None:
    """Asks nobody: for the command line, the demo and what has been checked already."""
    async with DB.transaction():
        await RoleHeld(
            account=account_id,
            role=role,
            unit=unit_id,
            valid_from=valid_from,
            valid_to=valid_to,
            stands_in_for=stands_in_for,
        ).save()
        for_whom = {} if stands_in_for is None else {"stands_in_for": stands_in_for}
        await audit.record(
            actor,
            "accounts.grant",
            "account",
            account_id,
            now=now,
            role=role,
            unit=unit_id,
            valid_from=valid_from,
            valid_to=valid_to,
            **for_whom,
        )


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
