"""Where the people and the rooms of a unit that ends go."""

from __future__ import annotations

from datetime import date

import pytest

from app.kernel.refusal import Refused
from app.organization import actions, queries
from app.organization.rules import NewUnit
from app.organization.tables import Posting
from app.reports import invariants
from tests.cast import START
from tests.conftest import World
from tests.organization.reading import (
    CAO_BANG,
    DAY,
    LAST,
    logged,
    postings,
    tree,
    versions,
)

pytestmark = pytest.mark.anyio


async def test_people_follow_in_their_posts_and_the_log_says_so(world: World) -> None:
    ids, actor = world.ids, await world.actor("administrator")
    for person, post, unit, first, last in (
        # Retires in the autumn; comes next month; was there once.
        ("em", "Cố vấn", "phong_1", START, date(2025, 9, 30)),
        ("em", "Báo cáo viên", "phong_1", date(2025, 8, 1), None),
        ("dung", "Chuyên viên", "phong_1", START, date(2024, 12, 31)),
        # The same post there already: it is not held twice.
        ("chi", "Tuyên truyền viên", "phong_1", START, None),
        ("chi", "Tuyên truyền viên", "kv_1", date(2025, 1, 1), None),
        # Concurrent there and main here: which is the main one is decided for each.
        ("binh", "Chuyên viên", "kv_1", START, None),
    ):
        await Posting(
            person=ids[person],
            unit=ids[unit],
            post=post,
            is_main=False,
            valid_from=first,
            valid_to=last,
        ).save()
    await actions.absorb(
        [ids["phong_1"]], ids["kv_1"], "", DAY, people="move", actor=actor, now=world.now
    )
    assert await postings(world, "anh") == [
        ("phong-1", "Kiểm sát viên", True, START, LAST),
        ("kv-1", "Kiểm sát viên", True, DAY, None),
    ]
    assert (await postings(world, "em"))[1:] == [
        ("cb-kv-1", "Kiểm sát viên", True, START, None),
        ("kv-1", "Cố vấn", False, DAY, date(2025, 9, 30)),
        ("kv-1", "Báo cáo viên", False, date(2025, 8, 1), None),
    ]
    assert ("phong-1", "Chuyên viên", False, START, date(2024, 12, 31)) in await postings(
        world, "dung"
    )
    assert [line for line in await postings(world, "chi") if "Tuyên" in line[1]] == [
        ("phong-1", "Tuyên truyền viên", False, START, LAST),
        ("kv-1", "Tuyên truyền viên", False, date(2025, 1, 1), None),
    ]
    assert ("phong-1", "Chuyên viên", True, START, None) in await postings(world, "binh")
    assert (await queries.unit_sheet(ids["phong_1"])).left_behind == 1
    told = await logged("follow")
    assert [person for person, _ in told] == [ids[k] for k in ("anh", "chi", "em", "em")]
    new = await Posting.select(Posting.id).where(
        Posting.person == ids["anh"], Posting.unit == ids["kv_1"]
    )
    assert told[0][1] == {
        "kind": "postings",
        "ended": 1,
        "record": new[0]["id"],
        "unit": ids["kv_1"],
        "valid_from": "2025-07-01",
    }
    assert (await logged("absorb"))[0][1]["moved"] == 3
    assert await invariants.broken() == []


async def test_a_unit_that_ended_takes_nothing_over(world: World) -> None:
    ids, actor = world.ids, await world.actor("administrator")
    await actions.dissolve(ids["cb_kv_1"], DAY, people="later", actor=actor, now=world.now)
    for ending in (
        actions.absorb([ids["kv_1"]], ids["cb_kv_1"], "", DAY, actor=actor, now=world.now),
        actions.dissolve(
            ids["kv_1"], DAY, to_id=ids["cb_kv_1"], people="move", actor=actor, now=world.now
        ),
    ):
        with pytest.raises(Refused) as error:
            await ending
        assert error.value.refusal.code == "receiver-dissolved"


