"""Leadership pipeline and long absences: new, changed, unchanged, refused."""

from __future__ import annotations

from datetime import date

import pytest

from app.organization.tables import LeadershipPipeline, LongAbsence
from tests.conftest import World
from tests.imports.given import bring_in, check, officer, said, sheet, workbook

pytestmark = pytest.mark.anyio

POST = "Phó Viện trưởng"


def counted(new: int = 0, changed: int = 0, unchanged: int = 0) -> dict[str, int]:
    return {"new": new, "changed": changed, "unchanged": unchanged, "refused": 0}


async def pipeline(world: World, person: str) -> list[tuple[object, ...]]:
    rows = (
        await LeadershipPipeline.select(
            LeadershipPipeline.post, LeadershipPipeline.valid_from, LeadershipPipeline.valid_to
        )
        .where(LeadershipPipeline.person == world.ids[person])
        .order_by(LeadershipPipeline.valid_from, LeadershipPipeline.post)
    )
    return [tuple(row.values()) for row in rows]


async def absences(world: World, person: str) -> list[tuple[object, ...]]:
    rows = (
        await LongAbsence.select(LongAbsence.reason, LongAbsence.valid_from, LongAbsence.valid_to)
        .where(LongAbsence.person == world.ids[person])
        .order_by(LongAbsence.valid_from)
    )
    return [tuple(row.values()) for row in rows]


async def test_pipeline(world: World) -> None:
    actor = await officer(world)
    first = ("KS0001", POST, "01/07/2025", "")
    beside = ("KS0001", "Trưởng phòng", date(2025, 7, 1), date(2030, 6, 30))
    run = await bring_in(world, actor, "pipeline", workbook("pipeline", first, beside))
    assert run.counts == counted(new=2)
    ended = (*first[:3], "31/12/2026")
    later = ("KS0001", POST, "01/01/2027", "")
    run = await bring_in(world, actor, "pipeline", sheet("pipeline", ended, beside_text(), later))
    assert run.counts == counted(new=1, changed=1, unchanged=1)
    assert await pipeline(world, "anh") == [
        (POST, date(2025, 7, 1), date(2026, 12, 31)),
        ("Trưởng phòng", date(2025, 7, 1), date(2030, 6, 30)),
        (POST, date(2027, 1, 1), None),
    ]
    # A blank cell keeps the day that is there.
    run = await check(world, actor, "pipeline", sheet("pipeline", first))
    assert run.counts == counted(unchanged=1)


def beside_text() -> tuple[str, ...]:
    return ("KS0001", "Trưởng phòng", "01/07/2025", "30/06/2030")


async def test_absences(world: World) -> None:
    actor = await officer(world)
    row = ("KS0002", "01/03/2025", "31/08/2025", "Nghỉ thai sản")
    open_end = ("KS0003", "01/10/2025", "", "Đi học tập trung")
    run = await bring_in(world, actor, "absences", sheet("absences", row, open_end))
    assert run.counts == counted(new=2)
    longer = (*row[:2], "30/09/2025", row[3])
    run = await bring_in(world, actor, "absences", sheet("absences", longer, open_end))
    assert run.counts == counted(changed=1, unchanged=1)
    worded = (*longer[:3], "Nghỉ thai sản, nghỉ dưỡng sức")
    run = await bring_in(world, actor, "absences", sheet("absences", worded))
    assert run.counts == counted(changed=1)
    assert await absences(world, "binh") == [
        ("Nghỉ thai sản, nghỉ dưỡng sức", date(2025, 3, 1), date(2025, 9, 30))
    ]


@pytest.mark.parametrize(
    ("rows", "problem"),
    [
        ([("KS7777", POST, "01/07/2025", "")], (2, "Mã cán bộ", "Không có cán bộ mang mã này")),
        ([("KS0001", "", "01/07/2025", "")], (2, "Chức danh quy hoạch", "Ô này không được")),
        ([("KS0001", POST, "", "")], (2, "Từ ngày", "Ô này không được")),
        ([("KS0001", POST, "05/03/2960", "")], (2, "Từ ngày", "Năm 2960 không hợp lý")),
        (
            [("KS0001", POST, "01/07/2025", "30/06/2025")],
            (2, "Đến ngày", "Đến ngày không được trước Từ ngày (01/07/2025)"),
        ),
        ([("KS0001", POST, "01/07/2025", "")] * 2, (3, "Mã cán bộ", "Trùng với dòng 2")),
        (
            [("KS0001", POST, "01/07/2025", ""), ("KS0001", POST, "01/01/2026", "")],
            (3, "Từ ngày", "Trùng thời gian với mục có từ 01/07/2025"),
        ),
    ],
)
async def test_a_bad_line_of_the_pipeline(
    world: World, rows: list[tuple[str, ...]], problem: tuple[int, str, str]
) -> None:
    run = await check(world, await officer(world), "pipeline", sheet("pipeline", *rows))
    ((number, column, _, words),) = said(run)
    assert (run.state, number, column) == ("refused", *problem[:2])
    assert words.startswith(problem[2]), words
    assert await LeadershipPipeline.count() == 0


async def test_an_absence_may_not_lie_in_one_that_is_there(world: World) -> None:
    actor = await officer(world)
    row = ("KS0002", "01/03/2025", "31/08/2025", "Nghỉ thai sản")
    await bring_in(world, actor, "absences", sheet("absences", row))
    inside = ("KS0002", "01/05/2025", "10/05/2025", "Điều trị bệnh")
    around = ("KS0002", "01/01/2025", "", "Đi học")
    for other, shown in ((inside, "01/05/2025"), (around, "01/01/2025")):
        run = await check(world, actor, "absences", sheet("absences", other))
        words = "Trùng thời gian với mục có từ 01/03/2025; vui lòng kiểm tra cả hai mục."
        assert said(run) == [(2, "Từ ngày", shown, words)]
    after = ("KS0002", "01/09/2025", "", "Đi học")
    assert (await check(world, actor, "absences", sheet("absences", after))).state == "ready"


async def test_an_overlap_that_was_there_is_not_the_files_fault(world: World) -> None:
    actor = await officer(world)
    for first in (date(2025, 1, 1), date(2025, 2, 1)):
        await LongAbsence(
            person=world.ids["binh"], reason="Đi học", valid_from=first, valid_to=date(2025, 6, 30)
        ).save()
    there = ("KS0002", "01/01/2025", "30/06/2025", "Đi học")
    later = ("KS0002", "01/09/2025", "", "Đi học")
    run = await check(world, actor, "absences", sheet("absences", there, later))
    assert (run.state, run.counts) == ("ready", counted(new=1, unchanged=1))
    across = ("KS0002", "15/06/2025", "", "Đi học")
    run = await check(world, actor, "absences", sheet("absences", there, across))
    assert [line[0] for line in said(run)] == [3]


async def test_only_about_people_of_the_own_units(world: World) -> None:
    actor = await officer(world, "lang_son")
    row = ("KS0005", POST, "01/07/2025", "")
    run = await check(world, actor, "pipeline", sheet("pipeline", row))
    assert said(run)[0][3].startswith("Không có cán bộ mang mã này trong phạm vi phụ trách")
