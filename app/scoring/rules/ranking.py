"""The order of the subjects: fused value, then each tie-break in turn, never name or chance."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from app.scoring.rules.fusion import Voices, comparable_means, voices, weighted_sum
from app.scoring.rules.panel import Panel

# Present beats absent whatever the number is; two absent keys are equal.
_ABSENT = (0, 0)


@dataclass(frozen=True, slots=True)
class Place:
    """`rank` None: fewer complete sheets than the protocol asks for; unranked, never zero."""

    subject: int
    rank: int | None
    tied: bool


def rank_all(panel: Panel) -> list[Place]:
    """Places in rank order, equal ranks by code, the unranked last by code."""
    by = voices(panel, [1] * len(panel.members))
    taking_part = ranked(panel)
    places = [
        Place(subject, rank, len(group) > 1)
        for rank, group in standings(panel, by, taking_part)
        for subject in sorted(group)
    ]
    placed = set(taking_part)
    unranked = (i for i in range(len(panel.subjects)) if i not in placed)
    return places + [Place(subject, None, False) for subject in unranked]


def ranked(panel: Panel) -> list[int]:
    """Positions of the subjects with enough complete sheets to be ranked."""
    least = panel.protocol.min_members
    return [i for i, subject in enumerate(panel.subjects) if len(subject.totals) >= least]


def standings(
    panel: Panel, by: Voices, taking_part: Sequence[int]
) -> Iterator[tuple[int, list[int]]]:
    """Rank and the subjects sharing it, best first; who has no sheet that counts is left out."""
    means = comparable_means(panel, by)
    present = [subject for subject in taking_part if means[subject] is not None]
    present.sort(key=means.__getitem__, reverse=True)  # type: ignore[arg-type]
    rank = 1
    for _, equal in groupby(present, key=means.__getitem__):
        for group in _untied(panel, by, list(equal)):
            yield rank, group
            rank += len(group)


def _untied(panel: Panel, by: Voices, equal: list[int]) -> list[list[int]]:
    # Tie-breaks cost a sum per criterion, so only those who need one pay for it.
    if len(equal) == 1 or not panel.protocol.tie_breaks:
        return [equal]
    keys = {subject: _tie_key(panel, by, subject) for subject in equal}
    equal.sort(key=keys.__getitem__, reverse=True)
    return [list(group) for _, group in groupby(equal, key=keys.__getitem__)]


def _tie_key(panel: Panel, by: Voices, position: int) -> tuple[tuple[int, int], ...]:
    subject = panel.subjects[position]
    weights, factor = by.weights[subject.pattern], by.factors[subject.pattern]
    result = []
    for tie in panel.protocol.tie_breaks:
        if tie.kind == "criterion":
            result.append((1, weighted_sum(weights, subject.tie_marks[tie.name]) * factor))
        elif tie.name in subject.tie_keys:
            result.append((1, subject.tie_keys[tie.name]))
        else:
            result.append(_ABSENT)
    return tuple(result)
