"""Shares of a whole, compared exactly."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Share:
    """A threshold as the frozen protocol writes it, such as 2/3; compared without rounding."""

    numerator: int
    denominator: int

    def reached(self, part: int, whole: int) -> bool:
        return part * self.denominator >= self.numerator * whole

    def least(self, whole: int) -> int:
        """The smallest part of `whole` that reaches it."""
        return -(-self.numerator * whole // self.denominator)

    def __str__(self) -> str:
        return f"{self.numerator}/{self.denominator}"


def share(protocol: Mapping[str, Mapping[str, int]], name: str) -> Share:
    return Share(protocol[name]["numerator"], protocol[name]["denominator"])
