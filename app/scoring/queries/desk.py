"""Where the scoring of a round stands, and where in it one reader does."""

from __future__ import annotations

from dataclasses import dataclass

from app.kernel.actor import Actor
from app.movement.rules import RoundFacts
from app.scoring import policy
from app.scoring.rules.stages import Stage
from app.scoring.tables import ScoringOpening

# A candidate is a nomination whose gates stood at pass when scoring opened.
CANDIDATES = "nomination n JOIN gate_check g ON g.nomination = n.id AND g.outcome = 'pass'"


@dataclass(frozen=True, slots=True)
class Desk:
    """Where one reader stands in a round's scoring; `member` is None off the panel."""

    stage: Stage
    member: int | None


async def desk(round_: RoundFacts, actor: Actor) -> Desk:
    rows = await ScoringOpening.raw(
        "SELECT o.at AS opened_at, c.at AS closed_at, pm.id AS member FROM scoring_opening o"
        " LEFT JOIN scoring_closure c ON c.round = o.round"
        " LEFT JOIN panel_member pm ON pm.round = o.round AND pm.account = {}"
        " WHERE o.round = {}",
        actor.account_id,
        round_.id,
    )
    if not rows:
        return Desk(Stage(round_.scoring_close_on), None)
    row = rows[0]
    return Desk(
        Stage(round_.scoring_close_on, row["opened_at"], row["closed_at"]),
        row["member"] if policy.may_score(actor, round_.unit_id) else None,
    )


async def stage(round_: RoundFacts, *, lock: bool = False) -> Stage:
    """`lock` waits for every save under way and lets no new one begin until the commit."""
    if lock:
        await ScoringOpening.raw(
            "SELECT id FROM scoring_opening WHERE round = {} FOR UPDATE", round_.id
        )
    rows = await ScoringOpening.raw(
        "SELECT o.at AS opened_at, c.at AS closed_at FROM scoring_opening o"
        " LEFT JOIN scoring_closure c ON c.round = o.round WHERE o.round = {}",
        round_.id,
    )
    return Stage(round_.scoring_close_on, **rows[0]) if rows else Stage(round_.scoring_close_on)
