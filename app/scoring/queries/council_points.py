"""The council's own column of a dossier: the mean of its complete sheets, once they are frozen."""

from __future__ import annotations

import json
from collections.abc import Collection
from decimal import Decimal

from app.kernel.actor import Actor
from app.nominations.rules import Column, Dossier
from app.scoring import policy
from app.scoring.tables import ScoringClosure

_NEEDED = (
    "(SELECT count(*) FROM criterion c WHERE c.criteria_set ="
    " CASE n.subject WHEN 'individual' THEN r.individual_set ELSE r.collective_set END"
    " AND c.kind IN ('judged', 'attested'))"
)


async def council_column(dossier: Dossier, actor: Actor) -> Column | None:
    """None as long as nothing is frozen, and for whoever may not see the ranking."""
    if not policy.has_ranking_page(actor, dossier.review.unit_id):
        return None
    return (await _columns([dossier.id])).get(dossier.id)


async def council_points(nomination_ids: Collection[int]) -> dict[int, dict[str, Decimal]]:
    """By nomination and criterion code. Callers have asked `policy.may_see_ranking`.

    Exact to nine places: a sum of them, rounded, is the value in the ranking.
    """
    found = await _columns(nomination_ids)
    return {nomination: dict(column.marks) for nomination, column in found.items()}


async def _columns(nomination_ids: Collection[int]) -> dict[int, Column]:
    """Too few complete sheets give no marks here, as they give no rank there."""
    rows = await ScoringClosure.raw(
        "WITH whole AS (SELECT s.id, s.nomination FROM score_sheet s"
        " JOIN nomination n ON n.id = s.nomination JOIN review_round r ON r.id = n.round"
        " JOIN scoring_closure cl ON cl.round = r.id WHERE s.nomination = ANY({})"
        f" AND (SELECT count(*) FROM mark m WHERE m.sheet = s.id) = {_NEEDED}),"
        " given AS (SELECT w.nomination, c.code, round(avg(m.points), 9) AS points,"
        " count(*) AS sheets, max(cl.at) AS at FROM whole w JOIN mark m ON m.sheet = w.id"
        " JOIN criterion c ON c.id = m.criterion JOIN nomination n ON n.id = w.nomination"
        " JOIN scoring_closure cl ON cl.round = n.round"
        " GROUP BY w.nomination, c.code)"
        " SELECT g.nomination, max(g.sheets) AS sheets, max(g.at) AS at,"
        " json_object_agg(g.code, trim_scale(g.points)::text) AS marks FROM given g"
        " JOIN nomination n ON n.id = g.nomination JOIN round_opening o ON o.round = n.round"
        " WHERE g.sheets >= (o.protocol::json ->> 'min_members')::int GROUP BY g.nomination",
        list(nomination_ids),
    )
    return {
        row["nomination"]: Column(
            {code: Decimal(text) for code, text in json.loads(row["marks"]).items()},
            at=row["at"],
            sheets=row["sheets"],
        )
        for row in rows
    }
