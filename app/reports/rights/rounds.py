from __future__ import annotations

from functools import partial

from app.council.policy import may_record_result
from app.kernel.abilities import Ability, Question
from app.kernel.actor import Actor, Role
from app.kernel.refusal import N_
from app.movement import policy as movement
from app.reports.rights.anywhere import anywhere
from app.scoring import policy as scoring


async def rounds(question: Question) -> tuple[Ability, ...]:
    subject = question.subject
    everything = Actor(0, None, "", {role: frozenset() for role in Role})
    tabs = tuple(
        anywhere(subject, label, partial(movement.has_tab, tab=tab))
        for tab, _, label in movement.round_tabs(everything)
    )
    return (
        *tabs,
        anywhere(subject, N_("Lập phong trào, đợt xét, lịch và quy tắc chấm"), movement.may_plan),
        anywhere(subject, N_("Mở đợt xét"), movement.may_open_round),
        anywhere(subject, N_("Mở và chốt chấm điểm"), scoring.may_run_scoring),
        anywhere(subject, N_("Ghi kết quả họp Hội đồng"), may_record_result),
    )
