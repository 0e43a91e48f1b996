"""The paper that decided a dossier's own award; only a later room knows it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Collection, Mapping
from datetime import date

# Number and day of the decision that names a nomination, by nomination; those decided only.
Decided = Callable[[Collection[int]], Awaitable[Mapping[int, tuple[str, date]]]]
_decided: list[Decided] = []


def take_decided_from(source: Decided) -> None:
    """Once, by the composition root."""
    _decided[:] = [source]


async def decided_by(nomination_ids: Collection[int]) -> Mapping[int, tuple[str, date]]:
    for source in _decided:
        return await source(nomination_ids)
    return {}
