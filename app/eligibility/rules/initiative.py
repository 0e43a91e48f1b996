"""G2: an initiative that was applied, recognised, and can be used elsewhere."""

from __future__ import annotations

from datetime import date

from app.eligibility.rules import sources
from app.eligibility.rules.facts import EligibilityFacts
from app.initiatives.rules import InitiativeFacts, Recognition
from app.kernel.period import show_date
from app.kernel.refusal import N_
from app.kernel.verdict import Outcome, Reason, Verdict

# Having one good initiative is enough, whatever the others are.
_BEST_FIRST = (Outcome.PASS, Outcome.HOLD, Outcome.FAIL)


def applied_initiative(facts: EligibilityFacts) -> Verdict:
    source = facts.settings.sources.get("G2", sources.INITIATIVE)
    if not facts.settings.initiative_required.get(facts.subject, True):
        reason = Reason(
            "not-required", N_("Đợt xét này không yêu cầu có sáng kiến."), source=source
        )
        return Verdict(Outcome.PASS, (reason,))
    applied = [i for i in facts.initiatives if _in_window(i, facts)]
    if not applied:
        reason = Reason(
            "no-initiative",
            N_("Không có sáng kiến nào được áp dụng hoặc công nhận trong kỳ xét."),
            source=source,
        )
        return Verdict(Outcome.FAIL, (reason,))
    found = [_judge(initiative, facts, source) for initiative in applied]
    outcome = next(o for o in _BEST_FIRST if any(o is judged for judged, _ in found))
    reasons = tuple(reason for judged, reason in found if judged is outcome)
    return Verdict(outcome, reasons)


def _in_window(initiative: InitiativeFacts, facts: EligibilityFacts) -> bool:
    """One initiative must not carry its author through every year to come."""
    if initiative.applied_from > facts.last_day:
        return False
    if _whenever_recognised(initiative, facts):
        return True
    # Not recognised yet, or only now: the work on it goes on in this window.
    days = [r.recognised_on for r in initiative.recognitions]
    return any(day in facts.window for day in days) or all(day > facts.last_day for day in days)


def _whenever_recognised(initiative: InitiativeFacts, facts: EligibilityFacts) -> bool:
    """New in this window by its use; else only papers of the window speak for it."""
    anew = initiative.applied_from >= facts.window.first
    return anew or not facts.settings.initiative_in_window


def _judge(
    initiative: InitiativeFacts, facts: EligibilityFacts, source: str
) -> tuple[Outcome, Reason]:
    last_day = facts.last_day
    first = date.min if _whenever_recognised(initiative, facts) else facts.window.first
    in_time = [r for r in initiative.recognitions if first <= r.recognised_on <= last_day]
    values: dict[str, object] = {"code": initiative.code, "title": initiative.title}
    replicable = next((r for r in in_time if r.replicable), None)
    if replicable is not None:
        values |= _paper(replicable)
        message = N_(
            "Sáng kiến {code} “{title}” được công nhận và có khả năng nhân rộng"
            " (số {number}, ngày {day})."
        )
        return Outcome.PASS, Reason("recognised", message, values, source)
    if not in_time and initiative.recognitions:
        values |= _paper(initiative.recognitions[0]) | {"last": show_date(last_day)}
        message = N_(
            "Sáng kiến {code} “{title}” được công nhận ngày {day}, sau khi kỳ xét kết thúc"
            " ngày {last}."
        )
        return Outcome.HOLD, Reason("recognised-late", message, values, source)
    if not in_time:
        message = N_("Sáng kiến {code} “{title}” chưa có quyết định công nhận.")
        return Outcome.HOLD, Reason("not-recognised", message, values, source)
    message = N_("Sáng kiến {code} “{title}” không được công nhận có khả năng nhân rộng.")
    return Outcome.FAIL, Reason("not-replicable", message, values, source)


def _paper(recognition: Recognition) -> dict[str, object]:
    return {"number": recognition.number, "day": show_date(recognition.recognised_on)}
