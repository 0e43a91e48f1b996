from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from app.nominations.queries.routing import STANDING
from app.nominations.tables import ItemReturn, Nomination


async def remember_standing(nomination_ids: Collection[int]) -> None:
    """Bring `stage`, `at_unit` and `submitted_at` up to what the records say, in one statement.

    Call after writing them, in the same transaction.
    """
    await Nomination.raw(
        "UPDATE nomination SET stage = s.stage, at_unit = s.at_unit,"
        f" submitted_at = s.submitted_at FROM ({STANDING} WHERE n.id = ANY({{}})) s"
        " WHERE nomination.id = s.id",
        list(nomination_ids),
    )


async def close_items(nomination_id: int, now: datetime) -> None:
    """What was asked of a dossier that goes away is asked no more."""
    await ItemReturn.raw(
        "UPDATE item_return SET accepted = false, closed_at = {}"
        " WHERE nomination = {} AND closed_at IS NULL",
        now,
        nomination_id,
    )
