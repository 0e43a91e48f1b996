"""What must not exist among decisions and their annexes."""

from __future__ import annotations

from app.decisions.tables import AwardDecision


async def broken_decision_without_council_result() -> list[str]:
    return await _named("""
        SELECT n.code AS what FROM decision_item i JOIN nomination n ON n.id = i.nomination
        LEFT JOIN council_result r ON r.nomination = n.id WHERE r.id IS NULL OR NOT r.approved
    """)


async def broken_award_in_spite_of_a_gate() -> list[str]:
    return await _named("""
        SELECT n.code AS what FROM decision_item i JOIN nomination n ON n.id = i.nomination
        LEFT JOIN gate_check g ON g.nomination = n.id WHERE g.outcome IS DISTINCT FROM 'pass'
    """)


async def broken_gap_among_decision_numbers() -> list[str]:
    return await _named("""
        SELECT d.series AS what FROM award_decision d LEFT JOIN number_series s ON s.code = d.series
        GROUP BY d.series, s.last_number
        HAVING count(*) <> max(d.series_number)
         OR max(d.series_number) IS DISTINCT FROM s.last_number
    """)


async def broken_decision_signed_before_the_session() -> list[str]:
    return await _named("""
        SELECT d.number AS what FROM award_decision d JOIN council_session s ON s.round = d.round
        WHERE d.signed_on < s.held_on
    """)


async def broken_approved_nomination_left_out() -> list[str]:
    return await _named("""
        SELECT n.code AS what FROM council_result c JOIN nomination n ON n.id = c.nomination
        JOIN award_decision d ON d.round = n.round
        LEFT JOIN decision_item i ON i.nomination = n.id AND i.decision = d.id
        WHERE c.approved AND i.id IS NULL
    """)


async def _named(sql: str) -> list[str]:
    """`sql` gives a text column `what`."""
    return [row["what"] for row in await AwardDecision.raw(sql)]
