"""Every route of the room: as it should be, refused, and what is shown to whom."""

from __future__ import annotations

import re
from datetime import date
from io import BytesIO

import pytest
from python_calamine import CalamineWorkbook

from app.kernel.vietnamese import person_order_key, search_key
from app.organization.tables import LeadershipPipeline, LongAbsence, Person, Posting, UnitVersion
from tests.conftest import World

pytestmark = pytest.mark.anyio
MOST_QUERIES = 8
OLD, NEW = "Phòng 1", "Phòng Thực hành quyền công tố"


async def renamed(world: World) -> str:
    path = f"/units/{world.ids['phong_1']}"
    async with world.client("administrator") as browser:
        answer = await browser.form(
            f"{path}/events", {"event": "rename", "day": "01/07/2025", "name": NEW}
        )
    assert answer.status_code == 303, answer.text
    assert answer.headers["location"] == f"{path}?on=01/07/2025"
    return path


def heading(text: str) -> str:
    found = re.search(r"<h1>(.*?)</h1>", text)
    assert found
    return found[1]


async def test_a_renamed_unit_is_called_as_it_was_on_the_day_asked_for(world: World) -> None:
    path = await renamed(world)
    async with world.client("staff") as browser:
        names = [
            heading((await browser.get(f"{path}?on={day}")).text)
            for day in ("30/06/2025", "01/07/2025")
        ]
        today = heading((await browser.get(path)).text)
        old = await browser.get(f"/units/{world.ids['lang_son']}?on=31/12/2024")
        new = await browser.get(f"/units/{world.ids['lang_son']}")
    assert (names, today) == ([OLD, NEW], NEW)
    assert (NEW in old.text, NEW in new.text) == (False, True)


async def test_a_unit_is_found_by_the_name_it_had_that_day(world: World) -> None:
    await renamed(world)
    async with world.client("staff") as browser:
        found = {
            (words, day): "/units/{}?on=".format(world.ids["phong_1"])
            in (await browser.get("/units", params={"q": words, "on": day})).text
            for words in ("1 phong", "CÔNG TỐ quyền")
            for day in ("30/06/2025", "01/07/2025")
        }
    assert found == {
        ("1 phong", "30/06/2025"): True,
        ("1 phong", "01/07/2025"): False,
        ("CÔNG TỐ quyền", "30/06/2025"): False,
        ("CÔNG TỐ quyền", "01/07/2025"): True,
    }


async def test_words_without_a_letter_find_nothing(world: World) -> None:
    async with world.client("staff") as browser:
        answer = await browser.get("/units?q=!")
    assert "Không tìm thấy đơn vị nào" in answer.text
    assert 'href="/units/' not in answer.text


async def test_a_day_that_is_none_is_said_beside_the_field(world: World) -> None:
    async with world.client("staff") as browser:
        answer = await browser.get("/units?on=31/02/2025")
    assert answer.status_code == 200
    assert "dd/mm/yyyy" in answer.text.split('id="filter-on-error"')[1][:500]
    assert 'value="31/02/2025"' in answer.text


async def test_outside_its_life_a_unit_is_shown_on_its_nearest_day(world: World) -> None:
    path = f"/units/{world.ids['phong_1']}"
    async with world.client("administrator") as browser:
        early = await browser.get(f"{path}?on=01/01/2000")
        await browser.form(
            f"{path}/events", {"event": "dissolve", "day": "01/11/2025", "people": "later"}
        )
        late = await browser.get(path)
        gone = await browser.get(f"/units/{world.ids['lang_son']}")
    async with world.client("other_head") as other:
        assert "Còn 2 người" not in (await other.get(path)).text
    async with world.client("administrator") as browser:
        form = await browser.form(
            f"{path}/events", {"event": "rename", "day": "02/11/2025", "name": NEW}
        )
    assert "chưa được thành lập" in early.text
    assert "đã kết thúc hoạt động" in late.text
    assert "Còn 2 người" in late.text
    assert f'href="{path}?' not in gone.text
    assert form.status_code == 409
    assert "31/10/2025" in form.text


@pytest.mark.parametrize(
    ("data", "status", "says"),
    [
        ({"event": "rename", "day": "31/02/2025", "name": NEW}, 422, "dd/mm/yyyy"),
        ({"event": "rename", "day": "01/01/2024", "name": NEW}, 422, "01/01/2024"),
        ({"event": "rename", "day": "01/07/2025", "name": OLD}, 422, "Tên mới"),
        ({"event": "move", "day": "01/07/2025", "parent": "không có"}, 422, "Không tìm thấy"),
        ({"event": "move", "day": "01/07/2025", "parent": "lang-son"}, 422, "đang trực thuộc"),
        (
            {"event": "split", "day": "01/07/2025", "parts": "x", "unit_kind": "room"},
            422,
            "mã; tên",
        ),
        (
            {"event": "convert", "day": "01/07/2025", "code": "Kv 1", "name": NEW, "unit_kind": ""},
            422,
            "không hợp lệ",
        ),
        (
            {"event": "found", "day": "1/7/2025", "code": "kv-1", "name": NEW, "unit_kind": "room"},
            422,
            "đã được dùng",
        ),
        (
            {
                "event": "merge",
                "day": "01/07/2025",
                "others": "phong-1",
                "code": "moi",
                "name": NEW,
                "unit_kind": "room",
                "parent": "lang-son",
            },
            422,
            "với chính nó",
        ),
        ({"event": "nothing", "day": "01/07/2025"}, 422, "Đổi tên"),
    ],
)
async def test_a_refused_event_comes_back_with_its_words_and_its_input(
    world: World, data: dict[str, str], status: int, says: str
) -> None:
    async with world.client("administrator") as browser:
        answer = await browser.form(f"/units/{world.ids['phong_1']}/events", data)
    assert answer.status_code == status
    assert says in answer.text
    assert f'value="{data["day"]}"' in answer.text
    assert await UnitVersion.count() == 6


