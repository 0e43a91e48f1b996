"""Sáp nhập: one unit goes on and takes over from others, beside hợp nhất into a new one."""

from __future__ import annotations

import asyncio
import re
from datetime import date

import pytest

from app.award_history.tables import AwardRecord
from app.kernel.refusal import NotVisible, Refused
from app.organization import actions, queries
from app.organization.tables import Unit, UnitVersion
from app.reports import invariants
from tests.cast import START
from tests.conftest import World
from tests.organization.reading import (
    CAO_BANG,
    DAY,
    LANG_SON,
    LAST,
    logged,
    postings,
    tree,
    versions,
)

pytestmark = pytest.mark.anyio
NEW_NAME = "Viện kiểm sát nhân dân tỉnh Đông Bắc"
WITH_THEIRS = ("lang_son", "phong_1", "kv_1", "cao_bang", "cb_kv_1")


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
