from __future__ import annotations

from app.certificates import policy
from app.decisions import policy as decisions_policy
from app.kernel.abilities import Ability, Question, ability
from app.kernel.refusal import N_
from app.reports.rights.anywhere import anybody, anywhere


async def decisions(question: Question) -> tuple[Ability, ...]:
    subject = question.subject
    return (
        anywhere(subject, N_("Xem quyết định đã ban hành"), anybody),
        anywhere(subject, N_("Lập và ban hành quyết định"), decisions_policy.may_decide),
        anywhere(subject, N_("Xem quá trình xử lý quyết định"), decisions_policy.may_see_history),
    )


async def certificates(question: Question) -> tuple[Ability, ...]:
    subject = question.subject
    return (
        anywhere(subject, N_("Cấp giấy khen"), policy.may_issue),
        anywhere(
            subject,
            N_("In mọi giấy khen của một quyết định"),
            lambda actor: policy.reach(actor).everything,
        ),
        ability(
            N_("Xem và in giấy khen của đơn vị"),
            subject,
            lambda actor: policy.reach(actor).everything or bool(policy.reach(actor).units),
            over=frozenset({0}),
        ),
        anywhere(
            subject,
            N_("Xem và in giấy khen của chính mình"),
            lambda actor: policy.reach(actor).everything or actor.person_id is not None,
        ),
    )