async def test_dissolving_with_units_below_is_refused_by_name(world: World) -> None:
    async with world.client("administrator") as browser:
        answer = await browser.form(
            f"/units/{world.ids['lang_son']}/events", {"event": "dissolve", "day": "01/07/2025"}
        )
    assert answer.status_code == 422
    error = answer.text.partition('id="f-to-error"')[2].partition("</p>")[0]
    assert "Còn 2 đơn vị trực thuộc" in error


async def test_every_event_has_its_form(world: World) -> None:
    async with world.client("administrator") as browser:
        for event in ("rename", "move", "absorb", "merge", "split", "convert", "dissolve", "found"):
            answer = await browser.get(f"/units/{world.ids['kv_1']}/events?event={event}")
            assert answer.status_code == 200
            assert f'name="event" value="{event}"' in answer.text


async def test_only_those_over_the_unit_change_it(world: World) -> None:
    path = f"/units/{world.ids['phong_1']}/events"
    rename = {"event": "rename", "day": "01/07/2025", "name": NEW}
    for login in ("staff", "officer", "head", "leader", "auditor", "secretary"):
        async with world.client(login) as browser:
            assert (await browser.get(path)).status_code == 404
            assert (await browser.form(path, rename)).status_code == 404
            assert "/events" not in (await browser.get(path.removesuffix("/events"))).text


async def test_people_are_listed_for_those_over_their_units(world: World) -> None:
    async def shown(login: str, query: str = "") -> list[str]:
        async with world.client(login) as browser:
            answer = await browser.get(f"/people{query}")
            assert answer.status_code == 200
            return re.findall(r'href="/people/\d+">([^<]+)<', answer.text)

    # By given name: Ánh, Bình, Chi, Dũng.
    lang_son = ["Hoàng Văn Ánh", "Lý Thị Bình", "Nông Thị Chi", "Đặng Đình Dũng"]
    assert await shown("officer") == lang_son
    assert await shown("auditor") == [*lang_son, "Bế Văn Em"]
    assert await shown("other_head") == ["Bế Văn Em"]
    assert await shown("officer", "?q=DUNG dang") == ["Đặng Đình Dũng"]
    assert await shown("officer", "?q=d da") == ["Đặng Đình Dũng"]
    assert await shown("auditor", "?q=va") == ["Hoàng Văn Ánh", "Bế Văn Em"]
    assert await shown("auditor", "?q=an") == ["Hoàng Văn Ánh"]
    assert await shown("officer", "?q=ks0003") == ["Nông Thị Chi"]
    assert await shown("officer", "?q=em") == []
    assert await shown("officer", "?q=!") == []
    assert await shown("officer", "?sex=female") == ["Lý Thị Bình", "Nông Thị Chi"]
    assert await shown("auditor", "?unit=phòng 1") == lang_son[:2]
    assert await shown("auditor", "?unit=cao-bang") == ["Bế Văn Em"]
    assert await shown("auditor", "?unit=chưa có") == []
    assert await shown("auditor", "?category=cadre") == []
    async with world.client("staff") as browser:
        assert (await browser.get("/people")).status_code == 404
        assert (await browser.get("/people/export.csv")).status_code == 404


async def test_a_person_is_seen_by_themselves_and_by_those_over_them(world: World) -> None:
    path = f"/people/{world.ids['anh']}"
    seen, told = set(), set()
    for login in (
        *("staff", "officer", "head", "other_officer", "other_head", "appraiser", "member_1"),
        *("secretary", "discipline", "leader", "auditor", "administrator"),
    ):
        async with world.client(login) as browser:
            answer = await browser.get(path)
            if answer.status_code == 200:
                seen.add(login)
            if "10/01/1985" in answer.text:
                told.add(login)
            if login == "staff":
                other = await browser.get(f"/people/{world.ids['binh']}")
                assert other.status_code == 404
    assert seen == {"staff", "officer", "head", "discipline", "leader", "auditor", "administrator"}
    assert told == {"staff", "discipline", "administrator"}


