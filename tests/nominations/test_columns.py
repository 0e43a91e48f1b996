"""The columns of points: who fills in which, what each reader sees, and the council's own."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from decimal import Decimal

import pytest

from app.audit.tables import AuditEntry
from app.kernel.refusal import NotVisible, Refused
from app.nominations import actions, queries
from app.nominations.rules import Column
from app.nominations.tables import ScoreColumn, ScoreColumnMark
from tests.conftest import World
from tests.finished_round import finish
from tests.nominations.prepared import add_proofs, draft_person, freeze, submitted_person
from tests.nominations.test_measuring import with_measured

pytestmark = pytest.mark.anyio
MARKS = {"C1": Decimal(20), "C2": Decimal("30.5"), "C3": None, "C4": Decimal(0)}


async def save(
    world: World,
    nomination: int,
    giver: str,
    login: str,
    version: int = 0,
    marks: Mapping[str, Decimal | None] = MARKS,
    day: str = "2025-11-10",
) -> int:
    return await actions.save_column(
        nomination,
        giver,
        marks,
        "Nhận xét.",
        version,
        actor=await world.actor(login),
        now=world.at(day),
    )


async def columns(world: World, nomination: int, login: str) -> Mapping[str, Column]:
    actor = await world.actor(login)
    return await queries.columns_of(await queries.nomination(nomination, actor), actor)


async def test_a_column_is_saved_in_part_and_then_whole(world: World) -> None:
    nomination = await draft_person(world)
    assert await save(world, nomination, "self", "staff") == 1
    found = (await columns(world, nomination, "staff"))["self"]
    assert (dict(found.marks), found.version, found.note, found.by) == (
        {"C1": Decimal(20), "C2": Decimal("30.5"), "C4": Decimal(0)},
        1,
        "Nhận xét.",
        "Hoàng Văn Ánh",
    )
    # A field that was emptied takes its mark away; one that was not offered stays.
    assert await save(world, nomination, "self", "officer", 1, {"C1": None, "C3": Decimal(7)}) == 2
    found = (await columns(world, nomination, "staff"))["self"]
    assert dict(found.marks) == {"C2": Decimal("30.5"), "C3": Decimal(7), "C4": Decimal(0)}


@pytest.mark.parametrize(
    ("giver", "login"),
    [
        ("self", "appraiser"),
        ("self", "other_officer"),
        ("unit", "staff"),
        ("unit", "appraiser"),
        ("appraisal", "officer"),
        ("appraisal", "secretary"),
        ("council", "member_1"),
        ("other", "officer"),
    ],
)
async def test_nobody_fills_in_the_column_of_another(world: World, giver: str, login: str) -> None:
    nomination = await submitted_person(world)
    with pytest.raises(NotVisible):
        await save(world, nomination, giver, login)
    assert await ScoreColumn.count() == 0


async def test_each_column_has_its_time(world: World) -> None:
    nomination = await draft_person(world)
    await add_proofs(world, nomination, "individual")
    await save(world, nomination, "unit", "head")
    with pytest.raises(NotVisible):
        await save(world, nomination, "appraisal", "appraiser")
    await actions.submit(nomination, actor=await world.actor("officer"), now=world.now)
    with pytest.raises(Refused) as error:
        await save(world, nomination, "unit", "head", 1)
    assert error.value.refusal.code == "already-submitted"
    await save(world, nomination, "appraisal", "appraiser", day="2025-11-22")
    await freeze(world)
    with pytest.raises(Refused) as error:
        await save(world, nomination, "appraisal", "appraiser", 1)
    assert error.value.refusal.code == "scoring-opened"


async def test_two_at_once_do_not_overwrite_each_other(world: World) -> None:
    nomination = await draft_person(world)
    outcomes = await asyncio.gather(
        save(world, nomination, "self", "officer"),
        save(world, nomination, "self", "staff", 0, {"C1": Decimal(1)}),
        return_exceptions=True,
    )
    lost = [error for error in outcomes if isinstance(error, Refused)]
    assert [error.refusal.code for error in lost] == ["changed-meanwhile"]
    assert (await ScoreColumn.count(), await ScoreColumnMark.count() in (1, 3)) == (1, True)


async def test_appraisal_is_shown_outside_the_office_once_it_is_over(world: World) -> None:
    nomination = await submitted_person(world)
    await save(world, nomination, "appraisal", "appraiser")
    for login, seen in (
        ("staff", ["self", "unit"]),
        ("officer", ["self", "unit"]),
        ("appraiser", ["self", "unit", "appraisal"]),
        ("member_1", ["self", "unit", "appraisal"]),
    ):
        assert list(await columns(world, nomination, login)) == seen, login
    await freeze(world)
    assert list(await columns(world, nomination, "staff")) == ["self", "unit", "appraisal"]


async def test_the_council_s_column_is_the_mean_of_complete_sheets(world: World) -> None:
    made = await finish(world)
    async with world.client("secretary") as browser:
        page = (await browser.get(f"/nominations/{made.own}/points")).text
    assert "trung bình 3 phiếu" in page
    found = (await columns(world, made.own, "secretary"))["council"]
    # Three members gave 10, 11 and 12 on each criterion.
    assert (dict(found.marks), found.sheets) == (
        {code: Decimal("11.00") for code in ("C1", "C2", "C3", "C4")},
        3,
    )
    for login in ("staff", "officer", "head"):
        assert "council" not in await columns(world, made.own, login), login


async def test_before_the_ranking_is_frozen_nobody_sees_the_council_s(world: World) -> None:
    nomination = await submitted_person(world)
    for login in ("secretary", "member_1", "leader"):
        assert "council" not in await columns(world, nomination, login)


async def test_marks_do_not_go_into_the_log(world: World) -> None:
    nomination = await draft_person(world)
    await save(world, nomination, "self", "staff")
    rows = await AuditEntry.select().where(AuditEntry.action == "nominations.save_points")
    assert len(rows) == 1
    assert "30.5" not in str(rows)
    assert "Nhận xét" not in str(rows)


async def test_the_page_takes_a_sheet_and_shows_the_gap(world: World) -> None:
    nomination = await draft_person(world)
    path = f"/nominations/{nomination}/points"
    async with world.client("staff") as browser:
        page = (await browser.get(path)).text
        assert f'action="{path}/self"' in page
        assert f'action="{path}/unit"' not in page
        typed = {"C1": "17,5", "C2": "", "C3": "3", "C4": "", "version": "0", "note": ""}
        saved = await browser.form(f"{path}/self", typed)
        assert (saved.status_code, saved.headers["location"]) == (303, f"{path}?column=self")
    async with world.client("officer") as browser:
        assert f'action="{path}/unit"' in (await browser.get(f"{path}?column=unit")).text
        typed |= {"C1": "16"}
        assert (await browser.form(f"{path}/unit", typed)).status_code == 303
        page = (await browser.get(path)).text
    assert "−1,5" in page
    assert "còn thiếu 2 tiêu chí" in page


async def test_a_mark_too_high_comes_back_beside_its_field(world: World) -> None:
    nomination = await draft_person(world)
    path = f"/nominations/{nomination}/points"
    async with world.client("staff") as browser:
        answer = await browser.form(f"{path}/self", {"C1": "25,5", "C2": "39", "version": "0"})
    assert answer.status_code == 422
    assert "Điểm không được vượt quá 25." in answer.text
    assert 'value="39"' in answer.text


async def test_the_second_tab_sees_both_and_keeps_its_own(world: World) -> None:
    nomination = await draft_person(world)
    path = f"/nominations/{nomination}/points"
    await save(world, nomination, "self", "officer")
    async with world.client("staff") as browser:
        answer = await browser.form(f"{path}/self", {"C1": "9", "C2": "8", "version": "0"})
        assert answer.status_code == 409
        assert "đang lưu: 30,5" in answer.text
        assert 'value="9"' in answer.text
        assert 'name="version" value="1"' in answer.text
        again = await browser.form(f"{path}/self", {"C1": "9", "C2": "8", "version": "1"})
        assert again.status_code == 303


async def test_a_deadline_that_passed_while_typing_keeps_the_marks(world: World) -> None:
    nomination = await draft_person(world)
    path = f"/nominations/{nomination}/points"
    async with world.client("staff", now=world.at("2025-11-21")) as browser:
        assert f'action="{path}/self"' not in (await browser.get(path)).text
        answer = await browser.form(f"{path}/self", {"C1": "9", "version": "0"})
    assert answer.status_code == 409
    assert "hạn cuối là ngày 20/11/2025" in answer.text
    assert 'value="9"' in answer.text


async def test_a_measured_criterion_shows_its_rows_and_takes_no_points(world: World) -> None:
    await with_measured(world)
    nomination = await draft_person(world)
    path = f"/nominations/{nomination}/points"
    async with world.client("staff") as browser:
        page = (await browser.get(path)).text
        assert 'name="C3"' in page
        assert 'name="C4"' not in page
        assert "Hệ thống tự tính: 1" in " ".join(page.replace("</svg>", "").split())
        assert "Số liệu đã dùng (1)" in page
        typed = {"C1": "20", "C2": "30", "C3": "10", "version": "0"}
        assert (await browser.form(f"{path}/self", typed)).status_code == 303
        # The total holds what the system gave.
        assert "<b>67,5</b>" in (await browser.get(path)).text
        forged = await browser.form(f"{path}/self", {"C4": "15", "version": "1"})
    assert forged.status_code == 422
    assert (await columns(world, nomination, "staff"))["self"].version == 1
