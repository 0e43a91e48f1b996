"""Whose awards a reader sees; the list, its filters and its file."""

from __future__ import annotations

import re
from datetime import date

import pytest

from app.organization.tables import Posting, Unit, UnitSuccession, UnitVersion
from tests.conftest import World
from tests.nominations.warnings_world import award

pytestmark = pytest.mark.anyio


async def status(world: World, login: str, path: str) -> int:
    async with world.client(login) as browser:
        return (await browser.get(path)).status_code


@pytest.mark.parametrize(
    ("login", "expected"),
    [
        ("officer", 200),
        ("staff", 200),
        ("appraiser", 200),
        ("secretary", 200),
        ("personnel", 200),
        ("other_officer", 404),
        ("member_1", 404),
        ("initiative_member", 404),
    ],
)
async def test_a_person_s_awards(world: World, login: str, expected: int) -> None:
    made = await award(world)
    assert await status(world, login, f"/people/{world.ids['anh']}/awards") == expected
    assert await status(world, login, f"/awards/{made}") == expected


async def test_another_person_s_are_no_business_of_staff(world: World) -> None:
    made = await award(world, person=world.ids["binh"])
    assert await status(world, "staff", f"/people/{world.ids['binh']}/awards") == 404
    assert await status(world, "staff", f"/awards/{made}") == 404


async def test_a_unit_s_awards_are_read_by_everybody(world: World) -> None:
    await award(world, person=None, collective=world.ids["kv_1"])
    for login in ("staff", "other_officer", "initiative_member"):
        assert await status(world, login, f"/units/{world.ids['kv_1']}/awards") == 200
    assert await status(world, "staff", "/units/999/awards") == 404


async def test_awards_of_a_dissolved_unit_stay_visible_through_its_successor(
    world: World,
) -> None:
    await award(world, person=None, collective=world.ids["cb_kv_1"])
    await Unit.update({Unit.dissolved_on: date(2025, 6, 30)}).where(Unit.id == world.ids["cb_kv_1"])
    path = f"/units/{world.ids['kv_1']}/awards"
    async with world.client("officer") as browser:
        assert "5/QĐ-VKS" not in (await browser.get(path)).text
        await UnitSuccession(
            predecessor=world.ids["cb_kv_1"],
            successor=world.ids["kv_1"],
            happened_on=date(2025, 7, 1),
            event="merge",
        ).save()
        page = (await browser.get(path)).text
    assert "5/QĐ-VKS" in page
    assert "trao cho Viện kiểm sát nhân dân khu vực 1 - Cao Bằng" in page


@pytest.mark.parametrize("login", ["appraiser", "secretary", "leader", "auditor"])
async def test_the_office_has_the_list_of_all(world: World, login: str) -> None:
    await award(world)
    assert await status(world, login, "/awards") == 200
    assert await status(world, login, "/awards/export.csv") == 200


@pytest.mark.parametrize("login", ["officer", "head", "staff", "member_1", "personnel"])
async def test_nobody_else_has_it(world: World, login: str) -> None:
    assert await status(world, login, "/awards") == 404
    assert await status(world, login, "/awards/export.xlsx") == 404


async def listed(world: World, query: str) -> list[bool]:
    """Whether each of the three awards is on the page."""
    async with world.client("auditor") as browser:
        page = (await browser.get(f"/awards?{query}")).text
    return [f"{number}/QĐ-VKS," in page for number in ("5", "6", "7")]


async def test_words_filters_and_years(world: World) -> None:
    await award(world)
    await award(
        world,
        person=world.ids["em"],
        decision_number="6/QĐ-VKS",
        decided_on=date(2023, 12, 1),
        method="sudden",
    )
    await award(world, person=None, collective=world.ids["kv_1"], decision_number="7/QĐ-VKS")
    removed = await award(world, decision_number="8/QĐ-VKS")
    await Unit.raw("UPDATE award_record SET removed_at = now() WHERE id = {}", removed)
    assert await listed(world, "") == [True, True, True]
    assert await listed(world, "q=hoang+anh") == [True, False, False]
    assert await listed(world, "q=khu+vuc+lang+son") == [False, False, True]
    assert await listed(world, "q=6/q%C4%91") == [False, True, False]
    assert await listed(world, "method=sudden") == [False, True, False]
    assert await listed(world, "year=2023") == [False, True, False]
    assert await listed(world, "kind=collective") == [False, False, True]
    assert await listed(world, "award_form=999999999999") == [False, False, False]
    assert await listed(world, "q=khong+co") == [False, False, False]
    assert await listed(world, "method=x&year=abc&award_form=-1") == [True, True, True]