async def test_the_page_of_a_person_tells_their_way(world: World) -> None:
    await renamed(world)
    person = world.ids["anh"]
    await LeadershipPipeline(
        person=person, post="Trưởng phòng", valid_from=date(2025, 1, 1), valid_to=date(2030, 1, 1)
    ).save()
    await LongAbsence(
        person=person, reason="Đi học", valid_from=date(2024, 2, 1), valid_to=date(2024, 4, 30)
    ).save()
    async with world.client("head") as browser:
        text = (await browser.get(f"/people/{person}")).text
    for part in (NEW, f"khi đến: {OLD}", "Kiểm sát viên", "Trưởng phòng", "Đi học", "30/04/2024"):
        assert part in text
    assert text.count("Hoàn thành tốt nhiệm vụ") == 2


async def test_who_left_the_unit_is_no_longer_seen_by_its_officer(world: World) -> None:
    person = world.ids["anh"]
    await Posting.update({Posting.valid_to: date(2025, 6, 30)}).where(Posting.person == person)
    async with world.client("officer") as browser:
        # Retired from here: the last unit still knows them.
        assert (await browser.get(f"/people/{person}")).status_code == 200
        await Posting(
            person=person, unit=world.ids["cb_kv_1"], post="Mới", valid_from=date(2025, 7, 1)
        ).save()
        assert (await browser.get(f"/people/{person}")).status_code == 404
        unit = await browser.get(f"/units/{world.ids['phong_1']}?on=30/06/2025")
        assert "Hoàng Văn Ánh" not in unit.text
    async with world.client("auditor") as browser:
        unit = await browser.get(f"/units/{world.ids['phong_1']}?on=30/06/2025")
        assert "Hoàng Văn Ánh" in unit.text


async def test_few_rows_and_many_cost_the_same_number_of_queries(world: World) -> None:
    paths = (
        "/units",
        "/units?q=khu vuc",
        f"/units/{world.ids['lang_son']}",
        f"/units/{world.ids['phong_1']}/events",
        "/people",
        "/people?q=nguyen&unit=phong",
        f"/people/{world.ids['anh']}",
    )
    async with world.client("administrator") as browser:
        few = await _costs(world, browser, paths)
        for number in range(130):
            name = f"Nguyễn Văn {number}"
            person = Person(
                staff_code=f"N{number}",
                full_name=name,
                search_key=search_key(name),
                order_key=person_order_key(name),
                birth_date=date(1990, 1, 1),
                sex="male",
                ethnicity="Kinh",
                staff_category="cadre",
                recruited_on=date(2015, 1, 1),
            )
            await person.save()
            await Posting(
                person=person.id, unit=world.ids["phong_1"], post="KSV", valid_from=date(2024, 1, 1)
            ).save()
        many = await _costs(world, browser, paths)
        first = await browser.get("/people?q=nguyen")
        shown = re.findall(r'href="/people/\d+">([^<]+)<', first.text)
        while link := re.search(r'href="(/people\?[^"]*after=[^"]*)"', first.text):
            first = await browser.get(link[1].replace("&amp;", "&"))
            shown += re.findall(r'href="/people/\d+">([^<]+)<', first.text)
    assert few == many
    assert max(many.values()) <= MOST_QUERIES
    assert shown == sorted((f"Nguyễn Văn {n}" for n in range(130)), key=person_order_key)


async def _costs(world: World, browser: object, paths: tuple[str, ...]) -> dict[str, int]:
    costs = {}
    for path in paths:
        with world.count_queries() as counter:
            answer = await browser.get(path)  # type: ignore[attr-defined]
        assert answer.status_code == 200
        costs[path] = counter.count
    return costs


async def test_the_lists_come_as_files_as_they_are_shown(world: World) -> None:
    await renamed(world)
    async with world.client("officer") as browser:
        people = await browser.get("/people/export.csv?sex=female")
        sheet = await browser.get("/people/export.xlsx?sex=female")
        units = await browser.get("/units/export.csv?q=phong&on=30/06/2025")
        tree = await browser.get("/units/export.csv")
    assert people.content.decode("utf-8-sig").splitlines() == [
        "Mã cán bộ,Họ và tên,Giới tính,Loại cán bộ,Chức vụ,Đơn vị",
        f"KS0002,Lý Thị Bình,Nữ,Công chức,Chuyên viên,{NEW}",
        "KS0003,Nông Thị Chi,Nữ,Công chức,Kiểm tra viên,"
        "Viện kiểm sát nhân dân khu vực 1 - Lạng Sơn",
    ]
    assert people.headers["content-disposition"] == 'attachment; filename="can-bo.csv"'
    cells = CalamineWorkbook.from_filelike(BytesIO(sheet.content)).get_sheet_by_index(0)
    assert [row[1] for row in cells.to_python()] == ["Họ và tên", "Lý Thị Bình", "Nông Thị Chi"]
    assert units.content.decode("utf-8-sig").splitlines()[1:] == [
        f"phong-1,{OLD},Phòng,Viện kiểm sát nhân dân tỉnh Lạng Sơn,0"
    ]
    assert [line.split(",")[0] for line in tree.text.splitlines()[1:]] == ["cao-bang", "lang-son"]
