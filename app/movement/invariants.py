"""What must not exist among rounds and their frozen protocol."""

from __future__ import annotations

from app.movement.tables import ReviewRound


async def broken_frozen_text_without_its_hash() -> list[str]:
    """What was hashed when a round opened is what lies there now."""
    return await _named("""
        SELECT r.code AS what FROM round_opening o JOIN review_round r ON r.id = o.round
        WHERE encode(sha256(convert_to(o.protocol, 'UTF8')), 'hex') <> o.protocol_sha256
         OR encode(sha256(convert_to(o.criteria, 'UTF8')), 'hex') <> o.criteria_sha256
    """)


async def broken_open_round_without_criteria_or_calendar() -> list[str]:
    return await _named("""
        SELECT r.code AS what FROM round_opening o JOIN review_round r ON r.id = o.round
        WHERE coalesce(r.individual_set, r.collective_set) IS NULL
         OR r.nominations_open_on IS NULL OR r.nominations_close_on IS NULL
    """)


async def _named(sql: str) -> list[str]:
    """`sql` gives a text column `what`."""
    return [row["what"] for row in await ReviewRound.raw(sql)]
