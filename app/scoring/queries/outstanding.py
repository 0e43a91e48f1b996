"""What opening the scoring would leave behind, told before it is done."""

from __future__ import annotations

from dataclasses import dataclass

from app.movement.rules import RoundFacts
from app.nominations.queries import measured_of_round
from app.scoring.tables import ScoringOpening


@dataclass(frozen=True, slots=True)
class Outstanding:
    """Counts of dossiers. `on_the_way`: with a unit that has not sent them on; they take no part.

    `open_items`: at the office, with something sent back and not settled. `unmeasured`: codes of
    dossiers at the office with a measured criterion for which there is nothing to measure.
    """

    on_the_way: int
    open_items: int
    unmeasured: tuple[str, ...]

    @property
    def any(self) -> bool:
        return bool(self.on_the_way or self.open_items or self.unmeasured)


async def outstanding(round_: RoundFacts) -> Outstanding:
    """For whoever opens the scoring; as many statements as measuring takes, and one."""
    rows = await ScoringOpening.raw(
        "SELECT n.id, n.code, n.stage, EXISTS (SELECT FROM item_return i"
        " WHERE i.nomination = n.id AND i.closed_at IS NULL) AS asked"
        " FROM nomination n WHERE n.round = {} AND n.stage IN ('route', 'office') ORDER BY n.code",
        round_.id,
    )
    office = {row["id"]: row["code"] for row in rows if row["stage"] == "office"}
    measured = await measured_of_round(round_, office) if office else {}
    return Outstanding(
        sum(row["stage"] == "route" for row in rows),
        sum(row["asked"] for row in rows if row["id"] in office),
        tuple(
            code
            for id_, code in office.items()
            if any(own.points is None for own in measured.get(id_, ()))
        ),
    )
