"""What the statements of waiting work share: a line about one round, and when none is left."""

from __future__ import annotations

from datetime import date
from typing import Any

from app.kernel.waiting import WaitingItem

Items = tuple[WaitingItem, ...]
# Opening scoring freezes every dossier at the office at once, so any one of them tells.
NOT_SCORED = (
    "NOT EXISTS (SELECT FROM gate_check x WHERE x.nomination = (SELECT y.id FROM nomination y"
    " WHERE y.round = r.id AND y.stage = 'office' LIMIT 1))"
)


def line_of(message: str, path: str, row: dict[str, Any], due: date | None) -> WaitingItem:
    values = {"n": row["n"], "round": row["round"]}
    return WaitingItem(message, f"/rounds/{row['id']}{path}", values, due)
