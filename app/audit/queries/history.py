from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from app.audit.tables import AuditEntry


@dataclass(frozen=True, slots=True)
class HistoryLine:
    at: datetime
    actor_name: str
    action: str


async def history(object_kind: str, object_id: int) -> tuple[HistoryLine, ...]:
    """What happened to one object, oldest first. The caller has loaded the object as visible."""
    rows = await AuditEntry.raw(
        "SELECT at, actor_name, action FROM audit_entry"
        " WHERE object_kind = {} AND object_id = {} ORDER BY id",
        object_kind,
        object_id,
    )
    return tuple(HistoryLine(row["at"], row["actor_name"], row["action"]) for row in rows)
