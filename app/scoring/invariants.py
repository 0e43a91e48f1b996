"""What must not exist among score sheets and rankings."""

from __future__ import annotations

from app.scoring.tables import ScoreSheet


async def broken_scoring_without_frozen_protocol() -> list[str]:
    return await _named("""
        SELECT r.code AS what FROM scoring_opening s JOIN review_round r ON r.id = s.round
        LEFT JOIN round_opening o ON o.round = r.id WHERE o.id IS NULL
    """)


async def broken_score_sheet_of_a_recused_member() -> list[str]:
    return await _named("""
        SELECT n.code AS what FROM score_sheet s
        JOIN recusal r ON r.member = s.member AND r.nomination = s.nomination
        JOIN nomination n ON n.id = s.nomination
        WHERE EXISTS (SELECT 1 FROM mark m WHERE m.sheet = s.id)
    """)


async def broken_mark_above_its_maximum() -> list[str]:
    return await _named("""
        SELECT n.code || ' ' || c.code AS what FROM mark m JOIN criterion c ON c.id = m.criterion
        JOIN score_sheet s ON s.id = m.sheet JOIN nomination n ON n.id = s.nomination
        WHERE c.max_points IS NULL OR m.points > c.max_points
    """)


async def broken_mark_under_a_criterion_of_another_set() -> list[str]:
    return await _named("""
        SELECT n.code || ' ' || c.code AS what FROM mark m JOIN criterion c ON c.id = m.criterion
        JOIN score_sheet s ON s.id = m.sheet JOIN nomination n ON n.id = s.nomination
        JOIN review_round r ON r.id = n.round
        WHERE c.criteria_set <> CASE n.subject WHEN 'individual' THEN r.individual_set
         ELSE r.collective_set END
    """)


async def broken_mark_on_what_the_system_measures() -> list[str]:
    return await _named("""
        SELECT n.code || ' ' || c.code AS what FROM mark m JOIN criterion c ON c.id = m.criterion
        JOIN score_sheet s ON s.id = m.sheet JOIN nomination n ON n.id = s.nomination
        WHERE c.kind = 'measured'
    """)


async def broken_phase_scored_before_the_rounds_it_cites() -> list[str]:
    return await _named("""
        SELECT r.code || ' ' || cited.code AS what FROM scoring_opening s
        JOIN review_round r ON r.id = s.round JOIN round_opening o ON o.round = r.id
        CROSS JOIN LATERAL jsonb_array_elements_text(o.protocol::jsonb #> '{{phase,rounds}}')
         AS cited (code)
        LEFT JOIN review_round a ON a.code = cited.code
        LEFT JOIN scoring_closure c ON c.round = a.id AND c.at <= s.at
        WHERE c.id IS NULL
    """)


async def broken_score_sheet_of_what_was_not_admitted() -> list[str]:
    """No score compensates a failed gate."""
    return await _named("""
        SELECT n.code AS what FROM score_sheet s JOIN nomination n ON n.id = s.nomination
        LEFT JOIN gate_check g ON g.nomination = n.id WHERE g.outcome IS DISTINCT FROM 'pass'
    """)


async def broken_member_scoring_themselves() -> list[str]:
    return await _named("""
        SELECT n.code AS what FROM score_sheet s JOIN panel_member p ON p.id = s.member
        JOIN account a ON a.id = p.account JOIN nomination n ON n.id = s.nomination
        WHERE a.person = n.person
    """)


async def broken_mark_saved_after_the_closure() -> list[str]:
    return await _named("""
        SELECT n.code AS what FROM score_sheet s JOIN nomination n ON n.id = s.nomination
        JOIN scoring_closure c ON c.round = n.round WHERE s.saved_at > c.at
    """)


async def broken_ranking_without_its_hash() -> list[str]:
    return await _named("""
        SELECT r.code || ' ' || k.subject AS what FROM ranking k
        JOIN review_round r ON r.id = k.round
        WHERE encode(sha256(convert_to(k.input, 'UTF8')), 'hex') <> k.input_sha256
    """)


async def broken_ranking_of_a_round_still_scoring() -> list[str]:
    return await _named("""
        SELECT r.code || ' ' || k.subject AS what FROM ranking k
        JOIN review_round r ON r.id = k.round
        LEFT JOIN scoring_closure c ON c.round = k.round WHERE c.id IS NULL
    """)


async def _named(sql: str) -> list[str]:
    """`sql` gives a text column `what`."""
    return [row["what"] for row in await ScoreSheet.raw(sql)]
