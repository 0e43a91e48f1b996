"""Roles given, ended and stood in for."""

from __future__ import annotations

from datetime import date, datetime

from app.accounts.actions.creating import grant
from app.accounts.actions.last_administrator import lock_administrators, refuse_losing_last
from app.accounts.policy import administered_units, may_administer
from app.accounts.queries import (
    Reach,
    account_by_login,
    account_for,
    deputies_of,
    periods_held,
    reach_of,
    role_of,
)
from app.accounts.rules import HeldRole, refuse_deputy, refuse_end, refuse_grant, refuse_managing
from app.accounts.tables import Account, RoleHeld
from app.audit import actions as audit
from app.kernel.actor import Actor, Role
from app.kernel.period import Period, today_in_vietnam
from app.kernel.refusal import N_, NotVisible, Refusal, Refused
from app.organization.queries import act_over
from app.piccolo_conf import DB


async def give_role(
    account_id: int, role: Role, unit_id: int, period: Period, *, actor: Actor, now: datetime
) -> None:
    today = today_in_vietnam(now)
    async with DB.transaction():
        await account_for(account_id, await _reach(actor, today))
        await _lock(account_id)
        refusal = refuse_grant(
            actor.account_id == account_id,
            unit_id in administered_units(actor),
            period,
            await periods_held(account_id, role, unit_id),
            today,
        )
        if refusal:
            raise Refused(refusal)
        await act_over(actor, (Role.ADMINISTRATOR,), [unit_id])
        await grant(actor, account_id, role, unit_id, period.first, valid_to=period.last, now=now)


async def appoint_deputy(
    account_id: int, role_id: int, deputy_login: str, period: Period, *, actor: Actor, now: datetime
) -> None:
    """The deputy holds the same role over the same unit on the days given."""
    today = today_in_vietnam(now)
    async with DB.transaction():
        reach = await _reach(actor, today)
        await account_for(account_id, reach)
        deputy_id = await _deputy(deputy_login, reach)
        await _lock(account_id, deputy_id)
        held = await _role_within(account_id, role_id, actor)
        refusal = refuse_deputy(
            actor.account_id == deputy_id,
            held,
            deputy_id,
            period,
            await periods_held(deputy_id, held.role, held.unit_id),
            today,
        )
        if refusal:
            raise Refused(refusal)
        await grant(
            actor,
            deputy_id,
            held.role,
            held.unit_id,
            period.first,
            valid_to=period.last,
            stands_in_for=account_id,
            now=now,
        )


async def end_role(
    account_id: int, role_id: int, last: date, *, actor: Actor, now: datetime
) -> None:
    """`last`: the last day it is held. Whoever stands in for it stops with it."""
    today = today_in_vietnam(now)
    async with DB.transaction():
        await lock_administrators()
        await account_for(account_id, await _reach(actor, today))
        await _lock(account_id)
        held = await _role_within(account_id, role_id, actor)
        if refusal := refuse_end(actor.account_id == account_id, held.period, last, today):
            raise Refused(refusal)
        if held.role is Role.ADMINISTRATOR and held.stands_in_for is None:
            await refuse_losing_last(account_id, today, role_id)
        deputies = [deputy for deputy in await deputies_of(held) if _goes_on(deputy, last)]
        ended = (*deputies, held)
        await _cut([role.id for role in ended], last)
        await audit.record_many(
            actor,
            "accounts.end_role",
            [("account", role.account_id, _told(role, last)) for role in ended],
            now=now,
        )


def _goes_on(role: HeldRole, last: date) -> bool:
    return role.period.last is None or role.period.last > last


async def _cut(role_ids: list[int], last: date) -> None:
    """A role that would not have begun by then is taken back whole; the log keeps it."""
    await RoleHeld.raw(
        "DELETE FROM role_held WHERE id = ANY({}) AND valid_from > {}", role_ids, last
    )
    await RoleHeld.raw("UPDATE role_held SET valid_to = {} WHERE id = ANY({})", last, role_ids)


def _told(role: HeldRole, last: date) -> dict[str, object]:
    told: dict[str, object] = {"role": role.role, "unit": role.unit_id, "last": last}
    if role.stands_in_for is not None:
        told["stands_in_for"] = role.stands_in_for
    return told


async def _role_within(account_id: int, role_id: int, actor: Actor) -> HeldRole:
    held = await role_of(account_id, role_id)
    within = held.unit_id in administered_units(actor)
    if refusal := refuse_managing(-1, account_id, within):
        raise Refused(refusal)
    await act_over(actor, (Role.ADMINISTRATOR,), [held.unit_id])
    return held


async def _deputy(login: str, reach: Reach) -> int:
    try:
        deputy = await account_by_login(login, reach)
    except NotVisible:
        raise Refused(_UNKNOWN_DEPUTY) from None
    if not deputy.active:
        raise Refused(_UNKNOWN_DEPUTY)
    return deputy.id


async def _lock(*account_ids: int) -> None:
    """In the order of ids, so that two administrators never wait for each other."""
    await Account.raw(
        "SELECT 1 FROM account WHERE id = ANY({}) ORDER BY id FOR UPDATE", list(account_ids)
    )


async def _reach(actor: Actor, today: date) -> Reach:
    if not may_administer(actor):
        raise NotVisible
    return await reach_of(actor, today)


_UNKNOWN_DEPUTY = Refusal(
    "unknown-deputy", N_("Không tìm thấy tài khoản đang hoạt động nào mang tên này."), {}, "deputy"
)
