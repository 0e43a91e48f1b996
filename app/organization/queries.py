"""Units and people as of a date."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from app.organization.tables import Posting, Unit


async def unit_and_below(unit_id: int, day: date) -> frozenset[int]:
    rows = await Unit.raw(
        "WITH RECURSIVE below AS ("
        " SELECT {}::int AS id"
        " UNION SELECT v.unit FROM unit_version v JOIN below b ON v.parent = b.id"
        " WHERE v.valid_from <= {} AND (v.valid_to IS NULL OR v.valid_to >= {}))"
        " SELECT id FROM below",
        unit_id,
        day,
        day,
    )
    return frozenset(row["id"] for row in rows)


async def members_on(unit_ids: Collection[int], first: date, last: date) -> frozenset[int]:
    """Ids of the people posted to any of the units at any time from `first` to `last`."""
    rows = await Posting.raw(
        "SELECT DISTINCT person FROM posting WHERE unit = ANY({})"
        " AND valid_from <= {} AND (valid_to IS NULL OR valid_to >= {})",
        list(unit_ids),
        last,
        first,
    )
    return frozenset(row["person"] for row in rows)
