"""How near two Vietnamese texts are, in whole numbers: shares of runs of three words."""

from __future__ import annotations

from app.kernel.vietnamese import search_key

_RUN = 3
# Shorter sentences are alike by chance.
FEWEST_WORDS = 6

Runs = frozenset[tuple[str, ...]]


def runs(text: str) -> Runs:
    """Runs of three words without marks, case and punctuation; none of a short text."""
    words = search_key(text).split()
    if len(words) < FEWEST_WORDS:
        return frozenset()
    return frozenset(tuple(words[start : start + _RUN]) for start in range(len(words) - _RUN + 1))


def alike(one: Runs, other: Runs, percent: int) -> bool:
    """At least `percent` of all runs of both are common to them; an empty one is like nothing."""
    return bool(one and other) and len(one & other) * 100 >= percent * len(one | other)


def contained(one: Runs, other: Runs, percent: int) -> bool:
    """At least `percent` of the runs of `one` are found in `other`, which may say more."""
    return bool(one) and len(one & other) * 100 >= percent * len(one)
