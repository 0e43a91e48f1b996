from __future__ import annotations

from app.certificates import policy
from app.decisions import policy as decisions_policy
from app.kernel.abilities import Ability, Question, ability
from app.kernel.actor import Actor
from app.kernel.refusal import N_
from app.reports.rights.anywhere import anybody, anywhere
from app.reports.rights.launching import in_rounds, launching_units


async def decisions(question: Question) -> tuple[Ability, ...]:
    subject, units = question.subject, await launching_units()
    return (
        anywhere(subject, N_("Xem quyết định đã ban hành"), anybody),
        in_rounds(subject, N_("Lập và ban hành quyết định"), decisions_policy.may_decide, units),
        in_rounds(
            subject,
            N_("Xem quá trình xử lý quyết định"),
            decisions_policy.may_see_history,
            units,
        ),
    )


async def certificates(question: Question) -> tuple[Ability, ...]:
    subject, units = question.subject, await launching_units()

    def everything(actor: Actor) -> bool:
        return any(policy.sees_all(actor, unit) for unit in units)

    return (
        in_rounds(subject, N_("Cấp giấy khen"), policy.may_issue, units),
        in_rounds(subject, N_("In mọi giấy khen của một quyết định"), policy.sees_all, units),
        ability(
            N_("Xem và in giấy khen của đơn vị"),
            subject,
            lambda actor: everything(actor) or bool(policy.reach(actor).units),
            over=units | {0},
        ),
        ability(
            N_("Xem và in giấy khen của chính mình"),
            subject,
            lambda actor: everything(actor) or actor.person_id is not None,
            over=units,
        ),
    )
