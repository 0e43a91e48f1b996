"""How far a round has come, which only later rooms know."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Collection

# By the id of a round: keys of `rules.STAGES` whose results are frozen.
Progress = Callable[[int], Awaitable[Collection[str]]]
_progress: list[Progress] = []


def take_progress_from(source: Progress) -> None:
    """Once, by the composition root."""
    _progress[:] = [source]


async def finished_stages(round_id: int) -> Collection[str]:
    return await _progress[0](round_id) if _progress else ()
