"""How often a list was given more days, from when to when, by whom and why."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from app.public_comment.tables import PublicationExtension


@dataclass(frozen=True, slots=True)
class Extension:
    old_last: date
    new_last: date
    reason: str
    by: str
    at: datetime


async def extensions_of(publication_id: int) -> tuple[Extension, ...]:
    """In their order. The caller has loaded the list as visible."""
    rows = await PublicationExtension.raw(
        "SELECT e.old_last, e.new_last, e.reason, a.name AS by, e.at"
        " FROM publication_extension e JOIN account a ON a.id = e.by"
        " WHERE e.publication = {} ORDER BY e.id",
        publication_id,
    )
    return tuple(Extension(**row) for row in rows)
