from __future__ import annotations

from app.discipline import policy
from app.kernel.abilities import Ability, Question, ability
from app.kernel.actor import Role
from app.kernel.refusal import N_
from app.reports.rights.anywhere import anywhere


async def cases(question: Question) -> tuple[Ability, ...]:
    """Of the roles only: whether anybody has a case is not said by a page on rights."""
    return (
        ability(
            N_("Ghi và sửa sổ theo dõi kỷ luật"),
            question.subject,
            lambda actor: policy.may_keep_register(actor, actor.units_for(*Role)),
            over=frozenset({0}),
        ),
        ability(
            N_("Xem nội dung vụ việc kỷ luật của người khác"),
            question.subject,
            lambda actor: any(
                policy.may_read_details(actor, unit, 0) for unit in actor.units_for(*Role)
            ),
            over=frozenset({0}),
        ),
        anywhere(
            question.subject,
            N_("Xem nội dung vụ việc kỷ luật của chính mình"),
            lambda actor: actor.person_id is not None,
        ),
    )
