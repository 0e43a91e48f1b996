"""The list: search, filters, counts and pages, at one price for three rows and for 1,900."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from typing import Any

import pytest

from app.kernel.vietnamese import person_order_key, search_key
from app.nominations import queries
from app.nominations.queries import Wanted
from app.nominations.tables import Nomination
from app.web.paging import Cursor
from tests.conftest import World
from tests.nominations.prepared import (
    asked,
    attest,
    draft_collective,
    draft_person,
    freeze,
    recognised_initiative,
    submitted_collective,
    submitted_person,
)

pytestmark = pytest.mark.anyio
TODAY = date(2025, 11, 10)
FAMILY = ("Nguyễn", "Trần", "Lê", "Đặng", "Hoàng", "Võ", "Đỗ", "Bùi", "Ngô", "Lý")
MIDDLE = ("Văn", "Thị", "Hữu", "Minh", "Ngọc", "Đình", "Thu", "Quốc", "Xuân", "Thanh")
GIVEN = ("An", "Ân", "Bình", "Chi", "Dũng", "Đức", "Em", "Giang", "Hà", "Hạ", "Ý")


async def many(world: World, n: int, first: int = 0) -> list[str]:
    """`n` submitted nominations of invented people, written at once; their names in order."""
    names = [
        f"{FAMILY[i % 10]} {MIDDLE[i // 10 % 10]} {GIVEN[i // 100 % 11]} {i}"
        for i in range(first, first + n)
    ]
    await Nomination.raw(
        "WITH given AS (SELECT * FROM unnest({}::text[], {}::text[], {}::text[])"
        " WITH ORDINALITY AS x (name, search, sort, i)),"
        " people AS (INSERT INTO person (staff_code, full_name, search_key, order_key,"
        " birth_date, sex, ethnicity, staff_category, recruited_on)"
        " SELECT 'M' || search, name, search, sort, '1990-01-01', 'male', 'Kinh', 'civil_servant',"
        " '2015-01-01' FROM given RETURNING id, full_name),"
        " made AS (INSERT INTO nomination (code, round, subject, person, nominating_unit,"
        " award_form, name, post, unit_name, search_key, order_key, achievement, created_by,"
        " created_at, stage, submitted_at)"
        " SELECT 'M' || p.id, {}, 'individual', p.id, {}, {}, name,"
        " 'Kiểm sát viên', 'Phòng 1', search, sort, '', {}, {}, 'office', {} FROM given"
        " JOIN people p ON p.full_name = name RETURNING id)"
        " INSERT INTO submission (nomination, by, at) SELECT id, {}, {} FROM made",
        names,
        [search_key(name) for name in names],
        [person_order_key(name) for name in names],
        world.ids["round_2025"],
        world.ids["lang_son"],
        world.ids["award_form"],
        world.ids["account:officer"],
        datetime(2025, 11, 10, tzinfo=UTC),
        datetime(2025, 11, 10, tzinfo=UTC),
        world.ids["account:officer"],
        datetime(2025, 11, 10, tzinfo=UTC),
    )
    return sorted(names, key=person_order_key)


def path(world: World, query: str = "") -> str:
    return f"/rounds/{world.ids['round_2025']}/nominations{query}"


async def test_three_rows_and_1900_cost_the_same(world: World) -> None:
    await many(world, 3)
    counts = []
    async with world.client("secretary") as client:
        for query in ("", "?q=nguyen&state=office&subject=individual"):
            with world.count_queries() as few:
                assert (await client.get(path(world, query))).status_code == 200
            counts.append(asked(few))
        await many(world, 1900, first=3)
        for query in ("", "?q=nguyen&state=office&subject=individual"):
            with world.count_queries() as counter:
                answer = await client.get(path(world, query))
            assert answer.text.count('<th scope="row">') == 50
            counts.append(asked(counter))
    assert counts == [counts[0]] * 4
    assert counts[0] <= 8


async def test_pages_follow_one_another_without_loss(world: World) -> None:
    names = await many(world, 120)
    secretary = await world.actor("secretary")
    seen: list[str] = []
    cursor: Cursor | None = None
    while True:
        found = await queries.nominations_page(
            world.ids["round_2025"], secretary, TODAY, cursor=cursor
        )
        seen += [row.name for row in found.rows]
        if (cursor := found.next) is None:
            break
    assert seen == names


async def test_the_next_page_is_a_link_that_keeps_the_filter(world: World) -> None:
    await many(world, 60)
    async with world.client("secretary") as client:
        first = await client.get(path(world, "?state=office"))
        (link,) = re.findall(r'href="([^"]*after=[^"]*)"', first.text)
        second = await client.get(link.replace("&amp;", "&"))
    assert "state=office" in link
    assert second.text.count('<th scope="row">') == 10
    assert "Trang đầu" in second.text


async def test_a_spoilt_cursor_starts_again(world: World) -> None:
    await many(world, 3)
    async with world.client("secretary") as client:
        answer = await client.get(path(world, "?after=%00nonsense"))
    assert answer.text.count('<th scope="row">') == 3


@pytest.mark.parametrize(
    ("search", "found"),
    [
        ("hoang anh", ["Hoàng Văn Ánh"]),
        ("Ánh HOÀNG", ["Hoàng Văn Ánh"]),
        ("phong 1", ["Hoàng Văn Ánh", "Lý Thị Bình"]),
        ("CN-2025-0002", ["Lý Thị Bình"]),
        # A word is found by its beginning, not from its middle.
        ("inh", []),
        ("bin", ["Lý Thị Bình"]),
        ("%", ["Hoàng Văn Ánh", "Lý Thị Bình", "Viện kiểm sát nhân dân khu vực 1 - Lạng Sơn"]),
        ("_zz", []),
        ("zzz", []),
        ("x" * 5000, []),
    ],
)
async def test_search_takes_words_in_any_order_without_marks(
    world: World, search: str, found: list[str]
) -> None:
    await draft_person(world)
    await draft_person(world, "binh")
    await draft_collective(world)
    officer = await world.actor("officer")
    page = await queries.nominations_page(
        world.ids["round_2025"], officer, TODAY, Wanted(search=search)
    )
    assert [row.name for row in page.rows] == found


async def test_each_state_and_subject_has_its_filter_and_its_count(world: World) -> None:
    passed = await submitted_person(world)
    await recognised_initiative(world, "anh", "phong_1", "SK-01")
    await attest(world, passed, "G1", "appraiser")
    failed = await submitted_collective(world)
    draft = await draft_person(world, "binh")
    officer = await world.actor("officer")
    round_id = world.ids["round_2025"]

    async def ids(**chosen: Any) -> list[int]:
        page = await queries.nominations_page(round_id, officer, TODAY, Wanted(**chosen))
        return [row.id for row in page.rows]

    assert await ids(state="office") == [passed, failed]
    await freeze(world)
    assert await ids(state="office") == []
    assert await ids(state="pass") == [passed]
    assert await ids(state="fail") == [failed]
    assert await ids(state="hold") == []
    assert await ids(state="draft") == [draft]
    assert await ids(subject="collective") == [failed]
    assert sorted(await ids(state="nonsense", subject="nonsense", task="nonsense")) == sorted(
        [passed, failed, draft]
    )
    assert await queries.counts(round_id, officer) == {
        "draft": 1,
        "route": 0,
        "office": 0,
        "refused": 0,
        "withdrawn": 0,
        "pass": 1,
        "fail": 1,
        "hold": 0,
    }


async def test_what_is_owed_is_a_filter_of_its_own(world: World) -> None:
    draft = await draft_person(world)
    submitted = await submitted_person(world, "binh")
    round_id = world.ids["round_2025"]

    async def owed(login: str) -> list[int]:
        actor = await world.actor(login)
        page = await queries.nominations_page(round_id, actor, TODAY, Wanted(task="word"))
        return [row.id for row in page.rows]

    assert await owed("head") == [draft]
    assert await owed("appraiser") == [submitted]
    assert await owed("other_head") == []
    await attest(world, submitted, "G1", "appraiser")
    assert await owed("appraiser") == []
    assert await owed("officer") == []


async def test_counts_and_rows_are_only_of_what_the_reader_sees(world: World) -> None:
    await draft_person(world)
    await submitted_person(world, "binh")
    await submitted_person(world, "em", "cb_kv_1")
    round_id = world.ids["round_2025"]
    seen = {}
    for login in ("officer", "other_officer", "secretary", "staff", "administrator"):
        actor = await world.actor(login)
        page = await queries.nominations_page(round_id, actor, TODAY)
        counted = await queries.counts(round_id, actor)
        assert sum(counted.values()) == len(page.rows)
        seen[login] = [row.name for row in page.rows]
    assert seen == {
        "officer": ["Hoàng Văn Ánh", "Lý Thị Bình"],
        "other_officer": ["Bế Văn Em"],
        "secretary": ["Lý Thị Bình", "Bế Văn Em"],
        "staff": ["Hoàng Văn Ánh"],
        "administrator": [],
    }
    async with world.client("administrator") as client:
        assert (await client.get(path(world))).status_code == 404


async def test_own_nominations_of_the_reader(world: World) -> None:
    made = await draft_person(world)
    await draft_person(world, "binh")
    own = await queries.own(await world.actor("staff"))
    assert [(n.id, n.code, n.round_name, n.state) for n in own] == [
        (made, "CN-2025-0001", "Tổng kết năm 2025", "draft")
    ]
    assert await queries.own(await world.actor("officer")) == ()


async def test_what_waits_for_whom(world: World) -> None:
    async def waiting(login: str, day: str = "2025-11-10") -> list[tuple[str, object, object]]:
        now = world.at(day)
        items = await queries.waiting(await world.actor(login), now)
        return [
            (item.message.format(**item.values), item.href, item.due and item.due.isoformat())
            for item in items
        ]

    href = path(world)
    assert await waiting("officer") == [
        (
            "Tổng kết năm 2025 đang nhận hồ sơ; đơn vị chưa lập đề nghị nào.",
            f"{href}/new",
            "2025-11-20",
        )
    ]
    await draft_person(world)
    submitted = await submitted_person(world, "binh")
    drafts = ("1 hồ sơ của Tổng kết năm 2025 chưa nộp.", f"{href}?state=draft", "2025-11-20")
    owed = "1 hồ sơ của Tổng kết năm 2025 chờ xác nhận hoặc thẩm định."
    assert await waiting("officer") == [drafts]
    assert await waiting("head") == [drafts, (owed, f"{href}?task=word", "2025-11-20")]
    assert await waiting("appraiser") == [(owed, f"{href}?task=word", "2025-11-20")]
    assert await waiting("appraiser", "2025-11-21") == [(owed, f"{href}?task=word", None)]
    assert await waiting("officer", "2025-11-21") == []
    assert await waiting("leader") == []
    await attest(world, submitted, "G1", "appraiser")
    assert await waiting("appraiser") == []
