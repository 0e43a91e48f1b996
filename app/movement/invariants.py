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


async def broken_extension_that_is_not_the_current_day() -> list[str]:
    """The last extension of a stage is the day that stands in the calendar."""
    return await _named("""
        SELECT r.code || ' ' || e.stage AS what FROM (SELECT DISTINCT ON (round, stage) round,
         stage, new_last FROM stage_extension ORDER BY round, stage, id DESC) e
        JOIN review_round r ON r.id = e.round
        WHERE e.new_last IS DISTINCT FROM CASE e.stage
         WHEN 'registration' THEN r.registration_close_on
         WHEN 'nomination' THEN r.nominations_close_on
         WHEN 'endorsement' THEN r.endorsement_close_on
         WHEN 'appraisal' THEN r.appraisal_close_on
         WHEN 'scoring' THEN r.scoring_close_on
         WHEN 'session' THEN r.session_on
         WHEN 'comment' THEN r.comment_close_on
         WHEN 'decision' THEN r.decision_on END
    """)


async def broken_extensions_that_leave_a_gap() -> list[str]:
    """Each extension of a stage goes on where the one before it ended."""
    return await _named("""
        SELECT r.code || ' ' || e.stage AS what FROM (SELECT round, stage, old_last, lag(new_last)
         OVER (PARTITION BY round, stage ORDER BY id) AS before FROM stage_extension) e
        JOIN review_round r ON r.id = e.round WHERE e.before <> e.old_last
    """)


async def broken_extension_of_a_round_not_opened() -> list[str]:
    return await _named("""
        SELECT r.code AS what FROM stage_extension e JOIN review_round r ON r.id = e.round
        WHERE NOT EXISTS (SELECT FROM round_opening o WHERE o.round = e.round AND o.at <= e.at)
    """)


async def broken_overlapping_annual_rounds() -> list[str]:
    """One achievement is rewarded in one year of a movement."""
    return await _named("""
        SELECT a.code || ' ' || b.code AS what FROM review_round a JOIN review_round b
        ON b.movement = a.movement AND b.id > a.id AND b.kind = 'annual'
        WHERE a.kind = 'annual' AND daterange(a.achievements_from, a.achievements_to, '[]')
         && daterange(b.achievements_from, b.achievements_to, '[]')
    """)


async def broken_unit_in_a_movement_twice() -> list[str]:
    return await _named("""
        SELECT m.code || ' ' || u.code AS what FROM movement_unit a JOIN movement_unit b
        ON b.movement = a.movement AND b.unit = a.unit AND b.id > a.id
        JOIN movement m ON m.id = a.movement JOIN unit u ON u.id = a.unit
        WHERE daterange(a.joined_on, a.left_on, '[]') && daterange(b.joined_on, b.left_on, '[]')
    """)


async def broken_movement_that_is_part_of_itself() -> list[str]:
    return await _named("""
        WITH RECURSIVE up AS (SELECT id, code, parent FROM movement WHERE parent IS NOT NULL
         UNION SELECT u.id, u.code, m.parent FROM up u JOIN movement m ON m.id = u.parent
         WHERE m.parent IS NOT NULL)
        SELECT code AS what FROM up WHERE parent = id
    """)


async def broken_phase_that_cites_no_annual_round() -> list[str]:
    """A phase rests on annual rounds of its own movement inside its own window."""
    return await _named("""
        SELECT r.code AS what FROM round_opening o JOIN review_round r ON r.id = o.round
        CROSS JOIN LATERAL (SELECT jsonb_path_query_array(o.protocol::jsonb, '$.phase.rounds[*]')
         AS cited) c WHERE r.kind <> 'annual' AND (jsonb_array_length(c.cited) = 0 OR EXISTS (
         SELECT FROM jsonb_array_elements_text(c.cited) AS x(code) WHERE NOT EXISTS (
         SELECT FROM review_round a WHERE a.code = x.code AND a.kind = 'annual'
         AND a.movement = r.movement AND a.achievements_from >= r.achievements_from
         AND a.achievements_to <= r.achievements_to)))
    """)


async def broken_correction_without_its_hash() -> list[str]:
    return await _named("""
        SELECT r.code AS what FROM criteria_correction c JOIN review_round r ON r.id = c.round
        WHERE encode(sha256(convert_to(c.criteria, 'UTF8')), 'hex') <> c.criteria_sha256
    """)


async def broken_round_not_judged_by_its_last_correction() -> list[str]:
    """Corrections of a set form a chain, at whose end is what the round is judged by."""
    return await _named("""
        SELECT r.code AS what FROM criteria_correction c JOIN review_round r ON r.id = c.round
        WHERE c.new_set NOT IN (r.individual_set, r.collective_set) AND NOT EXISTS (
         SELECT FROM criteria_correction k WHERE k.round = c.round AND k.old_set = c.new_set)
    """)


async def _named(sql: str) -> list[str]:
    """`sql` gives a text column `what`."""
    return [row["what"] for row in await ReviewRound.raw(sql)]
