"""Choices that depend on the seed and a label only.

`random.Random` may change its derived methods between Python versions, and a shared stream
makes every later choice depend on every earlier one. A hash of (seed, label) does neither.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from hashlib import sha256
from typing import TypeVar

from app.demo import workdays

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Picker:
    seed: int

    def number(self, low: int, high: int, *label: object) -> int:
        """A whole number from `low` to `high`, both included."""
        text = "\x1f".join(str(part) for part in (self.seed, *label))
        drawn = int.from_bytes(sha256(text.encode()).digest()[:8], "big")
        return low + drawn % (high - low + 1)

    def choice(self, items: Sequence[T], *label: object) -> T:
        return items[self.number(0, len(items) - 1, *label)]

    def percent(self, chance: int, *label: object) -> bool:
        return self.number(1, 100, *label) <= chance

    def day(self, first: date, last: date, *label: object) -> date:
        return first + timedelta(days=self.number(0, (last - first).days, *label))

    def working_day(self, first: date, last: date, *label: object) -> date:
        """Like `day`, or the working day before: nothing is signed on weekends and feasts."""
        return workdays.until(self.day(first, last, *label))

    def shuffled(self, items: Sequence[T], *label: object) -> list[T]:
        order = sorted(range(len(items)), key=lambda i: (self.number(0, 2**62, *label, i), i))
        return [items[i] for i in order]
