"""Units that end and are taken over: sáp nhập beside hợp nhất, and where people and rooms go."""

from __future__ import annotations

import asyncio
import json
import re
from datetime import date
from typing import Any

import pytest

from app.audit.tables import AuditEntry
from app.award_history.tables import AwardRecord
from app.kernel.refusal import NotVisible, Refused
from app.organization import actions, queries
from app.organization.rules import NewUnit
from app.organization.tables import Posting, Unit, UnitVersion
from app.reports import invariants
from tests.cast import START
from tests.conftest import World

pytestmark = pytest.mark.anyio
DAY, LAST = date(2025, 7, 1), date(2025, 6, 30)
LANG_SON, CAO_BANG = (
    "Viện kiểm sát nhân dân tỉnh Lạng Sơn",
    "Viện kiểm sát nhân dân tỉnh Cao Bằng",
)
NEW_NAME = "Viện kiểm sát nhân dân tỉnh Đông Bắc"
WITH_THEIRS = ("lang_son", "phong_1", "kv_1", "cao_bang", "cb_kv_1")
Line = tuple[str, str, bool, date, date | None]


async def versions(unit_id: int) -> list[tuple[str, int | None, date, date | None]]:
    facts = (await queries.units_facts([unit_id]))[unit_id]
    return [(v.name, v.parent_id, v.period.first, v.period.last) for v in facts.versions]


async def postings(world: World, person: str) -> list[Line]:
    rows = await Posting.raw(
        "SELECT u.code, q.post, q.is_main, q.valid_from, q.valid_to FROM posting q"
        " JOIN unit u ON u.id = q.unit WHERE q.person = {} ORDER BY q.valid_from, q.post",
        world.ids[person],
    )
    return [tuple(row.values()) for row in rows]


async def logged(action: str) -> list[tuple[int, dict[str, Any]]]:
    rows = (
        await AuditEntry.select(AuditEntry.object_id, AuditEntry.detail)
        .where(AuditEntry.action == f"organization.{action}")
        .order_by(AuditEntry.id)
    )
    return [(row["object_id"], json.loads(row["detail"])) for row in rows]


async def tree(world: World, day: date) -> list[tuple[str, str, int]]:
    page = await queries.children_page(world.ids["root"], day)
    return [(row.code, row.name, row.below) for row in page.rows]


async def test_one_province_is_merged_into_another_that_goes_on(world: World) -> None:
    ids, actor = world.ids, await world.actor("personnel")
    award = AwardRecord(
        collective=ids["lang_son"],
        award_form=ids["award_form"],
        method="merit",
        decision_number="1/QĐ",
        decided_on=date(2024, 12, 20),
        issuer="VKSND tối cao",
        period_from=date(2023, 12, 1),
        period_to=date(2024, 11, 30),
        by=ids["account:secretary"],
        at=world.now,
    )
    await award.save()
    await actions.absorb(
        [ids["cao_bang"]],
        ids["lang_son"],
        NEW_NAME,
        DAY,
        people="move",
        actor=actor,
        now=world.now,
    )
    assert await tree(world, LAST) == [("cao-bang", CAO_BANG, 1), ("lang-son", LANG_SON, 2)]
    assert await tree(world, DAY) == [("lang-son", NEW_NAME, 3)]
    assert await versions(ids["lang_son"]) == [
        (LANG_SON, ids["root"], START, LAST),
        (NEW_NAME, ids["root"], DAY, None),
    ]
    assert [line[1:] for line in await versions(ids["cb_kv_1"])] == [
        (ids["cao_bang"], START, LAST),
        (ids["lang_son"], DAY, None),
    ]
    gone = await Unit.select(Unit.dissolved_on).where(Unit.id == ids["cao_bang"]).first()
    assert gone == {"dissolved_on": LAST}
    # Nobody worked in the province's own office; those below stay where they are.
    assert await postings(world, "em") == [("cb-kv-1", "Kiểm sát viên", True, START, None)]
    relation = (await queries.relations(ids["cao_bang"]))[0]
    assert (relation.id, relation.name, relation.event, relation.taken_over) == (
        ids["lang_son"],
        NEW_NAME,
        "absorption",
        True,
    )
    assert await queries.reach([ids["lang_son"]]) == {ids[k] for k in WITH_THEIRS}
    assert await logged("absorb") == [
        (
            ids["lang_son"],
            {
                "day": "2025-07-01",
                "predecessors": ["cao-bang"],
                "before": LANG_SON,
                "after": NEW_NAME,
                "moved": 0,
            },
        )
    ]
    assert await invariants.broken() == []
    async with world.client("secretary") as browser:
        of_then = await browser.get(f"/awards/{award.id}")
        unit = await browser.get(f"/units/{ids['lang_son']}")
    assert (LANG_SON in of_then.text, NEW_NAME in of_then.text) == (True, False)
    history = unit.text.partition('id="history"')[2]
    assert "Sáp nhập, 01/07/2025: đơn vị trước đó" in history
    assert f'href="/units/{ids["cao_bang"]}?on=01/07/2025"' in history


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


