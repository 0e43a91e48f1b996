"""What must not exist among sessions and results."""

from __future__ import annotations

from app.council.tables import CouncilResult


async def broken_council_result_without_frozen_ranking() -> list[str]:
    return await _named("""
        SELECT n.code AS what FROM council_result c JOIN nomination n ON n.id = c.nomination
        LEFT JOIN ranking k ON k.round = n.round AND k.subject = n.subject WHERE k.id IS NULL
    """)


async def broken_more_votes_than_members() -> list[str]:
    """Written votes count, so the limit is all members."""
    return await _named("""
        SELECT n.code AS what FROM council_result c JOIN council_session s ON s.id = c.session
        JOIN nomination n ON n.id = c.nomination WHERE c.agree_votes > s.members_total
    """)


async def broken_session_before_scoring_ended() -> list[str]:
    return await _named("""
        SELECT s.minutes_number AS what FROM council_session s
        LEFT JOIN scoring_closure c ON c.round = s.round
        WHERE c.id IS NULL OR s.held_on < (c.at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date
    """)


async def broken_two_councils_of_a_unit_at_once() -> list[str]:
    return await _named("""
        SELECT a.name AS what FROM council a JOIN council b ON a.unit = b.unit AND a.id < b.id
        WHERE a.valid_from <= coalesce(b.valid_to, 'infinity')
         AND b.valid_from <= coalesce(a.valid_to, 'infinity')
    """)


async def _named(sql: str) -> list[str]:
    """`sql` gives a text column `what`."""
    return [row["what"] for row in await CouncilResult.raw(sql)]
