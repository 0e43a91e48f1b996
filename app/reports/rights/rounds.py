from __future__ import annotations

from functools import partial

from app.council.policy import may_record_result
from app.kernel.abilities import Ability, Question
from app.kernel.actor import Actor, Role
from app.kernel.refusal import N_
from app.movement import policy as movement
from app.reports.rights.launching import in_rounds, launching_units
from app.scoring import policy as scoring


async def rounds(question: Question) -> tuple[Ability, ...]:
    subject, units = question.subject, await launching_units()
    everything = Actor(0, None, "", {role: frozenset({0}) for role in Role})
    tabs = tuple(
        in_rounds(subject, label, partial(_has_tab, tab), units)
        for tab, _, label in movement.round_tabs(everything, 0)
    )
    return (
        *tabs,
        in_rounds(
            subject, N_("Lập phong trào, đợt xét, lịch và quy tắc chấm"), movement.may_plan, units
        ),
        in_rounds(subject, N_("Mở đợt xét"), movement.may_open_round, units),
        in_rounds(subject, N_("Mở và chốt chấm điểm"), scoring.may_run_scoring, units),
        in_rounds(subject, N_("Ghi kết quả họp Hội đồng"), may_record_result, units),
    )


def _has_tab(tab: str, actor: Actor, unit_id: int) -> bool:
    return movement.has_tab(actor, tab, unit_id)
