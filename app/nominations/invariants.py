"""What must not exist among nominations."""

from __future__ import annotations

from app.nominations.queries.routing import STANDING
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
    """Both days count, and they are days in Vietnam. What came back has until appraisal ends."""
    return await _named("""
        SELECT n.code AS what FROM submission s JOIN nomination n ON n.id = s.nomination
        JOIN review_round r ON r.id = n.round
        CROSS JOIN LATERAL (SELECT (s.at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date AS day) v
        WHERE CASE s.number WHEN 1
         THEN v.day NOT BETWEEN r.nominations_open_on AND r.nominations_close_on
         ELSE v.day > r.appraisal_close_on END
    """)


async def broken_achievement_outside_its_period() -> list[str]:
    """Entries made before days were asked for have none; whatever has days lies in the period."""
    return await _named("""
        SELECT n.code || ' #' || e.id AS what FROM evidence_item e
        JOIN nomination n ON n.id = e.nomination JOIN review_round r ON r.id = n.round
        WHERE e.withdrawn_at IS NULL AND e.last_on IS NOT NULL
         AND (e.first_on < coalesce(n.period_from, r.achievements_from)
          OR e.last_on > coalesce(n.period_to, r.achievements_to))
    """)


async def broken_stage_that_does_not_follow_from_the_records() -> list[str]:
    return await _named(f"""
        SELECT n.code AS what FROM nomination n JOIN ({STANDING}) s ON s.id = n.id
        WHERE (n.stage, n.at_unit, n.submitted_at)
         IS DISTINCT FROM (s.stage, s.at_unit, s.submitted_at)
    """)


async def broken_endorsement_without_its_step() -> list[str]:
    """The step of another unit, or none at all."""
    return await _named("""
        SELECT n.code AS what FROM endorsement e JOIN nomination n ON n.id = e.nomination
        JOIN endorsement_list l ON l.id = e.endorsement_list
        WHERE NOT EXISTS (SELECT FROM route_step t WHERE t.nomination = e.nomination
         AND t.position = e.step AND t.unit = l.unit)
    """)


async def broken_endorsement_above_a_missing_one() -> list[str]:
    return await _named("""
        SELECT n.code AS what FROM endorsement e JOIN nomination n ON n.id = e.nomination
        WHERE e.ended_at IS NULL AND EXISTS (SELECT FROM route_step t
         WHERE t.nomination = e.nomination AND t.position < e.step AND NOT EXISTS (
          SELECT FROM endorsement x WHERE x.nomination = t.nomination
          AND x.step = t.position AND x.ended_at IS NULL))
    """)


async def broken_undone_list_that_still_endorses() -> list[str]:
    return await _named("""
        SELECT n.code AS what FROM endorsement e JOIN nomination n ON n.id = e.nomination
        JOIN endorsement_list l ON l.id = e.endorsement_list
        WHERE l.undone_at IS NOT NULL AND e.ended_at IS NULL
    """)


async def broken_item_asked_of_a_dossier_not_at_the_office() -> list[str]:
    return await _named("""
        SELECT n.code AS what FROM item_return i JOIN nomination n ON n.id = i.nomination
        WHERE i.closed_at IS NULL AND n.stage <> 'office'
    """)


async def broken_evidence_under_a_criterion_of_another_set() -> list[str]:
    return await _named("""
        SELECT n.code AS what FROM evidence_item e JOIN nomination n ON n.id = e.nomination
        JOIN criterion c ON c.id = e.criterion JOIN review_round r ON r.id = n.round
        WHERE e.withdrawn_at IS NULL
         AND c.criteria_set <> CASE n.subject WHEN 'individual' THEN r.individual_set
          ELSE r.collective_set END
    """)


async def broken_file_under_an_achievement_of_another_place() -> list[str]:
    """Of another dossier, or of another criterion than the file itself."""
    return await _named("""
        SELECT DISTINCT n.code AS what FROM evidence_file f JOIN nomination n ON n.id = f.nomination
        JOIN evidence_item e ON e.id = f.evidence
        WHERE e.nomination <> f.nomination OR e.criterion IS DISTINCT FROM f.criterion
    """)


