"""A round of full size, written by the database itself: 16,000 dossiers in a few seconds."""

from __future__ import annotations

from datetime import date
from typing import Any

from piccolo.columns import Column

from app.movement.tables import ReviewRound
from app.nominations.tables import Nomination
from tests.conftest import World
from tests.organization import crowd

UNITS = 1_500
DAYS: dict[Column | str, Any] = {
    ReviewRound.registration_open_on: date(2025, 10, 20),
    ReviewRound.registration_close_on: date(2025, 10, 31),
    ReviewRound.endorsement_close_on: date(2025, 11, 25),
    ReviewRound.appraisal_close_on: date(2025, 11, 30),
}
TABLES = (
    "nomination",
    "submission",
    "registration",
    "attestation",
    "evidence_item",
    "item_return",
    "score_column",
    "score_column_mark",
    "route_step",
)


async def gather(world: World, size: int) -> None:
    """`size` people of 40 provinces in the round 2025, of each ten: one draft, one that waits at
    its province, one refused, the others at the office; half with points and words.

    One in a hundred was asked for something; half of these answered.
    """
    await crowd.gather(world.ids["root"], size, UNITS)
    await ReviewRound.update(DAYS).where(ReviewRound.id == world.ids["round_2025"])
    by = world.ids["account:officer"]
    await Nomination.raw(
        "INSERT INTO nomination (code, round, subject, person, nominating_unit, award_form, name,"
        " post, unit_name, search_key, order_key, achievement, created_by, created_at, stage,"
        " at_unit, submitted_at) SELECT 'CN-2025-' || to_char(p.n, 'FM00000'), {}, 'individual',"
        " p.id, c.id, {}, p.full_name, 'Kiểm sát viên', 'Phòng số ' || p.n % {},"
        " p.search_key || ' kiem sat vien phong so ' || p.n % {} || ' cn 2025 '"
        " || to_char(p.n, 'FM00000'), p.order_key, '', {}, {}, s.stage,"
        " CASE s.stage WHEN 'route' THEN c.id END,"
        " CASE s.stage WHEN 'draft' THEN NULL ELSE {}::timestamptz + make_interval(secs => p.n) END"
        " FROM (SELECT *, substr(staff_code, 2)::int AS n FROM person WHERE staff_code LIKE 'C%') p"
        " JOIN unit c ON c.code = 'c-' || (p.n % 40 + 1)"
        " CROSS JOIN LATERAL (SELECT CASE p.n % 10 WHEN 0 THEN 'draft' WHEN 1 THEN 'route'"
        " WHEN 2 THEN 'refused' ELSE 'office' END AS stage) s",
        world.ids["round_2025"],
        world.ids["award_form"],
        UNITS,
        UNITS,
        by,
        world.now,
        world.now,
    )
    await Nomination.raw(
        "INSERT INTO submission (nomination, by, at) SELECT id, {}, submitted_at FROM nomination"
        " WHERE submitted_at IS NOT NULL",
        by,
    )
    await Nomination.raw(
        "INSERT INTO route_step (nomination, position, unit, unit_name) SELECT id, 1,"
        " nominating_unit, unit_name FROM nomination WHERE submitted_at IS NOT NULL"
    )
    await Nomination.raw(
        "INSERT INTO endorsement_list (round, unit, paper_number, paper_on, by, at)"
        " SELECT DISTINCT round, nominating_unit, '1/TTr', {}::date, {}::int, {}::timestamptz"
        " FROM nomination WHERE stage = 'office'",
        world.now.date(),
        world.ids["account:head"],
        world.now,
    )
    await Nomination.raw(
        "INSERT INTO endorsement (endorsement_list, nomination, step, position) SELECT l.id, n.id,"
        " 1, n.id FROM nomination n JOIN endorsement_list l ON l.unit = n.nominating_unit"
        " AND l.round = n.round WHERE n.stage = 'office'"
    )
    await Nomination.raw(
        "INSERT INTO nomination_refusal (nomination, from_unit, reason, by, at) SELECT id,"
        " nominating_unit, 'Chưa đủ thành tích.', {}, {} FROM nomination WHERE stage = 'refused'",
        world.ids["account:head"],
        world.now,
    )
    await Nomination.raw(
        "INSERT INTO registration (round, subject, person, unit, award_form, name, post, unit_name,"
        " search_key, order_key, goal, by, at) SELECT round, subject, person, nominating_unit,"
        " award_form, name, post, unit_name, search_key, order_key, '', {}, {} FROM nomination"
        " WHERE id % 2 = 0",
        by,
        world.now,
    )
    await Nomination.raw(
        "INSERT INTO attestation (nomination, gate, positive, statement, by, at)"
        " SELECT id, gate, true, 'Đã xác nhận.', {}, {} FROM nomination"
        " CROSS JOIN (VALUES ('G1'), ('G4')) AS x (gate) WHERE id % 2 = 0",
        world.ids["account:appraiser"],
        world.now,
    )
    await Nomination.raw(
        "INSERT INTO evidence_item (nomination, criterion, statement, quantity_before,"
        " quantity_after, quantity_unit, document, first_on, last_on, by, at) SELECT n.id, c.id,"
        " 'Kết quả học tập', 3, 12, 'giờ', '', '2025-02-10', '2025-10-17', {}, {} FROM nomination n"
        " CROSS JOIN (SELECT id FROM criterion WHERE criteria_set = {} AND kind <> 'gate' LIMIT 2)"
        " c",
        by,
        world.now,
        world.ids["set:individual"],
    )
    await Nomination.raw(
        "INSERT INTO item_return (nomination, item, question, due_on, by, at, answer, answered_by,"
        " answered_at) SELECT id, 'report', 'Bổ sung số liệu.', {}, {}, {},"
        " CASE WHEN a.answered THEN 'Đã bổ sung.' ELSE '' END,"
        " CASE WHEN a.answered THEN {}::int END, CASE WHEN a.answered THEN {}::timestamptz END"
        " FROM nomination CROSS JOIN LATERAL (SELECT substr(code, 9)::int / 100 % 2 = 0"
        " AS answered) a WHERE stage = 'office' AND substr(code, 9)::int % 100 = 7",
        date(2025, 11, 20),
        world.ids["account:appraiser"],
        world.now,
        by,
        world.now,
    )
    await Nomination.raw(
        "WITH made AS (INSERT INTO score_column (nomination, giver, version, note, by, at)"
        " SELECT id, giver, 1, '', {}, {} FROM nomination CROSS JOIN"
        " (VALUES ('self'), ('unit'), ('appraisal')) AS x (giver) WHERE id % 2 = 0 RETURNING id)"
        " INSERT INTO score_column_mark (score_column, criterion, points)"
        " SELECT made.id, c.id, (made.id * 7 + c.id) % 21 FROM made CROSS JOIN (SELECT id"
        " FROM criterion WHERE criteria_set = {} AND kind <> 'gate') c",
        by,
        world.now,
        world.ids["set:individual"],
    )
    for table in TABLES:
        await Nomination.raw(f"VACUUM (ANALYZE) {table}")
