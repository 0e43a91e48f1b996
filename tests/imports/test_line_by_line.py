"""What the dry run says of each line: new, changed, unchanged, refused, for every kind."""

from __future__ import annotations

from itertools import chain

import pytest

from app.imports import actions, jobs
from app.imports.queries import lines, runs
from app.imports.queries.runs import RunFacts
from app.sheets import tcvn3
from tests.conftest import World
from tests.imports.given import apply, bring_in, check, officer, said, sheet

pytestmark = pytest.mark.anyio

ANH = "Hoàng Văn Ánh"
PEOPLE = (
    ("KS9001", "Nông Thị Cúc", "05/03/1990", "Nữ", "Tày", "Công chức", "01/09/2014"),
    ("KS9002", "Lò Văn Bính", "29/02/1988", "Nam", "Thái", "Viên chức", "01/09/2012"),
)
UNITS = (
    ("tinh-a", "Viện tỉnh A", "Cấp tỉnh", "root", "01/07/2025", "", ""),
    ("phong-a", "Phòng A", "Phòng", "tinh-a", "01/07/2025", "", ""),
)
POSTED = ("KS0001", "phong-1", "Kiểm sát viên", "01/01/2024")
BESIDE = ("KS0001", "lang-son", "Ủy viên", "01/07/2025", "", "Kiêm nhiệm")
ACCOUNTS = (
    ("ks0002", "Lý Thị Bình", "binh@example.vn", "KS0002"),
    ("staff", ANH, "", "KS0001"),
)

# kind: what is there already, then the file, then what is said of its lines
CASES = {
    "units": (
        UNITS,
        (
            ("phong-b", "Phòng B", "Phòng", "tinh-a", "01/07/2025", "", ""),
            ("phong-a", "Phòng Một", "Trường", "", "01/07/2025", "01/10/2025", "31/10/2025"),
            (*UNITS[0][:3], "", "01/07/2025", "02/10/2025", ""),
            ("phong-c", "Phòng C", "Phòng", "khong-co", "01/07/2025", "", ""),
        ),
        {
            "new": [(2, "phong-b", "Phòng B")],
            "changed": [
                (3, "phong-a", "Phòng Một", "Tên đơn vị", "Phòng A", "Phòng Một"),
                (3, "phong-a", "Phòng Một", "Loại đơn vị", "Phòng", "Cơ sở đào tạo"),
                (3, "phong-a", "Phòng Một", "Ngày hiệu lực", "", "01/10/2025"),
                (3, "phong-a", "Phòng Một", "Ngày giải thể", "", "31/10/2025"),
            ],
            "unchanged": [(4, "tinh-a", "Viện tỉnh A")],
            "refused": [(5, "Mã đơn vị cấp trên", "khong-co")],
        },
    ),
    "people": (
        PEOPLE,
        (
            ("KS9003", "Vi Thị Lan", "01/02/1991", "Nữ", "Nùng", "Công chức", "01/09/2015"),
            (*PEOPLE[0][:2], "06/03/1990", "Nam", *PEOPLE[0][4:]),
            PEOPLE[1],
            ("KS9004", "Vi Văn Lan", "01/02/2960", "Nữ", "Nùng", "Công chức", "01/09/2015"),
        ),
        {
            "new": [(2, "KS9003", "Vi Thị Lan")],
            "changed": [
                (3, "KS9001", "Nông Thị Cúc", "Ngày sinh", "05/03/1990", "06/03/1990"),
                (3, "KS9001", "Nông Thị Cúc", "Giới tính", "Nữ", "Nam"),
            ],
            "unchanged": [(4, "KS9002", "Lò Văn Bính")],
            "refused": [(5, "Ngày sinh", "01/02/2960")],
        },
    ),
    "postings": (
        ((*POSTED, "", "Chính"), BESIDE),
        (
            ("KS0001", "kv-1", "Kiểm sát viên", "01/07/2025", "", "Chính"),
            (*POSTED, "30/06/2025", ""),
            BESIDE,
            ("KS0001", "khong-co", "Kiểm sát viên", "01/07/2025", "", "Kiêm nhiệm"),
        ),
        {
            "new": [(2, "KS0001, kv-1, Kiểm sát viên, 01/07/2025", ANH)],
            "changed": [
                (3, ", ".join(POSTED), ANH, "Đến ngày", "", "30/06/2025"),
            ],
            "unchanged": [(4, "KS0001, lang-son, Ủy viên, 01/07/2025", ANH)],
            "refused": [(5, "Mã đơn vị", "khong-co")],
        },
    ),
    "classifications": (
        (("KS0001", "2023", "HTXSNV"), ("KS0001", "2024", "HTNV")),
        (
            ("KS0001", "2022", "HTTNV"),
            ("KS0001", "2023", "HTTNV"),
            ("KS0001", "2024", "HTNV"),
            ("KS0009", "2024", "HTNV"),
        ),
        {
            "new": [(2, "KS0001, 2022", ANH)],
            "changed": [
                (
                    *(3, "KS0001, 2023", ANH, "Mức độ hoàn thành nhiệm vụ"),
                    *("Hoàn thành xuất sắc nhiệm vụ", "Hoàn thành tốt nhiệm vụ"),
                )
            ],
            "unchanged": [(4, "KS0001, 2024", ANH)],
            "refused": [(5, "Mã cán bộ", "KS0009")],
        },
    ),
    "pipeline": (
        (
            ("KS0001", "Phó Viện trưởng", "01/07/2025", ""),
            ("KS0001", "Vụ trưởng", "01/07/2025", ""),
        ),
        (
            ("KS0001", "Phó Viện trưởng", "01/01/2027", ""),
            ("KS0001", "Phó Viện trưởng", "01/07/2025", "31/12/2026"),
            ("KS0001", "Vụ trưởng", "01/07/2025", ""),
            ("KS0001", "Cục trưởng", "01/07/2025", "30/06/2025"),
        ),
        {
            "new": [(2, "KS0001, Phó Viện trưởng, 01/01/2027", ANH)],
            "changed": [
                (3, "KS0001, Phó Viện trưởng, 01/07/2025", ANH, "Đến ngày", "", "31/12/2026")
            ],
            "unchanged": [(4, "KS0001, Vụ trưởng, 01/07/2025", ANH)],
            "refused": [(5, "Đến ngày", "30/06/2025")],
        },
    ),
    "absences": (
        (
            ("KS0001", "01/03/2024", "31/08/2024", "Đi học"),
            ("KS0001", "01/10/2024", "30/11/2024", "Điều trị bệnh"),
        ),
        (
            ("KS0001", "01/03/2025", "", "Nghỉ thai sản"),
            ("KS0001", "01/03/2024", "30/09/2024", "Đi học tập trung"),
            ("KS0001", "01/10/2024", "", "Điều trị bệnh"),
            ("KS0009", "01/03/2025", "", "Đi học"),
        ),
        {
            "new": [(2, "KS0001, 01/03/2025", ANH)],
            "changed": [
                (3, "KS0001, 01/03/2024", ANH, "Đến ngày", "31/08/2024", "30/09/2024"),
                (3, "KS0001, 01/03/2024", ANH, "Lý do", "Đi học", "Đi học tập trung"),
            ],
            "unchanged": [(4, "KS0001, 01/10/2024", ANH)],
            "refused": [(5, "Mã cán bộ", "KS0009")],
        },
    ),
    "accounts": (
        ACCOUNTS,
        (
            ("ban-thi-dua", "Ban thi đua", "", ""),
            ("ks0002", "Lý Thị Bình", "moi@example.vn", "KS0003"),
            ("staff", ANH, "", ""),
            ("ban-khac", "Ban khác", "", "KS0009"),
        ),
        {
            "new": [(2, "ban-thi-dua", "Ban thi đua")],
            "changed": [
                (3, "ks0002", "Lý Thị Bình", "E-mail", "binh@example.vn", "moi@example.vn"),
                (3, "ks0002", "Lý Thị Bình", "Mã cán bộ", "KS0002", "KS0003"),
            ],
            "unchanged": [(4, "staff", ANH)],
            "refused": [(5, "Mã cán bộ", "KS0009")],
        },
    ),
}


