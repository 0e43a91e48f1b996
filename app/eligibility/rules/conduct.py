"""G5: order and discipline. The reasons are public, so they say the class and nothing else."""

from __future__ import annotations

from app.discipline.rules import DisciplineFacts
from app.eligibility.rules import sources
from app.eligibility.rules.facts import COLLECTIVE, EligibilityFacts
from app.kernel.refusal import N_
from app.kernel.verdict import Outcome, Reason, Verdict, worst


def conduct(facts: EligibilityFacts) -> Verdict:
    """The same words whoever it was, whatever it was and however many there were."""
    outcome = worst(case_outcome(case, facts) for case in facts.cases)
    if outcome is Outcome.FAIL:
        source = facts.settings.sources.get("G5", sources.MOVEMENT)
        reason = Reason(
            "disciplined",
            N_("Không đủ điều kiện do có quyết định kỷ luật trong kỳ xét hoặc còn hiệu lực."),
            source=source,
        )
    elif outcome is Outcome.HOLD:
        reason = Reason(
            "under-consideration",
            N_("Chưa xét khen thưởng do đang trong thời gian xem xét, xác minh."),
            source=sources.under_consideration(facts.on),
        )
    else:
        source = facts.settings.sources.get("G5", sources.MOVEMENT)
        reason = Reason(
            "no-block",
            N_("Không có vụ việc kỷ luật ảnh hưởng đến việc xét khen thưởng."),
            source=source,
        )
    return Verdict(outcome, (reason,))


def case_outcome(case: DisciplineFacts, facts: EligibilityFacts) -> Outcome:
    """What one case alone does to this nominee on the day."""
    if facts.subject == COLLECTIVE and not _concerns(case, facts):
        return Outcome.PASS
    if case.is_open_on(facts.on):
        return Outcome.HOLD
    if not case.decided_by(facts.on) or _already_paid(case, facts):
        return Outcome.PASS
    in_window = case.decided_on is not None and case.decided_on in facts.window
    blocks = in_window or case.in_force_on(facts.on)
    return Outcome.FAIL if blocks else Outcome.PASS


def _concerns(case: DisciplineFacts, facts: EligibilityFacts) -> bool:
    """A collective answers for who was its member when it happened and is so in the window."""
    member = facts.members.get(case.person_id)
    return member is not None and member.on(case.happened_on) and member.within(facts.window)


def _already_paid(case: DisciplineFacts, facts: EligibilityFacts) -> bool:
    """No double penalty (Thông tư 02/2024/TT-VKSTC).

    A violation that was open before the window has held back the earlier year already, so a
    decision that only now arrives does not block this one. Without a known day of violation
    nothing shows that it lay earlier.
    """
    first = facts.window.first
    return (
        facts.settings.no_double_penalty
        and case.violated_on is not None
        and case.violated_on < first
        and case.opened_on < first
        and case.decided_on is not None
        and case.decided_on in facts.window
    )