async def broken_gates_that_do_not_add_up() -> list[str]:
    """One gate failed or held, and yet the whole passed."""
    return await _named("""
        SELECT n.code AS what FROM gate_check g JOIN nomination n ON n.id = g.nomination
        WHERE g.outcome = 'pass' AND EXISTS (
         SELECT FROM jsonb_each(g.verdicts::jsonb) AS v WHERE v.value ->> 'outcome' <> 'pass')
    """)


async def broken_ground_of_somebody_else() -> list[str]:
    """A ground is an award of the nominee, or of a unit the nominee came from."""
    return await _named("""
        WITH RECURSIVE before (unit, id) AS (
         SELECT collective, collective FROM nomination WHERE collective IS NOT NULL UNION
         SELECT b.unit, s.predecessor FROM before b JOIN unit_succession s ON s.successor = b.id)
        SELECT n.code AS what FROM nomination_ground g JOIN nomination n ON n.id = g.nomination
        JOIN award_record a ON a.id = g.award WHERE a.person IS DISTINCT FROM n.person
         OR (n.collective IS NOT NULL AND NOT EXISTS (SELECT FROM before b
          WHERE b.unit = n.collective AND b.id = a.collective))
    """)


async def broken_measured_value_of_another_criterion() -> list[str]:
    """Only a measured criterion of the set that judges the dossier has a value of its own."""
    return await _named("""
        SELECT n.code AS what FROM measured_value m JOIN nomination n ON n.id = m.nomination
        JOIN criterion c ON c.id = m.criterion JOIN review_round r ON r.id = n.round
        WHERE c.kind <> 'measured' OR c.criteria_set <> CASE n.subject
         WHEN 'individual' THEN r.individual_set ELSE r.collective_set END
    """)


async def broken_frozen_dossier_without_its_measured_values() -> list[str]:
    """What was measured is frozen with the gates, also where there was nothing to measure."""
    return await _named("""
        SELECT n.code || ' ' || c.code AS what FROM gate_check g
        JOIN nomination n ON n.id = g.nomination JOIN review_round r ON r.id = n.round
        JOIN criterion c ON c.kind = 'measured' AND c.criteria_set = CASE n.subject
         WHEN 'individual' THEN r.individual_set ELSE r.collective_set END
        WHERE NOT EXISTS (SELECT FROM measured_value m
         WHERE m.nomination = n.id AND m.criterion = c.id)
    """)


async def broken_points_that_the_criterion_does_not_take() -> list[str]:
    """Above the maximum, or where the system measures or nothing is marked at all."""
    return await _named("""
        SELECT n.code AS what FROM score_column_mark m JOIN criterion c ON c.id = m.criterion
        JOIN score_column s ON s.id = m.score_column JOIN nomination n ON n.id = s.nomination
        WHERE c.kind NOT IN ('judged', 'attested') OR m.points > c.max_points
    """)


async def broken_more_votes_than_were_present() -> list[str]:
    return await _named("""
        SELECT n.code AS what FROM peer_review_vote v JOIN peer_review p ON p.id = v.peer_review
        JOIN nomination n ON n.id = v.nomination
        WHERE v.agree_votes + v.disagree_votes > p.members_present
    """)


async def broken_minutes_about_another_unit_s_nominee() -> list[str]:
    return await _named("""
        SELECT n.code AS what FROM peer_review_vote v JOIN peer_review p ON p.id = v.peer_review
        JOIN nomination n ON n.id = v.nomination
        WHERE n.round <> p.round OR n.nominating_unit <> p.unit
    """)


async def broken_achievement_period_outside_the_round() -> list[str]:
    return await _named("""
        SELECT n.code AS what FROM nomination n JOIN review_round r ON r.id = n.round
        WHERE n.period_from < r.achievements_from OR n.period_to > r.achievements_to
    """)


async def _named(sql: str) -> list[str]:
    """`sql` gives a text column `what`."""
    return [row["what"] for row in await Nomination.raw(sql)]
