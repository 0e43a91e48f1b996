"""What stands under the criteria of a round that a correction would change."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from decimal import Decimal
from typing import Any

from piccolo.querystring import QueryString

from app.kernel.actor import Actor
from app.nominations.queries.visible import FROM, seen_by
from app.nominations.rules.correcting import AffectedDossier, CriterionUse
from app.nominations.tables import Nomination
from app.web.paging import Cursor, PageOf

PAGE = 50
# One row for each thing under a criterion: whose, which, what, and the points of a mark.
_STANDING = (
    "SELECT nomination, criterion, 'achievements' AS what, NULL::numeric AS points"
    " FROM evidence_item WHERE withdrawn_at IS NULL"
    " UNION ALL SELECT nomination, criterion, 'files', NULL FROM evidence_file"
    " WHERE removed_at IS NULL"
    " UNION ALL SELECT nomination, criterion, 'questions', NULL FROM item_return"
    " WHERE closed_at IS NULL"
    " UNION ALL SELECT s.nomination, m.criterion, 'marks', m.points FROM score_column_mark m"
    " JOIN score_column s ON s.id = m.score_column"
)
_COUNTS = (
    "count(DISTINCT x.nomination) AS dossiers,"
    " count(*) FILTER (WHERE x.what = 'achievements') AS achievements,"
    " count(*) FILTER (WHERE x.what = 'files') AS files,"
    " count(*) FILTER (WHERE x.what = 'questions') AS questions,"
    " count(*) FILTER (WHERE x.what = 'marks') AS marks, max(x.points) AS highest"
)


async def uses_of(
    round_id: int, set_id: int, codes: Collection[str], actor: Actor | None = None
) -> Mapping[str, CriterionUse]:
    """By code, in the dossiers this actor sees; None: in all, to decide and not to show."""
    seen = QueryString("true") if actor is None else seen_by(actor)
    rows = await Nomination.raw(
        f"SELECT c.code, {_COUNTS} FROM ({_STANDING}) AS x"
        " JOIN criterion c ON c.id = x.criterion AND c.criteria_set = {} AND c.code = ANY({})"
        f" JOIN ({{}}) AS d ON d.id = x.nomination GROUP BY c.code",
        set_id,
        list(codes),
        QueryString(f"SELECT n.id FROM {FROM} WHERE n.round = {{}} AND {{}}", round_id, seen),
    )
    return {row.pop("code"): CriterionUse(**row) for row in rows}


async def dossiers_affected(
    round_id: int,
    set_id: int,
    codes: Collection[str],
    actor: Actor,
    *,
    cursor: Cursor | None = None,
) -> PageOf[AffectedDossier]:
    """In the order of names: each with something under a criterion that changes."""
    after = cursor or Cursor("", 0)
    rows = await Nomination.raw(
        "SELECT n.id, n.code, n.name, n.unit_name, n.order_key, u.uses"
        f" FROM {FROM} CROSS JOIN LATERAL (SELECT json_agg(json_build_array(y.code,"
        " y.achievements, y.files, y.questions, y.marks, y.highest::text) ORDER BY y.code) AS uses"
        f" FROM (SELECT c.code, {_COUNTS} FROM ({_STANDING}) AS x"
        " JOIN criterion c ON c.id = x.criterion AND c.criteria_set = {} AND c.code = ANY({})"
        " WHERE x.nomination = n.id GROUP BY c.code) AS y) AS u"
        " WHERE n.round = {} AND {} AND n.id IN (SELECT x.nomination"
        f" FROM ({_STANDING}) AS x JOIN criterion c ON c.id = x.criterion"
        " AND c.criteria_set = {} AND c.code = ANY({}))"
        ' AND (n.order_key COLLATE "C", n.id) > ({}, {})'
        f' ORDER BY n.order_key COLLATE "C", n.id LIMIT {PAGE + 1}',
        set_id,
        list(codes),
        round_id,
        seen_by(actor),
        set_id,
        list(codes),
        after.key,
        after.id,
    )
    shown = tuple(_dossier(row) for row in rows[:PAGE])
    more = len(rows) > PAGE
    return PageOf(shown, Cursor(shown[-1].order_key, shown[-1].id) if more else None)


async def scoring_opened(round_id: int) -> bool:
    """Opening scoring freezes the gates of every dossier at the office."""
    rows = await Nomination.raw(
        "SELECT EXISTS (SELECT FROM gate_check g JOIN nomination n ON n.id = g.nomination"
        " WHERE n.round = {}) AS opened",
        round_id,
    )
    return bool(rows[0]["opened"])


async def lock_dossiers(round_id: int) -> None:
    """Nobody adds to a dossier of the round until the transaction ends; the round is locked."""
    await Nomination.raw(
        "SELECT id FROM nomination WHERE round = {} ORDER BY id FOR UPDATE", round_id
    )


def _dossier(row: dict[str, Any]) -> AffectedDossier:
    uses = {
        code: CriterionUse(
            1, achievements, files, questions, marks, None if highest is None else Decimal(highest)
        )
        for code, achievements, files, questions, marks, highest in json.loads(row["uses"])
    }
    plain = {name: row[name] for name in ("id", "code", "name", "unit_name", "order_key")}
    return AffectedDossier(**plain, uses=uses)
