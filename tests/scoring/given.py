"""Rounds in which scoring has come so far, written straight into the tables."""

from __future__ import annotations

from datetime import datetime

from app.eligibility.rules import to_document
from app.kernel.verdict import Outcome, Reason, Verdict
from app.nominations.tables import GateCheck, Nomination, Submission
from app.organization.tables import Person
from app.scoring.tables import PanelMember, ScoringOpening
from tests.conftest import World

MEMBERS = ("member_1", "member_2", "member_3")
OPENED = "2025-11-21"
SCORING = "2025-11-25"
LAST_DAY = "2025-12-05"
AFTER = "2025-12-06"
INDIVIDUAL = {"C1": "20", "C2": "30.5", "C3": "15", "C4": "10"}


async def nominations(
    world: World,
    n: int,
    outcome: str | None = "pass",
    *,
    first: int = 1,
    gate: str = "G2",
    round_id: int | None = None,
) -> list[int]:
    """`n` submitted nominations of new people; `outcome` None leaves their gates unanswered."""
    people = await Person.raw(
        "INSERT INTO person (staff_code, full_name, search_key, order_key, birth_date, sex,"
        " ethnicity, staff_category, recruited_on)"
        " SELECT 'NV' || i, 'Người thứ ' || i, 'nguoi thu ' || i, to_char(i, 'FM00000'),"
        " '1990-01-01', 'female', 'Kinh', 'civil_servant', '2015-01-01'"
        " FROM generate_series({}::int, {}::int) AS i RETURNING id, full_name, order_key",
        first,
        first + n - 1,
    )
    rows = await Nomination.raw(
        "INSERT INTO nomination (code, round, subject, person, nominating_unit, award_form, name,"
        " post, unit_name, search_key, order_key, achievement, created_by, created_at)"
        " SELECT 'CN-2025-' || order_key, {}, 'individual', id, {}, {}, full_name, 'Chuyên viên',"
        " 'Phòng 1', search_key, order_key, '', {}, {} FROM person WHERE id = ANY({})"
        " ORDER BY order_key RETURNING id",
        round_id or world.ids["round_2025"],
        world.ids["lang_son"],
        world.ids["award_form"],
        world.ids["account:officer"],
        world.now,
        [person["id"] for person in people],
    )
    ids = [row["id"] for row in rows]
    await _submit(world, ids, outcome, gate)
    return ids


async def collective(
    world: World, unit: str, outcome: str | None = "pass", *, round_id: int | None = None
) -> int:
    found = Nomination(
        code=f"TT-2025-{world.ids[unit]:04d}",
        round=round_id or world.ids["round_2025"],
        subject="collective",
        collective=world.ids[unit],
        nominating_unit=world.ids["lang_son"],
        award_form=world.ids["award_form"],
        name=f"Tập thể {unit}",
        post="",
        unit_name="Viện kiểm sát nhân dân tỉnh Lạng Sơn",
        search_key=unit,
        order_key=unit,
        achievement="",
        created_by=world.ids["account:officer"],
        created_at=world.now,
    )
    await found.save()
    await _submit(world, [found.id], outcome, "G2")
    return int(found.id)


async def _submit(world: World, ids: list[int], outcome: str | None, gate: str) -> None:
    officer = world.ids["account:officer"]
    await Submission.raw(
        "INSERT INTO submission (nomination, by, at) SELECT unnest({}::int[]), {}, {}",
        ids,
        officer,
        world.now,
    )
    await Nomination.raw(
        "UPDATE nomination SET stage = 'office', submitted_at = {} WHERE id = ANY({})",
        world.now,
        ids,
    )
    if outcome is not None:
        verdict = Verdict(Outcome(outcome), (Reason("because", "Lý do công khai."),))
        await GateCheck.raw(
            "INSERT INTO gate_check (nomination, outcome, verdicts, by, at)"
            " SELECT unnest({}::int[]), {}, {}, {}, {}",
            ids,
            outcome,
            to_document({gate: verdict}),
            officer,
            world.now,
        )


async def scoring_open(world: World, members: tuple[str, ...] = MEMBERS) -> dict[str, int]:
    """The panel's seats by login."""
    secretary = world.ids["account:secretary"]
    await ScoringOpening(round=world.ids["round_2025"], by=secretary, at=world.at(OPENED)).save()
    seats = {}
    for number, login in enumerate(members, start=1):
        seat = PanelMember(
            round=world.ids["round_2025"], account=world.ids[f"account:{login}"], label=f"M{number}"
        )
        await seat.save()
        seats[login] = int(seat.id)
    return seats


async def all_marks(world: World, points: str, moment: datetime, login: str) -> None:
    """A complete sheet with these points on every criterion, for every candidate, in bulk."""
    await ScoringOpening.raw(
        "WITH own AS (INSERT INTO score_sheet (member, nomination, version, saved_at)"
        " SELECT pm.id, n.id, 1, {} FROM panel_member pm JOIN nomination n ON n.round = pm.round"
        " JOIN gate_check g ON g.nomination = n.id AND g.outcome = 'pass'"
        " WHERE pm.account = {} RETURNING id, nomination)"
        " INSERT INTO mark (sheet, criterion, points) SELECT own.id, c.id, {}::text::numeric"
        " FROM own JOIN nomination n ON n.id = own.nomination JOIN review_round r ON r.id = n.round"
        " JOIN criterion c ON c.kind IN ('judged', 'attested') AND c.criteria_set ="
        " CASE n.subject WHEN 'individual' THEN r.individual_set ELSE r.collective_set END",
        moment,
        world.ids[f"account:{login}"],
        points,
    )
