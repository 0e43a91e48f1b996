"""What must not exist among nominations."""

from __future__ import annotations

from app.nominations.tables import Nomination


async def broken_gates_frozen_before_submission() -> list[str]:
    return await _named("""
        SELECT n.code AS what FROM gate_check g JOIN nomination n ON n.id = g.nomination
        WHERE n.submitted_at IS NULL OR n.submitted_at > g.at
    """)


async def broken_nomination_in_a_round_not_opened() -> list[str]:
    return await _named("""
        SELECT n.code AS what FROM nomination n LEFT JOIN round_opening o ON o.round = n.round
        WHERE o.id IS NULL
    """)


async def broken_submission_outside_its_days() -> list[str]:
    """Both days count, and they are days in Vietnam."""
    return await _named("""
        SELECT n.code AS what FROM submission s JOIN nomination n ON n.id = s.nomination
        JOIN review_round r ON r.id = n.round
        WHERE (s.at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date
         NOT BETWEEN r.nominations_open_on AND r.nominations_close_on
    """)


async def broken_evidence_under_a_criterion_of_another_set() -> list[str]:
    return await _named("""
        SELECT n.code AS what FROM evidence_item e JOIN nomination n ON n.id = e.nomination
        JOIN criterion c ON c.id = e.criterion JOIN review_round r ON r.id = n.round
        WHERE c.criteria_set <> CASE n.subject WHEN 'individual' THEN r.individual_set
         ELSE r.collective_set END
    """)


async def broken_gates_that_do_not_add_up() -> list[str]:
    """One gate failed or held, and yet the whole passed."""
    return await _named("""
        SELECT n.code AS what FROM gate_check g JOIN nomination n ON n.id = g.nomination
        WHERE g.outcome = 'pass' AND EXISTS (
         SELECT FROM jsonb_each(g.verdicts::jsonb) AS v WHERE v.value ->> 'outcome' <> 'pass')
    """)


async def _named(sql: str) -> list[str]:
    """`sql` gives a text column `what`."""
    return [row["what"] for row in await Nomination.raw(sql)]
