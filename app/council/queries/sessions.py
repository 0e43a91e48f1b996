"""The recorded session of a round, and what stands before it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from app.council import policy
from app.council.rules import SessionFacts
from app.council.tables import CouncilSession
from app.kernel.actor import Actor
from app.kernel.period import today_in_vietnam
from app.kernel.refusal import N_
from app.kernel.waiting import WaitingItem
from app.movement.rules import RoundFacts
from app.scoring.rules.stages import Stage


@dataclass(frozen=True, slots=True)
class CouncilRecord:
    """How far a round has come, as the council's page needs it."""

    stage: Stage
    session: SessionFacts | None


async def record(round_: RoundFacts) -> CouncilRecord:
    rows = await CouncilSession.raw(
        "SELECT o.at AS opened_at, cl.at AS closed_at, s.id, co.name AS council_name, s.held_on,"
        " s.members_total, s.members_present, s.minutes_number, s.at AS recorded_at"
        " FROM review_round r LEFT JOIN scoring_opening o ON o.round = r.id"
        " LEFT JOIN scoring_closure cl ON cl.round = r.id"
        " LEFT JOIN council_session s ON s.round = r.id LEFT JOIN council co ON co.id = s.council"
        " WHERE r.id = {}",
        round_.id,
    )
    row = rows[0]
    stage = Stage(round_.scoring_close_on, row.pop("opened_at"), row.pop("closed_at"))
    return CouncilRecord(stage, SessionFacts(**row) if row["id"] is not None else None)


async def session(round_id: int) -> SessionFacts | None:
    rows = await CouncilSession.raw(
        "SELECT s.id, co.name AS council_name, s.held_on, s.members_total, s.members_present,"
        " s.minutes_number, s.at AS recorded_at FROM council_session s"
        " JOIN council co ON co.id = s.council WHERE s.round = {}",
        round_id,
    )
    return SessionFacts(**rows[0]) if rows else None


async def waiting(actor: Actor, now: datetime) -> tuple[WaitingItem, ...]:
    """One query for the secretary, none for others."""
    if not (units := policy.records_for(actor)):
        return ()
    rows = await CouncilSession.raw(
        "SELECT r.id, r.name, r.session_on FROM review_round r"
        " JOIN scoring_closure cl ON cl.round = r.id"
        " JOIN movement w ON w.id = r.movement"
        " WHERE w.launched_by = ANY({}::int[]) AND r.session_on <= {}"
        " AND NOT EXISTS (SELECT FROM council_session s WHERE s.round = r.id)"
        " ORDER BY r.session_on, r.id",
        sorted(units),
        today_in_vietnam(now),
    )
    return tuple(
        WaitingItem(
            N_("{round}: ghi kết quả phiên họp Hội đồng."),
            f"/rounds/{row['id']}/council-session",
            {"round": row["name"]},
            row["session_on"],
        )
        for row in rows
    )
