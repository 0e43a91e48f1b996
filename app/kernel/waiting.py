"""One line of "what waits for me": a sentence with its figures, and where to go."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, slots=True)
class WaitingItem:
    message: str
    href: str
    values: Mapping[str, object] = field(default_factory=dict)
    due: date | None = None
