"""All that is known of one nominee on one day, and the settings frozen with the round."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from app.discipline.rules import DisciplineFacts
from app.initiatives.rules import InitiativeFacts
from app.kernel.period import Period

INDIVIDUAL, COLLECTIVE = "individual", "collective"


@dataclass(frozen=True, slots=True)
class GateSettings:
    """`initiative_required` per subject; `sources` names a gate's own legal source, if set."""

    min_quantified: int = 2
    initiative_required: Mapping[str, bool] = field(default_factory=dict)
    initiative_in_window: bool = True
    no_double_penalty: bool = True
    sources: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Membership:
    """When one person belonged to the nominated collective.

    `own`: posted to it or below it; `before`: posted to a unit it took over from.
    """

    own: tuple[Period, ...]
    before: tuple[Period, ...] = ()

    def on(self, day: date) -> bool:
        return any(day in period for period in (*self.own, *self.before))

    def within(self, window: Period) -> bool:
        return any(period.overlaps(window) for period in self.own)


@dataclass(frozen=True, slots=True)
class EligibilityFacts:
    """`window`: the achievement period, with an end. `on`: the day the gates are answered.

    `initiatives` are those the nominee holds: as author, or for a collective through the unit
    or a member. `attestations` maps a gate to the word given. `classifications` maps a year to
    its level. `members` is empty for an individual, whose `cases` are their own.
    """

    subject: str
    window: Period
    on: date
    years: tuple[int, ...]
    settings: GateSettings = GateSettings()
    quantified_evidence: int = 0
    attestations: Mapping[str, bool] = field(default_factory=dict)
    initiatives: tuple[InitiativeFacts, ...] = ()
    classifications: Mapping[int, str] = field(default_factory=dict)
    cases: tuple[DisciplineFacts, ...] = ()
    members: Mapping[int, Membership] = field(default_factory=dict)

    @property
    def last_day(self) -> date:
        if self.window.last is None:
            raise ValueError("a review window has an end")
        return self.window.last


def settings_from(protocol: Mapping[str, Any]) -> GateSettings:
    """Read `gates` of a frozen protocol; what it leaves out keeps its default."""
    gates = protocol.get("gates", {})
    first = GateSettings()
    return GateSettings(
        min_quantified=gates.get("G1", {}).get("min_quantified", first.min_quantified),
        initiative_required={
            subject: gates.get("G2", {}).get(subject, True) for subject in (INDIVIDUAL, COLLECTIVE)
        },
        initiative_in_window=gates.get("G2", {}).get("in_window", first.initiative_in_window),
        no_double_penalty=gates.get("G5", {}).get("no_double_penalty", first.no_double_penalty),
        sources={gate: found["source"] for gate, found in gates.items() if "source" in found},
    )


def classified_years(kind: str, window: Period) -> tuple[int, ...]:
    """The years whose classification counts for G3.

    An annual round counts the year it ends in. A phase counts every year it touches; the
    Procuracy's working year starts on 1 December, so a December belongs to the next year.
    """
    if window.last is None:
        raise ValueError("a review window has an end")
    if kind == "annual":
        return (window.last.year,)
    first = window.first.year + (window.first.month == 12)
    return tuple(range(min(first, window.last.year), window.last.year + 1))
