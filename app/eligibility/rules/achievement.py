"""G1: real, concrete, outstanding achievements of the period, with figures that show it."""

from __future__ import annotations

from app.eligibility.rules import sources
from app.eligibility.rules.facts import EligibilityFacts
from app.kernel.refusal import N_
from app.kernel.verdict import Outcome, Reason, Verdict


def achievements(facts: EligibilityFacts) -> Verdict:
    """Figures alone do not pass and a good word alone does not either; a bad word fails."""
    word = facts.attestations.get("G1")
    source = facts.settings.sources.get("G1", sources.MOVEMENT)
    if word is False:
        reason = Reason(
            "not-outstanding",
            N_("Thẩm định kết luận thành tích chưa cụ thể, nổi trội."),
            source=source,
        )
        return Verdict(Outcome.FAIL, (reason,))
    missing = tuple(_missing(facts, word, source))
    if missing:
        return Verdict(Outcome.HOLD, missing)
    reason = Reason(
        "outstanding",
        N_("Thẩm định xác nhận thành tích nổi trội; {n} minh chứng có số liệu."),
        {"n": facts.quantified_evidence},
        source,
    )
    return Verdict(Outcome.PASS, (reason,))


def _missing(facts: EligibilityFacts, word: bool | None, source: str) -> list[Reason]:
    missing = []
    if word is None:
        missing.append(
            Reason("not-appraised", N_("Chưa có kết luận thẩm định thành tích."), source=source)
        )
    if facts.quantified_evidence < facts.settings.min_quantified:
        missing.append(
            Reason(
                "few-figures",
                N_("Mới có {n} minh chứng có số liệu và ngày; cần ít nhất {least}."),
                {"n": facts.quantified_evidence, "least": facts.settings.min_quantified},
                source,
            )
        )
    return missing
