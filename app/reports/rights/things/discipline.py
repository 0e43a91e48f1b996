"""A case exists for the person concerned and for who keeps the register over them, nobody else."""

from __future__ import annotations

from app.discipline import policy
from app.discipline.queries import case_for, cases_like
from app.discipline.rules import DisciplineFacts
from app.kernel.abilities import Act, act
from app.kernel.actor import Actor
from app.kernel.period import show_date
from app.kernel.refusal import N_, Refusal
from app.reports.rights.thing import HITS, Hit, Kind, Question, Thing


async def _case(question: Question) -> Thing:
    case, units = await case_for(question.id, question.asker, question.today)

    def keeps(name: str) -> Act:
        return act(
            name,
            lambda actor: policy.may_keep_register(actor, units),
            over=units,
            refusal=_ended(case),
        )

    def reads(actor: Actor) -> bool:
        return any(policy.may_read_details(actor, unit, case.person_id) for unit in units or {0})

    return Thing(
        show_date(case.opened_on),
        "",
        (
            act(N_("Xem nội dung vụ việc"), reads, over=units),
            keeps(N_("Ghi quyết định của vụ việc")),
            keeps(N_("Kết thúc vụ việc không có quyết định")),
        ),
        people=frozenset({case.person_id}),
    )


def _ended(case: DisciplineFacts) -> Refusal | None:
    if case.decided_on is None and case.closed_on is None:
        return None
    return Refusal("case-ended", N_("Vụ việc đã kết thúc."))


async def _find(text: str, question: Question) -> list[Hit]:
    """By staff code, or by the number of the decision for who keeps the register."""
    found = await cases_like(text, question.asker, question.today, limit=HITS + 1)
    return [Hit(case.case_id, show_date(case.opened_on), "") for case in found]


CASE = Kind(N_("Vụ việc theo dõi kỷ luật"), _case, _find)
