from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from app.movement.rules import RoundFacts
from app.nominations.queries.measuring import measured_of_round
from app.nominations.rules.measuring import rows_document
from app.nominations.tables import MeasuredValue


async def freeze_measured(
    round_: RoundFacts, nomination_ids: Collection[int], *, now: datetime
) -> int:
    """Part of freezing the gates, in its transaction; returns how many values were written."""
    found = await measured_of_round(round_, nomination_ids)
    lines = [(nomination, own) for nomination, criteria in found.items() for own in criteria]
    if lines:
        # One array per column: a row per parameter would pass the protocol's 32,767.
        await MeasuredValue.raw(
            "INSERT INTO measured_value (nomination, criterion, value, points, rows, at)"
            " SELECT n, c, v, p, r, {} FROM unnest({}::int[], {}::int[], {}::numeric[],"
            " {}::numeric[], {}::text[]) AS x (n, c, v, p, r)",
            now,
            [nomination for nomination, _ in lines],
            [own.criterion.id for _, own in lines],
            [own.value for _, own in lines],
            [own.points for _, own in lines],
            [rows_document(own.rows) for _, own in lines],
        )
    return len(lines)
