"""All gates together. Points do not occur here: nothing can make up for a gate."""

from __future__ import annotations

import json
from collections.abc import Mapping

from app.eligibility.rules.achievement import achievements
from app.eligibility.rules.conduct import conduct
from app.eligibility.rules.duty import internal_unity, tasks_done
from app.eligibility.rules.facts import EligibilityFacts
from app.eligibility.rules.initiative import applied_initiative
from app.kernel.verdict import Outcome, Reason, Verdict, worst
from app.movement.rules import GATE_CODES

GATES = GATE_CODES


def gate_verdicts(facts: EligibilityFacts) -> Mapping[str, Verdict]:
    """Each gate looks at its own facts only."""
    return {
        "G1": achievements(facts),
        "G2": applied_initiative(facts),
        "G3": tasks_done(facts),
        "G4": internal_unity(facts),
        "G5": conduct(facts),
    }


def overall(verdicts: Mapping[str, Verdict]) -> Outcome:
    """A gate that nobody answered holds; it does not pass by being left out."""
    return worst(verdicts[gate].outcome if gate in verdicts else Outcome.HOLD for gate in GATES)


def to_document(verdicts: Mapping[str, Verdict]) -> str:
    """Canonical JSON `{gate: {outcome, reasons: [{code, message, values, source}]}}`."""
    document = {
        gate: {
            "outcome": verdict.outcome,
            "reasons": [
                {
                    "code": reason.code,
                    "message": reason.message,
                    "values": dict(reason.values),
                    "source": reason.source,
                }
                for reason in verdict.reasons
            ],
        }
        for gate, verdict in verdicts.items()
    }
    return json.dumps(document, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def from_document(text: str) -> Mapping[str, Verdict]:
    return {
        gate: Verdict(
            Outcome(found["outcome"]), tuple(Reason(**reason) for reason in found["reasons"])
        )
        for gate, found in json.loads(text).items()
    }
