"""Accounts that wait for their administrator."""

from __future__ import annotations

from datetime import datetime

from app.accounts.policy import may_administer
from app.accounts.queries.reach import reach_of, seen_within, without_role
from app.accounts.tables import Account
from app.kernel.actor import Actor
from app.kernel.period import today_in_vietnam
from app.kernel.refusal import N_
from app.kernel.waiting import WaitingItem


async def waiting(actor: Actor, now: datetime) -> tuple[WaitingItem, ...]:
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
