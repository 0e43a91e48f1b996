"""Which member of the panel goes by which label in everything that leaves the council."""

from __future__ import annotations

from collections.abc import Iterable
from random import Random


def labels(accounts: Iterable[int], chance: Random) -> dict[int, str]:
    """M1, M2, ... drawn by lot: the council's order is known, and exports give marks by label."""
    drawn = list(dict.fromkeys(accounts))
    chance.shuffle(drawn)
    return {account: f"M{number}" for number, account in enumerate(drawn, start=1)}
