"""Who sits on a council on a day."""

from __future__ import annotations

from datetime import date

from app.council.rules import CouncilFacts, MemberFacts
from app.council.tables import Council


async def members(round_id: int, day: date) -> CouncilFacts | None:
    """The council of the unit that launched the round's movement, as composed on that day."""
    rows = await Council.raw(
        "SELECT co.id, co.name AS council_name, co.founding_paper,"
        " cm.account, cm.office, cm.position, a.name"
        " FROM review_round r JOIN movement m ON m.id = r.movement"
        " JOIN council co ON co.unit = m.launched_by"
        " AND co.valid_from <= {} AND (co.valid_to IS NULL OR co.valid_to >= {})"
        " LEFT JOIN council_member cm ON cm.council = co.id"
        " AND cm.valid_from <= {} AND (cm.valid_to IS NULL OR cm.valid_to >= {})"
        " LEFT JOIN account a ON a.id = cm.account"
        " WHERE r.id = {} ORDER BY co.valid_from DESC, co.id DESC, cm.position, cm.id",
        day,
        day,
        day,
        day,
        round_id,
    )
    if not rows:
        return None
    first = rows[0]
    return CouncilFacts(
        first["id"],
        first["council_name"],
        first["founding_paper"],
        tuple(
            MemberFacts(row["account"], row["name"], row["office"], row["position"])
            for row in rows
            if row["id"] == first["id"] and row["account"] is not None
        ),
    )


async def other_council_on(unit_id: int, day: date) -> bool:
    rows = await Council.raw(
        "SELECT id FROM council WHERE unit = {} AND (valid_to IS NULL OR valid_to >= {})",
        unit_id,
        day,
    )
    return bool(rows)
