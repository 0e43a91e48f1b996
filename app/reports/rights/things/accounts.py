from __future__ import annotations

from collections.abc import Callable

from piccolo.querystring import QueryString

from app.accounts import policy
from app.accounts.queries import AccountFacts, Reach, account_for, called, reach_of
from app.accounts.queries.reach import lies_within, seen_within
from app.accounts.rules import (
    OWN_ACCOUNT,
    refuse_deactivating,
    refuse_link,
    refuse_reactivating,
    refuse_second_factor_reset,
)
from app.accounts.tables import Account
from app.kernel.abilities import Act, act
from app.kernel.actor import Actor
from app.kernel.refusal import N_, Refusal
from app.reports.rights.thing import HITS, Hit, Kind, Question, Thing, on_condition, own


async def _account(question: Question) -> Thing:
    """One an administrator or auditor of its units sees; everybody the own."""
    reach = await reach_of(question.asker, question.today, auditor_too=True)
    if question.id == question.asker.account_id:
        reach = Reach(reach.units, True, reach.today)
    found = await account_for(question.id, reach)
    rows = await Account.raw(
        "SELECT r.unit FROM role_held r WHERE r.account = {} UNION SELECT p.unit FROM posting p"
        " WHERE p.person = {}",
        found.id,
        found.person_id,
    )
    over = frozenset(row["unit"] for row in rows) | question.asker.top
    return Thing(
        found.name,
        found.login,
        _acts(found, question, over),
        people=own(found.person_id),
        accounts=frozenset({found.id}),
        url=f"/accounts/{found.id}" if policy.may_administer(question.asker) else "",
    )


def _acts(found: AccountFacts, question: Question, over: frozenset[int]) -> tuple[Act, ...]:
    def within(name: str, *conditions: Callable[[Reach], QueryString]) -> Act:
        """What an administrator does, as far as the conditions on account `a` let them."""

        def condition(actor: Actor) -> QueryString:
            units = policy.administered_units(actor)
            reach = Reach(units, not units.isdisjoint(actor.top), question.today)
            return QueryString(
                " AND ".join(["{}"] * len(conditions)), *(each(reach) for each in conditions)
            )

        which = QueryString("a.id = {}", found.id)
        return Act(name, on_condition(Account, "account a", which, condition), over)

    def manages(name: str, refusal: Refusal | None = None) -> Act:
        seen = within(name, seen_within, lies_within)
        return Act(
            name,
            seen.answers,
            over,
            lambda actor: OWN_ACCOUNT if actor.account_id == found.id else refusal,
        )

    def itself(actor: Actor) -> bool:
        return actor.account_id == found.id

    return (
        within(N_("Xem tài khoản và các vai trò"), seen_within),
        manages(N_("Giao, kết thúc vai trò và cử người thay")),
        manages(N_("Khóa tài khoản"), refuse_deactivating(found.active))
        if found.active
        else manages(N_("Mở lại tài khoản"), refuse_reactivating(found.active)),
        manages(N_("Cấp liên kết đặt lại mật khẩu"), refuse_link(found.active)),
        manages(N_("Gỡ xác thực hai bước bị mất"), refuse_second_factor_reset(found.protected)),
        act(N_("Đổi mật khẩu và quản lý phiên làm việc"), itself),
    )


async def _find(text: str, question: Question) -> list[Hit]:
    reach = await reach_of(question.asker, question.today, auditor_too=True)
    found = await called(text, reach, own_id=question.asker.account_id, limit=HITS + 1)
    return [Hit(row.id, row.name, row.login) for row in found]


ACCOUNT = Kind(N_("Tài khoản"), _account, _find)
