"""Lists page by key: the cursor is the sort key of the last row shown, so no page ever counts."""

from __future__ import annotations

import base64
import binascii
import json
from dataclasses import dataclass
from typing import Generic, TypeVar

Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class Cursor:
    """Rows strictly after (`key`, `id`) in the list's order."""

    key: str
    id: int

    def __str__(self) -> str:
        raw = json.dumps([self.key, self.id], ensure_ascii=False).encode()
        return base64.urlsafe_b64encode(raw).decode().rstrip("=")


@dataclass(frozen=True, slots=True)
class PageOf(Generic[Row]):
    rows: tuple[Row, ...]
    next: Cursor | None


def cursor_from(text: str) -> Cursor | None:
    """A spoilt or foreign cursor starts the list again rather than failing."""
    try:
        raw = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
        key, row_id = json.loads(raw)
    except (ValueError, binascii.Error, TypeError):
        return None
    if isinstance(key, str) and isinstance(row_id, int) and abs(row_id) < 2**31:
        return Cursor(key.replace("\x00", ""), row_id)
    return None
