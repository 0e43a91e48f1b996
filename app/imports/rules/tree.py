"""The tree of units over time: a loop or a gap may exist on some days only."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

DEEPEST = 20


@dataclass(frozen=True, slots=True)
class Version:
    """What a unit is called and whose it is, from `first` to `last` (both included)."""

    name: str
    parent: str | None
    first: date
    last: date | None


def loop_above(
    code: str, version: Version, versions: Mapping[str, Sequence[Version]]
) -> tuple[str, ...] | None:
    """Codes from the unit upwards back to one already passed, on days when all hold at once.

    A chain deeper than any real tree is answered as a loop too: it ends nowhere sensible.
    """
    waiting: list[tuple[tuple[str, ...], str | None, date, date]] = [
        ((code,), version.parent, version.first, version.last or date.max)
    ]
    while waiting:
        path, parent, first, last = waiting.pop()
        if parent is None:
            continue
        if parent in path or len(path) >= DEEPEST:
            return (*path, parent)
        for above in versions.get(parent, ()):
            start, end = max(first, above.first), min(last, above.last or date.max)
            if start <= end:
                waiting.append(((*path, parent), above.parent, start, end))
    return None


def outlives_parent(version: Version, versions: Mapping[str, Sequence[Version]]) -> bool:
    """Whether the parent is missing on a day of this version. Versions of a unit have no gaps."""
    if version.parent is None:
        return False
    above = versions.get(version.parent, ())
    if not above:
        return True
    first = min(v.first for v in above)
    last = max(v.last or date.max for v in above)
    return version.first < first or (version.last or date.max) > last