async def test_a_dissolved_unit_says_where_its_rooms_and_people_go(world: World) -> None:
    ids = world.ids
    path = f"/units/{ids['lang_son']}/events"
    await Posting(
        person=ids["em"], unit=ids["lang_son"], post="Kế toán", is_main=False, valid_from=START
    ).save()
    form = {"event": "dissolve", "day": "01/07/2025"}
    async with world.client("administrator") as browser:
        rooms = await browser.form(path, form)
        people = await browser.form(path, {**form, "to": "cao-bang"})
        nowhere = await browser.form(
            f"/units/{ids['kv_1']}/events", {**form, "people": "move", "to": ""}
        )
        unknown = await browser.form(path, {**form, "people": "move", "to": "chưa có"})
        itself = await browser.form(path, {**form, "people": "move", "to": "lang-son"})
        below = await browser.form(path, {**form, "people": "move", "to": "phong-1"})
        refused = (rooms, people, nowhere, unknown, itself, below)
        assert [answer.status_code for answer in refused] == [422] * 6
        assert "Còn 2 đơn vị trực thuộc" in rooms.text
        assert 'id="f-people-error"' in people.text
        assert ['id="f-to-error"' in answer.text for answer in refused] == [
            *(True, False),
            *[True] * 4,
        ]
        done = await browser.form(path, {**form, "people": "move", "to": "cao-bang"})
        assert done.status_code == 303, done.text
    assert await tree(world, DAY) == [("cao-bang", CAO_BANG, 3)]
    assert ("cao-bang", "Kế toán", False, DAY, None) in await postings(world, "em")
    assert await queries.relations(ids["lang_son"]) == ()
    assert [detail for _, detail in await logged("dissolve")] == [
        {"day": "2025-07-01", "posted": 0, "receiver": ids["cao_bang"], "moved": 1}
    ]
    assert await invariants.broken() == []


async def test_the_part_that_takes_over_after_a_split(world: World) -> None:
    ids, actor = world.ids, await world.actor("administrator")
    parts = [NewUnit(f"ls-{n}", "province", f"Viện Lạng Sơn {n}") for n in (1, 2)]
    unit = ids["lang_son"]
    for to, people, code in (("", "move", "children-remain"), ("ls-3", "move", "not-a-part")):
        with pytest.raises(Refused) as error:
            await actions.split(unit, parts, DAY, to=to, people=people, actor=actor, now=world.now)
        assert error.value.refusal.code == code
    new = await actions.split(
        unit, parts, DAY, to="ls-2", people="move", actor=actor, now=world.now
    )
    assert [line[1] for line in await versions(ids["kv_1"])] == [unit, new[1]]
    with pytest.raises(Refused) as error:
        await actions.split(
            ids["kv_1"],
            [NewUnit(f"kv-a{n}", "regional", f"Khu vực a{n}") for n in (1, 2)],
            date(2025, 8, 1),
            actor=actor,
            now=world.now,
        )
    assert error.value.refusal.code == "people-untold"
    assert await invariants.broken() == []


async def test_hop_nhat_and_chuyen_doi_take_people_along_when_told(world: World) -> None:
    ids, actor = world.ids, await world.actor("administrator")
    merged = await actions.merge(
        [ids["phong_1"], ids["kv_1"]],
        NewUnit("moi", "room", "Phòng mới"),
        ids["lang_son"],
        DAY,
        people="move",
        actor=actor,
        now=world.now,
    )
    assert await queries.still_posted([ids["phong_1"], ids["kv_1"]], DAY) == 0
    assert await queries.still_posted([merged], DAY) == 4
    await actions.convert(
        merged,
        NewUnit("moi-2", "school", "Trường mới"),
        date(2025, 9, 1),
        people="move",
        actor=actor,
        now=world.now,
    )
    assert [line[0] for line in await postings(world, "anh")] == ["phong-1", "moi", "moi-2"]
    assert await invariants.broken() == []
