"""Points before the council's own: what the nominee, the unit and appraisal would have given."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal
from hashlib import sha256

from app.demo.world.story_facts import Nominee, Story

Points = Mapping[str, Decimal | None]
_HALF = Decimal("0.5")
# Nominees think more of their work than the council, in per cent of the most there is.
_KINDER = {"self": (2, 8), "unit": (0, 5), "appraisal": (-2, 2)}
_UNSCORED = Decimal(80)


def points_of(story: Story, nominee: Nominee, giver: str) -> Points:
    """Around what the council gave; for those it never scored, around four fifths."""
    given: dict[str, list[Decimal]] = defaultdict(list)
    for mark in story.marks:
        if mark.subject == nominee.key:
            given[mark.criterion].append(Decimal(mark.points))
    low, high = _KINDER[giver]
    found = {}
    for criterion in story.criteria.of(nominee.kind):
        own = given[criterion.code]
        most = criterion.maximum
        middle = sum(own, Decimal(0)) / len(own) if own else most * _UNSCORED / 100
        drawn = low + _drawn(nominee.key, giver, criterion.code) % (high - low + 1)
        found[criterion.code] = _to_halves(min(most, max(Decimal(0), middle + most * drawn / 100)))
    return found


def agreeing(nominee: Nominee, present: int) -> int:
    """Votes for a nominee among those present: most of them."""
    return present - _drawn(nominee.key, "votes") % 3


def _drawn(*label: str) -> int:
    return int.from_bytes(sha256("\x1f".join(label).encode()).digest()[:4], "big")


def _to_halves(points: Decimal) -> Decimal:
    return (points / _HALF).quantize(Decimal(1), ROUND_HALF_UP) * _HALF
