"""How far the panel has come: counts only, never a mark."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Progress:
    """Sheets of one member: `total` without those the member stepped aside from."""

    total: int
    complete: int
    recused: int = 0

    @property
    def left(self) -> int:
        return self.total - self.complete


@dataclass(frozen=True, slots=True)
class MemberProgress:
    label: str
    progress: Progress


def sheets_left(panel: Iterable[MemberProgress]) -> int:
    return sum(member.progress.left for member in panel)
