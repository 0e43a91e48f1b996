"""Pass, fail or hold, always with reasons. A gate that cannot be decided yet holds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Outcome(StrEnum):
    PASS = "pass"  # noqa: S105 - a verdict, not a password
    FAIL = "fail"
    HOLD = "hold"


@dataclass(frozen=True, slots=True)
class Reason:
    """One sentence of a verdict: a gettext id with values, and the legal source it rests on."""

    code: str
    message: str
    values: Mapping[str, object] = field(default_factory=dict)
    source: str = ""


@dataclass(frozen=True, slots=True)
class Verdict:
    outcome: Outcome
    reasons: tuple[Reason, ...] = ()


def worst(outcomes: Iterable[Outcome]) -> Outcome:
    """A fail outweighs a hold, a hold outweighs a pass; nothing to judge is a pass."""
    seen = set(outcomes)
    for outcome in (Outcome.FAIL, Outcome.HOLD):
        if outcome in seen:
            return outcome
    return Outcome.PASS
