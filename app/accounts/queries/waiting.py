"""Accounts that wait for their administrator, and what administrators did for the auditor."""

from __future__ import annotations

from datetime import datetime, timedelta

from app.accounts.policy import may_administer
from app.accounts.queries.reach import reach_of, seen_within, without_role
from app.accounts.rules.second_factor import SENSITIVE
from app.accounts.tables import Account
from app.audit.policy import checks_log, may_read_log
from app.kernel.actor import Actor
from app.kernel.period import today_in_vietnam
from app.kernel.refusal import N_
from app.kernel.waiting import WaitingItem

# An account in other hands than its owner's is noticed within a month or not at all.
_TOLD_FOR = timedelta(days=30)
_OPENED = {
    "accounts.reset_link": N_(
        "{n} lần cấp liên kết đặt lại mật khẩu cho tài khoản có vai trò quan trọng"
        " trong {days} ngày qua."
    ),
    "accounts.reset_second_factor": N_(
        "{n} lần gỡ xác thực hai bước của tài khoản có vai trò quan trọng trong {days} ngày qua."
    ),
}


async def waiting(actor: Actor, now: datetime) -> tuple[WaitingItem, ...]:
    return (*await _roleless(actor, now), *await _opened_to_others(actor, now))


async def _roleless(actor: Actor, now: datetime) -> tuple[WaitingItem, ...]:
    """Those that may sign in and hold no role: new ones, and ones whose roles have ended."""
    if not may_administer(actor):
        return ()
    reach = await reach_of(actor, today_in_vietnam(now))
    rows = await Account.raw(
        "SELECT count(*) AS n FROM account a WHERE a.active AND {} AND {}",
        seen_within(reach),
        without_role(reach.today),
    )
    if not rows[0]["n"]:
        return ()
    message = N_("{n} tài khoản đang hoạt động mà không giữ vai trò nào.")
    return (WaitingItem(message, "/accounts?roles=none", {"n": rows[0]["n"]}),)


async def _opened_to_others(actor: Actor, now: datetime) -> tuple[WaitingItem, ...]:
    """For the auditor: with a link or without its second factor an account is easily taken over.

    Counted are accounts whose roles that day asked for a second factor; the link with which a
    new account begins is not.
    """
    if not (checks_log(actor) and may_read_log(actor)):
        return ()
    rows = await Account.raw(
        "SELECT e.action, count(*) AS n FROM audit_entry e WHERE e.action = ANY({}) AND e.at > {}"
        " AND EXISTS (SELECT FROM role_held r, cast(e.at AT TIME ZONE 'Asia/Ho_Chi_Minh' AS date)"
        " AS day WHERE r.account = e.object_id AND r.role = ANY({}) AND r.valid_from <= day"
        " AND (r.valid_to IS NULL OR r.valid_to >= day))"
        " AND NOT EXISTS (SELECT FROM audit_entry c WHERE c.id = e.id - 1"
        " AND c.action = 'accounts.create' AND c.object_id = e.object_id)"
        " GROUP BY e.action ORDER BY e.action",
        list(_OPENED),
        now - _TOLD_FOR,
        sorted(SENSITIVE),
    )
    return tuple(
        WaitingItem(
            _OPENED[row["action"]],
            f"/audit?action={row['action']}",
            {"n": row["n"], "days": _TOLD_FOR.days},
        )
        for row in rows
    )
