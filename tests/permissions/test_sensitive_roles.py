"""Who decides, prints or sees discipline needs the second factor."""

from __future__ import annotations

from app.accounts.rules import needs_second_factor
from app.certificates.policy import may_issue
from app.decisions.policy import may_decide
from app.discipline.policy import may_keep_register, may_read_details
from app.kernel.actor import Actor, Role

HERE = 3


def holder(role: Role) -> Actor:
    return Actor(1, None, "", {role: frozenset({HERE})})


def may_do_harm(role: Role) -> bool:
    actor = holder(role)
    return (
        may_decide(actor, HERE)
        or may_issue(actor, HERE)
        or may_keep_register(actor, (HERE,))
        or may_read_details(actor, HERE, person_id=7)
    )


def test_the_second_factor_is_required_of_who_decides_prints_or_sees_discipline() -> None:
    allowed = {role for role in Role if may_do_harm(role)}
    assert allowed == {Role.COUNCIL_SECRETARY, Role.LEADER, Role.DISCIPLINE_OFFICER}
    assert [role for role in allowed if not needs_second_factor({role})] == []
