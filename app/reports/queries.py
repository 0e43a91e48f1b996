"""Read-only views across rooms."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from app.movement.rules import COLUMNS, Calendar, StageDays
from app.movement.tables import ReviewRound
from app.reports import rules


@dataclass(frozen=True, slots=True)
class RoundMilestones:
    """When each step of a round happened; None while it has not. No content, only that it did."""

    scoring_opened_at: datetime | None
    scoring_closed_at: datetime | None
    session_held_on: date | None
    decision_id: int | None
    decision_number: str | None
    certificates_done_at: datetime | None

    def finished_stages(self) -> frozenset[str]:
        return rules.finished_stages(
            scoring_opened=self.scoring_opened_at is not None,
            scoring_closed=self.scoring_closed_at is not None,
            session_held=self.session_held_on is not None,
            decided=self.decision_id is not None,
        )


async def milestones(round_id: int) -> RoundMilestones:
    rows = await ReviewRound.raw(
        "SELECT so.at AS scoring_opened_at, sc.at AS scoring_closed_at,"
        " cs.held_on AS session_held_on, d.id AS decision_id, d.number AS decision_number,"
        " b.finished_at AS certificates_done_at FROM review_round r"
        " LEFT JOIN scoring_opening so ON so.round = r.id"
        " LEFT JOIN scoring_closure sc ON sc.round = r.id"
        " LEFT JOIN council_session cs ON cs.round = r.id"
        " LEFT JOIN award_decision d ON d.round = r.id"
        " LEFT JOIN issue_batch b ON b.decision = d.id WHERE r.id = {}",
        round_id,
    )
    return RoundMilestones(**rows[0])


async def finished_stages(round_id: int) -> frozenset[str]:
    return (await milestones(round_id)).finished_stages()


@dataclass(frozen=True, slots=True)
class RunningRound:
    """`stages`: those that have begun and run today; between two of them, the one that is next."""

    id: int
    name: str
    stages: tuple[StageDays, ...]


async def running_rounds(today: date) -> tuple[RunningRound, ...]:
    """Opened, with a day to come and without a decision: nobody's secret inside the house."""
    days = ", ".join(f"r.{name}" for name in COLUMNS)
    rows = await ReviewRound.raw(
        f"SELECT r.id, r.name, {days} FROM review_round r JOIN round_opening o ON o.round = r.id"
        f" WHERE greatest({days}) >= {{}}"
        " AND NOT EXISTS (SELECT FROM award_decision d WHERE d.round = r.id)"
        f" ORDER BY greatest({days}), r.id",
        today,
    )
    return tuple(
        RunningRound(
            row["id"],
            row["name"],
            rules.under_way(Calendar(**{name: row[name] for name in COLUMNS}), today),
        )
        for row in rows
    )
