"""From a subject's complete sheets to one value, kept as an exact ratio of integers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import lcm
from operator import mul

from app.scoring.rules.panel import Panel


@dataclass(frozen=True, slots=True)
class Voices:
    """How often each sheet counts, per pattern of members (as in `Panel.patterns`).

    `weights[p]` follows the pattern's members, `counts[p]` is their sum, and `factors[p]` times
    a weighted sum makes means of different counts comparable as integers (0: nobody counts).
    """

    weights: list[tuple[int, ...]]
    counts: list[int]
    factors: list[int]


def voices(panel: Panel, of_members: Sequence[int]) -> Voices:
    """`of_members[m]` is how often member m counts: 1 each in the ranking, drawn in a draw."""
    weights = [tuple([of_members[m] for m in pattern]) for pattern in panel.patterns]
    counts = [sum(own) for own in weights]
    common = lcm(*(count for count in counts if count))
    return Voices(weights, counts, [common // count if count else 0 for count in counts])


def weighted_sum(weights: Sequence[int], points: Sequence[int]) -> int:
    return sum(map(mul, weights, points))


def comparable_means(panel: Panel, by: Voices) -> list[int | None]:
    """Per subject the mean of its sheets in one common unit; None where no sheet counts."""
    weights, factors = by.weights, by.factors
    return [
        weighted_sum(weights[subject.pattern], subject.totals) * factor
        if (factor := factors[subject.pattern])
        else None
        for subject in panel.subjects
    ]
