"""G3: tasks of the year done well. G4: internal unity. Neither is ever a free number."""

from __future__ import annotations

from app.eligibility.rules import sources
from app.eligibility.rules.facts import COLLECTIVE, EligibilityFacts
from app.kernel.refusal import N_
from app.kernel.verdict import Outcome, Reason, Verdict, worst

_GOOD_ENOUGH = frozenset({"excellent", "good"})


def tasks_done(facts: EligibilityFacts) -> Verdict:
    """A person by the yearly classification, a collective by its head's word."""
    source = facts.settings.sources.get("G3", sources.MOVEMENT)
    if facts.subject == COLLECTIVE:
        return _by_word(
            facts.attestations.get("G3"),
            Reason(
                "tasks-attested",
                N_("Thủ trưởng đơn vị xác nhận hoàn thành tốt nhiệm vụ."),
                source=source,
            ),
            Reason(
                "tasks-denied",
                N_("Thủ trưởng đơn vị không xác nhận hoàn thành tốt nhiệm vụ."),
                source=source,
            ),
            Reason(
                "tasks-not-attested",
                N_("Chưa có xác nhận của Thủ trưởng đơn vị về hoàn thành nhiệm vụ."),
                source=source,
            ),
        )
    judged = [_classified(facts, year, source) for year in facts.years]
    outcome = worst(found for found, _ in judged)
    return Verdict(outcome, tuple(reason for found, reason in judged if found is outcome))


def internal_unity(facts: EligibilityFacts) -> Verdict:
    source = facts.settings.sources.get("G4", sources.MOVEMENT)
    return _by_word(
        facts.attestations.get("G4"),
        Reason("unity-attested", N_("Thủ trưởng đơn vị xác nhận nội bộ đoàn kết."), source=source),
        Reason(
            "unity-denied",
            N_("Thủ trưởng đơn vị không xác nhận nội bộ đoàn kết."),
            source=source,
        ),
        Reason(
            "unity-not-attested",
            N_("Chưa có xác nhận của Thủ trưởng đơn vị về nội bộ đoàn kết."),
            source=source,
        ),
    )


def _by_word(word: bool | None, given: Reason, denied: Reason, missing: Reason) -> Verdict:
    if word is None:
        return Verdict(Outcome.HOLD, (missing,))
    return Verdict(Outcome.PASS, (given,)) if word else Verdict(Outcome.FAIL, (denied,))


def _classified(facts: EligibilityFacts, year: int, source: str) -> tuple[Outcome, Reason]:
    level = facts.classifications.get(year)
    values = {"year": year}
    if level is None:
        message = N_("Chưa có kết quả xếp loại năm {year}.")
        return Outcome.HOLD, Reason("not-classified", message, values, source)
    if level in _GOOD_ENOUGH:
        message = N_("Năm {year} được xếp loại hoàn thành tốt nhiệm vụ trở lên.")
        return Outcome.PASS, Reason("classified-well", message, values, source)
    message = N_("Kết quả xếp loại năm {year} dưới mức hoàn thành tốt nhiệm vụ.")
    return Outcome.FAIL, Reason("classified-low", message, values, source)
