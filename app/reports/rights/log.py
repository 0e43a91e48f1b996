from __future__ import annotations

from app.audit.policy import may_read_log
from app.kernel.abilities import Ability, Question, ability
from app.kernel.refusal import N_


async def log(question: Question) -> tuple[Ability, ...]:
    return (ability(N_("Đọc nhật ký"), question.subject, may_read_log, over=question.subject.top),)
