"""What an administrator does with the accounts of the own units."""

from __future__ import annotations

from datetime import datetime

from app.accounts import passwords
from app.accounts.actions.creating import create_account
from app.accounts.actions.last_administrator import lock_administrators, refuse_losing_last
from app.accounts.policy import may_administer
from app.accounts.queries import (
    AccountFacts,
    Reach,
    account_for,
    act_on,
    person_by_code,
    reach_of,
)
from app.accounts.queries import token_hash as hash_of
from app.accounts.rules import (
    RESET_LIMIT,
    refuse_deactivating,
    refuse_link,
    refuse_managing,
    refuse_reactivating,
    refuse_second_factor_reset,
)
from app.accounts.tables import Account, PasswordReset, RecoveryCode, SignInSession
from app.audit import actions as audit
from app.kernel.actor import Actor, Role
from app.kernel.period import today_in_vietnam
from app.kernel.refusal import N_, NotVisible, Refusal, Refused
from app.organization.queries import act_for, act_over
from app.piccolo_conf import DB


async def open_account(
    login: str, email: str, name: str, person_code: str, *, actor: Actor, now: datetime
) -> tuple[int, str]:
    """The new account's id and the path of the link with which its owner sets a password."""
    reach = await _reach(actor, now)
    person = await person_by_code(person_code, reach) if person_code else None
    if person_code and person is None:
        raise Refused(_UNKNOWN_PERSON)
    if person is None and not reach.whole:
        # It would belong to no unit, and its maker could not find it again.
        raise Refused(_PERSON_NEEDED)
    if person is not None and person.has_account:
        raise Refused(_HAS_ACCOUNT)
    if person is None:
        await act_over(actor, (Role.ADMINISTRATOR,), actor.top)
    else:
        await act_for(actor, (Role.ADMINISTRATOR,), [person.id], reach.today)
    unusable = await passwords.hashed(passwords.new_token())
    async with DB.transaction():
        account_id = await create_account(
            actor,
            login=login or (person.staff_code if person else ""),
            name=name or (person.name if person else ""),
            email=email or None,
            person_id=person.id if person else None,
            password=passwords.new_token(),
            password_hash=unusable,
            now=now,
        )
        token = await _new_link(account_id, actor, now)
    return account_id, path_of(token)


async def deactivate(account_id: int, *, actor: Actor, now: datetime) -> None:
    """Ends the sessions at once; the account and all it did stay."""
    async with DB.transaction():
        await lock_administrators()
        account = await _managed(account_id, actor, now)
        if refusal := refuse_deactivating(account.active):
            raise Refused(refusal)
        await refuse_losing_last(account_id, today_in_vietnam(now))
        await Account.raw("UPDATE account SET active = FALSE WHERE id = {}", account_id)
        await SignInSession.delete().where(SignInSession.account == account_id)
        await _drop_links(account_id)
        await audit.record(actor, "accounts.deactivate", "account", account_id, now=now)


async def reactivate(account_id: int, *, actor: Actor, now: datetime) -> None:
    async with DB.transaction():
        account = await _managed(account_id, actor, now)
        if refusal := refuse_reactivating(account.active):
            raise Refused(refusal)
        await Account.raw("UPDATE account SET active = TRUE WHERE id = {}", account_id)
        await audit.record(actor, "accounts.reactivate", "account", account_id, now=now)


async def reset_second_factor(account_id: int, why: str, *, actor: Actor, now: datetime) -> None:
    """For who lost telephone and recovery codes. `why`: one of RESET_REASONS.

    The password stays; the sessions end, for one of them may be in the hands that took the
    telephone.
    """
    async with DB.transaction():
        account = await _managed(account_id, actor, now)
        if refusal := refuse_second_factor_reset(account.protected):
            raise Refused(refusal)
        await Account.raw(
            "UPDATE account SET totp_secret = NULL, totp_confirmed_at = NULL,"
            " totp_last_step = NULL WHERE id = {}",
            account_id,
        )
        await RecoveryCode.delete().where(RecoveryCode.account == account_id)
        await SignInSession.delete().where(SignInSession.account == account_id)
        await audit.record(
            actor, "accounts.reset_second_factor", "account", account_id, now=now, why=why
        )


async def make_reset_link(account_id: int, *, actor: Actor, now: datetime) -> str:
    """The path of the link, which is kept nowhere; an older one no longer opens."""
    async with DB.transaction():
        account = await _managed(account_id, actor, now)
        if refusal := refuse_link(account.active):
            raise Refused(refusal)
        token = await _new_link(account_id, actor, now)
    return path_of(token)


def path_of(token: str) -> str:
    return f"/reset/{token}"


async def _managed(account_id: int, actor: Actor, now: datetime) -> AccountFacts:
    """Inside a transaction: the account, locked, if this administrator may change it."""
    reach = await _reach(actor, now)
    await account_for(account_id, reach)
    await Account.raw("SELECT 1 FROM account WHERE id = {} FOR UPDATE", account_id)
    account = await account_for(account_id, reach)
    if refusal := refuse_managing(actor.account_id, account_id, account.within):
        raise Refused(refusal)
    await act_on(actor, [account.login], reach.today)
    return account


async def _reach(actor: Actor, now: datetime) -> Reach:
    if not may_administer(actor):
        raise NotVisible
    return await reach_of(actor, today_in_vietnam(now))


async def _new_link(account_id: int, actor: Actor, now: datetime) -> str:
    token = passwords.new_token()
    await _drop_links(account_id)
    await PasswordReset(
        account=account_id,
        token_hash=hash_of(token),
        by=actor.account_id,
        created_at=now,
        expires_at=now + RESET_LIMIT,
    ).save()
    await audit.record(actor, "accounts.reset_link", "account", account_id, now=now)
    return token


async def _drop_links(account_id: int) -> None:
    await PasswordReset.delete().where(
        PasswordReset.account == account_id, PasswordReset.used_at.is_null()
    )


_UNKNOWN_PERSON = Refusal(
    "unknown-person",
    N_("Không tìm thấy người mang mã này ở đơn vị thuộc phạm vi quản trị của Ông/Bà."),
    {},
    "person_code",
)
_PERSON_NEEDED = Refusal(
    "person-needed", N_("Vui lòng nhập mã cán bộ của người thuộc đơn vị Ông/Bà."), {}, "person_code"
)
_HAS_ACCOUNT = Refusal("person-taken", N_("Người này đã có tài khoản."), {}, "person_code")