async def test_newest_first_page_by_page(world: World) -> None:
    for number in range(1, 56):
        await award(world, decision_number=f"{number:02d}/QĐ-A", decided_on=date(2024, 1, 1))
    async with world.client("auditor") as browser:
        first = (await browser.get("/awards")).text
        following = first.split('class="pager"')[1].split('href="')[1].split('"')[0]
        second = (await browser.get(following.replace("&amp;", "&"))).text
    assert ("55/QĐ-A" in first, "06/QĐ-A" in first, "05/QĐ-A" in first) == (True, True, False)
    assert ("05/QĐ-A" in second, "01/QĐ-A" in second, "06/QĐ-A" in second) == (True, True, False)


async def test_the_file_holds_what_the_list_shows(world: World) -> None:
    await award(world, achievement="Dũng cảm cứu người.")
    async with world.client("secretary") as browser:
        answer = await browser.get("/awards/export.csv?q=anh")
        none = await browser.get("/awards/export.csv?q=binh")
    lines = answer.text.splitlines()
    assert len(lines) == 2
    for words in ("Hoàng Văn Ánh", "Phong trào thi đua, chuyên đề", "20/12/2024", "Dũng cảm"):
        assert words in lines[1]
    assert len(none.text.splitlines()) == 1


async def test_statements_do_not_grow_with_the_rows(world: World) -> None:
    counts = []
    for extra in (1, 20):
        for number in range(extra):
            await award(world, decision_number=f"{extra}-{number}/QĐ")
        async with world.client("officer") as browser:
            with world.count_queries() as counter:
                await browser.get(f"/people/{world.ids['anh']}/awards")
        counts.append(counter.count)
    assert counts[0] == counts[1]


async def test_a_person_s_award_names_the_unit_of_its_day_under_the_name_of_then(
    world: World,
) -> None:
    """Renamed and moved since: the history stays as it was."""
    made = await award(world, decided_on=date(2024, 12, 20))
    await UnitVersion.update({UnitVersion.valid_to: date(2025, 6, 30)}).where(
        UnitVersion.unit == world.ids["phong_1"]
    )
    await UnitVersion.raw(
        "INSERT INTO unit_version (unit, name, search_key, order_key, parent, valid_from)"
        " SELECT unit, 'Phòng Nghiệp vụ', '', '', parent, '2025-07-01' FROM unit_version"
        " WHERE unit = {}",
        world.ids["phong_1"],
    )
    await Posting.update({Posting.valid_to: date(2025, 9, 30)}).where(
        Posting.person == world.ids["anh"]
    )
    later = await award(world, decided_on=date(2025, 8, 1), decision_number="9/QĐ-VKS")
    async with world.client("officer") as browser:
        page = (await browser.get(f"/awards/{made}")).text
        newer = (await browser.get(f"/awards/{later}")).text
        history = (await browser.get(f"/people/{world.ids['anh']}/awards")).text
    of_then = r"Đơn vị khi được khen</dt>\s*<dd>([^<]+)</dd>"
    assert re.findall(of_then, page) == ["Phòng 1"]
    assert re.findall(of_then, newer) == ["Phòng Nghiệp vụ"]
    assert re.findall(r" · khi ở ([^<]+)</span>", history) == ["Phòng Nghiệp vụ", "Phòng 1"]


async def test_an_award_from_before_the_first_posting_names_no_unit(world: World) -> None:
    made = await award(world, decided_on=date(2019, 1, 4))
    async with world.client("officer") as browser:
        assert "Đơn vị khi được khen" not in (await browser.get(f"/awards/{made}")).text
