"""What the scoring asks of somebody today."""

from __future__ import annotations

from datetime import datetime

from app.kernel.actor import Actor
from app.kernel.period import today_in_vietnam
from app.kernel.refusal import N_
from app.kernel.waiting import WaitingItem
from app.scoring import policy
from app.scoring.queries.desk import CANDIDATES
from app.scoring.tables import PanelMember, ScoringOpening

_NEEDED = (
    "(SELECT count(*) FROM criterion c JOIN review_round r ON c.criteria_set ="
    " CASE n.subject WHEN 'individual' THEN r.individual_set ELSE r.collective_set END"
    " WHERE r.id = n.round AND c.kind IN ('judged', 'attested'))"
)


async def waiting(actor: Actor, now: datetime) -> tuple[WaitingItem, ...]:
    """At most two queries: the member's own unfinished sheets, and what the secretary runs."""
    items = await _sheets_to_score(actor, now) if policy.scores_for(actor) else ()
    if policy.runs_for(actor):
        items += await _rounds_to_run(actor, now)
    return items


async def _sheets_to_score(actor: Actor, now: datetime) -> tuple[WaitingItem, ...]:
    rows = await PanelMember.raw(
        "SELECT r.id, r.name, r.scoring_close_on, count(*) AS left_over FROM panel_member pm"
        " JOIN review_round r ON r.id = pm.round"
        " JOIN movement w ON w.id = r.movement AND w.launched_by = ANY({}::int[])"
        f" JOIN ({CANDIDATES}) ON n.round = r.id"
        " LEFT JOIN score_sheet s ON s.nomination = n.id AND s.member = pm.id"
        " WHERE pm.account = {} AND r.scoring_close_on >= {}"
        " AND NOT EXISTS (SELECT FROM scoring_closure cl WHERE cl.round = r.id)"
        " AND NOT EXISTS"
        " (SELECT FROM recusal rc WHERE rc.nomination = n.id AND rc.member = pm.id)"
        f" AND (SELECT count(*) FROM mark m WHERE m.sheet = s.id) < {_NEEDED}"
        " GROUP BY r.id ORDER BY r.scoring_close_on, r.id",
        sorted(policy.scores_for(actor)),
        actor.account_id,
        today_in_vietnam(now),
    )
    return tuple(
        WaitingItem(
            N_("{round}: còn {n} hồ sơ chưa chấm đủ."),
            f"/rounds/{row['id']}/score-sheet",
            {"round": row["name"], "n": row["left_over"]},
            row["scoring_close_on"],
        )
        for row in rows
    )


async def _rounds_to_run(actor: Actor, now: datetime) -> tuple[WaitingItem, ...]:
    today = today_in_vietnam(now)
    rows = await ScoringOpening.raw(
        "SELECT r.id, r.name, r.scoring_close_on, r.session_on, o.id AS opening"
        " FROM review_round r JOIN round_opening ro ON ro.round = r.id"
        " JOIN movement w ON w.id = r.movement AND w.launched_by = ANY({}::int[])"
        " LEFT JOIN scoring_opening o ON o.round = r.id"
        " WHERE NOT EXISTS (SELECT FROM scoring_closure cl WHERE cl.round = r.id)"
        " AND ((o.id IS NULL AND r.scoring_close_on >= {} AND greatest("
        "r.nominations_close_on, r.endorsement_close_on, r.appraisal_close_on) < {})"
        " OR (o.id IS NOT NULL AND r.scoring_close_on < {})) ORDER BY r.scoring_close_on, r.id",
        sorted(policy.runs_for(actor)),
        today,
        today,
        today,
    )
    return tuple(
        WaitingItem(
            N_("{round}: chốt kết quả chấm điểm."),
            f"/rounds/{row['id']}/ranking",
            {"round": row["name"]},
            row["session_on"],
        )
        if row["opening"]
        else WaitingItem(
            N_("{round}: mở chấm điểm cho Hội đồng."),
            f"/rounds/{row['id']}/council-session",
            {"round": row["name"]},
            row["scoring_close_on"],
        )
        for row in rows
    )