async def test_a_name_kept_leaves_the_version_as_it_is(world: World) -> None:
    ids, actor = world.ids, await world.actor("administrator")
    await actions.absorb([ids["cao_bang"]], ids["lang_son"], "", DAY, actor=actor, now=world.now)
    assert await versions(ids["lang_son"]) == [(LANG_SON, ids["root"], START, None)]
    assert [r.name for r in await queries.relations(ids["cao_bang"])] == [LANG_SON]


@pytest.mark.parametrize(
    ("absorbed", "into", "name", "day", "code", "field"),
    [
        (["lang_son"], "lang_son", "", DAY, "merged-with-itself", "others"),
        (["cao_bang", "cao_bang"], "lang_son", "", DAY, "merged-with-itself", "others"),
        (["root"], "lang_son", "", DAY, "root", None),
        (["lang_son"], "phong_1", "", DAY, "receiver-below", "others"),
        (["cao_bang"], "lang_son", "", START, "before-last-change", "day"),
        (["cao_bang"], "lang_son", NEW_NAME, START, "before-last-change", "day"),
    ],
)
async def test_what_cannot_be_merged_into_another(
    world: World,
    absorbed: list[str],
    into: str,
    name: str,
    day: date,
    code: str,
    field: str | None,
) -> None:
    actor = await world.actor("administrator")
    ids = [world.ids[key] for key in absorbed]
    with pytest.raises(Refused) as error:
        await actions.absorb(ids, world.ids[into], name, day, actor=actor, now=world.now)
    assert (error.value.refusal.code, error.value.refusal.field_name) == (code, field)
    assert await UnitVersion.count() == 6
    assert await logged("absorb") == []


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


@pytest.mark.parametrize("login", ["officer", "head", "leader", "auditor", "staff", "secretary"])
async def test_nobody_else_merges_a_unit_into_another(world: World, login: str) -> None:
    actor, ids = await world.actor(login), world.ids
    with pytest.raises(NotVisible):
        await actions.absorb([ids["kv_1"]], ids["phong_1"], "", DAY, actor=actor, now=world.now)


async def test_two_cannot_be_merged_into_each_other_at_once(world: World) -> None:
    ids, actor = world.ids, await world.actor("administrator")
    answers = await asyncio.gather(
        *(
            actions.absorb([ids[one]], ids[other], "", DAY, actor=actor, now=world.now)
            for one, other in (("lang_son", "cao_bang"), ("cao_bang", "lang_son"))
        ),
        return_exceptions=True,
    )
    codes = [a.refusal.code if isinstance(a, Refused) else a for a in answers]
    assert sorted(codes, key=str) == [None, "receiver-dissolved"]
    assert await invariants.broken() == []


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


async def test_the_form_offers_both_ways_and_either_side(world: World) -> None:
    ids = world.ids
    path = f"/units/{ids['phong_1']}/events"
    async with world.client("personnel") as browser:
        page = await browser.get(f"{path}?event=absorb")
        assert re.findall(r'name="side" value="(\w+)"( checked)?', page.text) == [
            ("receives", " checked"),
            ("joins", ""),
        ]
        assert f'href="{path}?event=merge"' in page.text
        two = await browser.form(
            path,
            {"event": "absorb", "day": "01/07/2025", "side": "joins", "others": "kv-1\ncao-bang"},
        )
        assert (two.status_code, "Chỉ ghi một đơn vị" in two.text) == (422, True)
        assert "kv-1\ncao-bang</textarea>" in two.text
        done = await browser.form(
            path,
            {
                "event": "absorb",
                "day": "01/07/2025",
                "side": "joins",
                "others": "kv-1",
                "name": "Khu vực 1 mới",
                "people": "move",
            },
        )
    assert (done.status_code, done.headers["location"]) == (
        303,
        f"/units/{ids['kv_1']}?on=01/07/2025",
    )
    assert (await versions(ids["kv_1"]))[-1][0] == "Khu vực 1 mới"
    assert (await postings(world, "anh"))[-1][0] == "kv-1"