async def told(run: RunFacts) -> dict[str, list[tuple[object, ...]]]:
    """Sort -> its lines, without what is empty for the whole sort."""
    planned = await lines.planned(run)
    return {
        "new": [(line.row, line.key, line.name) for line in planned["new"]],
        "changed": [
            (line.row, line.key, line.name, line.column, line.now, line.value)
            for line in planned["changed"]
        ],
        "unchanged": [(line.row, line.key, line.name) for line in planned["unchanged"]],
        "refused": [(row, column, value) for row, column, value, _ in said(run)],
    }


@pytest.mark.parametrize("kind", CASES)
async def test_each_kind_tells_what_becomes_of_each_line(world: World, kind: str) -> None:
    there, brought, wanted = CASES[kind]
    actor = await (world.actor("administrator") if kind == "accounts" else officer(world))
    await bring_in(world, actor, kind, sheet(kind, *there))
    run = await check(world, actor, kind, sheet(kind, *brought))
    assert await told(run) == wanted
    assert run.counts == dict.fromkeys(("new", "changed", "unchanged", "refused"), 1)


async def test_what_was_applied_is_told_as_it_was_found(world: World) -> None:
    actor = await officer(world)
    run = await check(world, actor, "people", sheet("people", *PEOPLE))
    before = await told(run)
    assert [line[0] for line in before["new"]] == [2, 3]
    assert await told(await apply(world, actor, run.id)) == before


async def test_an_old_code_page_is_told_of_after_its_conversion(world: World) -> None:
    actor = await officer(world)
    await bring_in(world, actor, "people", sheet("people", PEOPLE[0]))
    rows = ((*PEOPLE[0][:4], "Nùng", *PEOPLE[0][5:]), PEOPLE[1])
    content = tcvn3.from_unicode(sheet("people", *rows).decode("utf-8-sig")).encode("latin-1")
    run = await check(world, actor, "people", content)
    assert list(chain.from_iterable((await told(run)).values())) == []
    new_id = await actions.convert(run.id, actor=actor, now=world.now)
    await jobs.work(new_id, now=world.now)
    assert await told(await runs.run(new_id)) == {
        "new": [(3, "KS9002", "Lò Văn Bính")],
        "changed": [(2, "KS9001", "Nông Thị Cúc", "Dân tộc", "Tày", "Nùng")],
        "unchanged": [],
        "refused": [],
    }


async def test_nothing_is_told_of_a_person_out_of_reach(world: World) -> None:
    """Neither a name behind the staff code nor a value that is there now."""
    actor = await officer(world, "cao_bang")
    row = ("KS0001", "2024", "HTNV")
    run = await check(world, actor, "classifications", sheet("classifications", row))
    assert await told(run) == {
        "new": [],
        "changed": [],
        "unchanged": [],
        "refused": [(2, "Mã cán bộ", "KS0001")],
    }
