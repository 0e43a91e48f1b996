"""A movement, what it rests on, its parts, its yearly dates and the units that join."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from app.catalogue.rules import LegalSourceEntry
from app.catalogue.tables import LegalSource
from app.kernel.refusal import NotVisible, Refused
from app.movement import actions, queries
from app.movement.forms.planning import typed_movement
from app.movement.rules import MovementPlan
from app.movement.tables import MovementUnit
from tests.conftest import Browser, World
from tests.test_exports import exported

pytestmark = pytest.mark.anyio

SOURCE = LegalSourceEntry(
    "07/KH-VKSTC", "Kế hoạch phát động", "VKSND tối cao", date(2024, 1, 10), None, None
)
CLUSTER = MovementPlan(
    "CUM-1", "Phong trào của Cụm thi đua số 1", "", 0, date(2024, 3, 1), None, "", None
)


async def refused(code: str, call: object) -> None:
    with pytest.raises(Refused) as caught:
        await call  # type: ignore[misc]
    assert caught.value.refusal.code == code


async def part(world: World) -> int:
    """A cluster's movement, part of the cast's."""
    plan = replace(CLUSTER, launched_by=world.ids["lang_son"], parent=world.ids["movement"])
    return await actions.create_movement(plan, actor=await world.actor("secretary"), now=world.now)


async def test_two_movements_do_not_become_parts_of_each_other_at_once(world: World) -> None:
    secretary = await world.actor("secretary")
    ids = [
        await actions.create_movement(
            replace(CLUSTER, code=code, launched_by=world.ids["lang_son"]),
            actor=secretary,
            now=world.now,
        )
        for code in ("CUM-1", "CUM-2")
    ]

    async def under(child: int, parent: int) -> None:
        plan = replace((await queries.stored_movement(child)).plan, parent=parent)
        await actions.change_movement(child, plan, 0, actor=secretary, now=world.now)

    results = await asyncio.gather(under(*ids), under(*ids[::-1]), return_exceptions=True)
    refusals = [r.refusal.code for r in results if isinstance(r, Refused)]
    assert (refusals, results.count(None)) == (["cycle"], 1)


async def join(
    world: World, unit: str, day: str = "2024-02-01", *, with_children: bool = False
) -> int:
    return await actions.join_unit(
        world.ids["movement"],
        world.ids[unit],
        date.fromisoformat(day),
        with_children=with_children,
        actor=await world.actor("secretary"),
        now=world.now,
    )


async def joined(world: World) -> list[str]:
    page = await queries.joined_units(world.ids["movement"])
    return [row.code for row in page.rows]


async def test_a_part_and_its_whole_are_linked_both_ways(world: World) -> None:
    part_id = await part(world)
    whole = await queries.movement(world.ids["movement"])
    assert [(line.id, line.name) for line in whole.parts] == [(part_id, CLUSTER.name)]
    assert (await queries.movement(part_id)).parent == (whole.id, whole.name)
    async with world.client("staff") as browser:
        assert f'href="/movements/{part_id}"' in (await browser.get(f"/movements/{whole.id}")).text
        assert f'href="/movements/{whole.id}"' in (await browser.get(f"/movements/{part_id}")).text


async def test_a_whole_does_not_become_a_part_of_its_part(world: World) -> None:
    part_id = await part(world)
    secretary = await world.actor("secretary")
    stored = await queries.stored_movement(world.ids["movement"])
    for parent in (part_id, world.ids["movement"]):
        await refused(
            "cycle",
            actions.change_movement(
                world.ids["movement"],
                replace(stored.plan, parent=parent),
                0,
                actor=secretary,
                now=world.now,
            ),
        )
    with pytest.raises(NotVisible):
        await actions.change_movement(
            part_id, replace(CLUSTER, parent=999), 0, actor=secretary, now=world.now
        )


async def test_a_movement_does_not_end_before_its_rounds(world: World) -> None:
    secretary = await world.actor("secretary")
    stored = await queries.stored_movement(world.ids["movement"])
    await refused(
        "round-outside",
        actions.change_movement(
            world.ids["movement"],
            replace(stored.plan, ends_on=date(2025, 12, 31)),
            0,
            actor=secretary,
            now=world.now,
        ),
    )


async def test_a_code_is_used_once(world: World) -> None:
    await part(world)
    await refused("code-taken", part(world))
    secretary = await world.actor("secretary")
    stored = await queries.stored_movement(world.ids["movement"])
    await refused(
        "code-taken",
        actions.change_movement(
            world.ids["movement"],
            replace(stored.plan, code="CUM-1"),
            0,
            actor=secretary,
            now=world.now,
        ),
    )


async def test_papers_come_from_the_catalogue_or_are_added_to_it(world: World) -> None:
    movement_id, secretary = world.ids["movement"], await world.actor("secretary")
    own: dict[str, Any] = {"actor": secretary, "now": world.now}
    await actions.add_source(movement_id, SOURCE, **own)
    (line,) = (await queries.movement(movement_id)).sources
    assert (line.number, line.title, line.signed_on) == (
        SOURCE.number,
        SOURCE.title,
        SOURCE.signed_on,
    )
    assert line.id not in {choice.id for choice in await queries.source_choices(movement_id)}
    await refused("source-known", actions.add_source(movement_id, SOURCE, **own))
    await refused("source-cited", actions.cite_source(movement_id, line.id, **own))
    await actions.remove_source(movement_id, line.id, **own)
    assert (await queries.movement(movement_id)).sources == ()
    assert await LegalSource.exists().where(LegalSource.number == SOURCE.number)
    await actions.cite_source(movement_id, line.id, **own)
    assert len((await queries.movement(movement_id)).sources) == 1
    for call in (
        actions.cite_source(movement_id, 999, **own),
        actions.remove_source(movement_id, 999, **own),
    ):
        with pytest.raises(NotVisible):
            await call


async def test_yearly_dates_in_the_order_of_the_year(world: World) -> None:
    movement_id = world.ids["movement"]
    own: dict[str, Any] = {"actor": await world.actor("secretary"), "now": world.now}
    await actions.add_date(movement_id, "Báo cáo năm", 11, 30, **own)
    await actions.add_date(movement_id, "Báo cáo sáu tháng", 5, 31, **own)
    found = (await queries.movement(movement_id)).dates
    assert [(line.name, line.month, line.day) for line in found] == [
        ("Báo cáo sáu tháng", 5, 31),
        ("Báo cáo năm", 11, 30),
    ]
    await refused("date-known", actions.add_date(movement_id, "Báo cáo năm", 1, 1, **own))
    await refused("no-such-day", actions.add_date(movement_id, "Ngày nhuận", 2, 29, **own))
    await actions.remove_date(movement_id, found[0].id, **own)
    assert len((await queries.movement(movement_id)).dates) == 1
    with pytest.raises(NotVisible):
        await actions.remove_date(movement_id, found[0].id, **own)


async def test_a_unit_joins_alone_or_with_those_directly_below(world: World) -> None:
    assert await join(world, "kv_1") == 1
    # Of three units one takes part already; Phòng 1 and the province itself join.
    assert await join(world, "lang_son", with_children=True) == 2
    assert sorted(await joined(world)) == ["kv-1", "lang-son", "phong-1"]
    await refused("already-joined", join(world, "lang_son"))
    await refused("already-joined", join(world, "lang_son", with_children=True))
    assert await join(world, "cao_bang", with_children=True) == 2
    await refused("outside-the-movement", join(world, "root", "2024-01-14"))


async def test_a_double_click_joins_once(world: World) -> None:
    results = await asyncio.gather(
        *(join(world, "lang_son", with_children=True) for _ in range(2)), return_exceptions=True
    )
    assert [r.refusal.code for r in results if isinstance(r, Refused)] == ["already-joined"]
    assert await MovementUnit.count() == 3


async def test_a_unit_leaves_and_may_come_back(world: World) -> None:
    await join(world, "kv_1")
    (row,) = (await queries.joined_units(world.ids["movement"])).rows
    own: dict[str, Any] = {"actor": await world.actor("secretary"), "now": world.now}
    await refused(
        "before-joining",
        actions.end_membership(world.ids["movement"], row.id, date(2024, 1, 31), **own),
    )
    await actions.end_membership(world.ids["movement"], row.id, date(2024, 6, 30), **own)
    await refused(
        "already-left",
        actions.end_membership(world.ids["movement"], row.id, date(2024, 7, 1), **own),
    )
    await refused("already-joined", join(world, "kv_1", "2024-06-30"))
    assert await join(world, "kv_1", "2024-07-01") == 1
    today = world.now.date()
    await MovementUnit.update({MovementUnit.left_on: today}).where(MovementUnit.left_on.is_null())
    days = (date(2024, 6, 30), today, today + timedelta(days=1))
    assert [await queries.joined_count(world.ids["movement"], day) for day in days] == [1, 1, 0]
    with pytest.raises(NotVisible):
        await actions.end_membership(await part(world), row.id, date(2024, 7, 1), **own)


async def test_only_the_secretary_launches(world: World) -> None:
    movement_id = world.ids["movement"]
    for login in ("officer", "leader", "appraiser", "administrator"):
        own: dict[str, Any] = {"actor": await world.actor(login), "now": world.now}
        for call in (
            actions.create_movement(replace(CLUSTER, launched_by=1), **own),
            actions.change_movement(movement_id, replace(CLUSTER, launched_by=1), 0, **own),
            actions.cite_source(movement_id, 1, **own),
            actions.add_source(movement_id, SOURCE, **own),
            actions.remove_source(movement_id, 1, **own),
            actions.add_date(movement_id, "x", 1, 1, **own),
            actions.remove_date(movement_id, 1, **own),
            actions.join_unit(movement_id, 1, date(2025, 1, 1), with_children=False, **own),
            actions.end_membership(movement_id, 1, date(2025, 1, 1), **own),
        ):
            with pytest.raises(NotVisible):
                await call


# Pages


async def stored_form(world: World) -> dict[str, str]:
    stored = await queries.stored_movement(world.ids["movement"])
    typed = typed_movement(stored.plan, stored.launched_by_code)
    return {name: str(value) for name, value in typed.items()} | {"version": "0"}


async def test_a_movement_is_launched_over_the_page(world: World) -> None:
    form = await stored_form(world) | {"code": "MOI", "name": "Phong trào mới"}
    async with world.client("secretary") as browser:
        assert "/movements/new" in (await browser.get("/movements")).text
        assert (await browser.get("/movements/new")).status_code == 200
        wrong = await browser.form("/movements", form | {"launched_by": "không có", "code": "a b"})
        assert wrong.status_code == 422
        assert "Mã chỉ dùng chữ không dấu" in wrong.text
        unknown = await browser.form("/movements", form | {"launched_by": "không có"})
        assert unknown.status_code == 422
        assert "Không tìm thấy đơn vị “không có” vào ngày phát động." in unknown.text
        made = await browser.form(
            "/movements", form | {"launched_by": "Viện kiểm sát nhân dân tối cao"}
        )
        assert made.status_code == 303
        assert "Phong trào mới" in (await browser.get(made.headers["location"])).text
        assert (await browser.form("/movements", form)).status_code == 422


async def test_the_second_tab_keeps_its_text(world: World) -> None:
    path = f"/movements/{world.ids['movement']}/edit"
    form = await stored_form(world)
    async with world.client("secretary") as browser:
        assert (await browser.form(path, form | {"plan": "Kế hoạch A"})).status_code == 303
        second = await browser.form(path, form | {"plan": "Kế hoạch B"})
        assert second.status_code == 409
        assert 'value="Kế hoạch B"' in second.text
        assert "Kế hoạch A" in second.text
        assert (
            await browser.form(path, form | {"plan": "Kế hoạch B", "version": "1"})
        ).status_code == 303
    assert (await queries.movement(world.ids["movement"])).plan == "Kế hoạch B"


async def test_papers_and_dates_over_the_page(world: World) -> None:
    here = f"/movements/{world.ids['movement']}"
    async with world.client("secretary") as browser:
        assert (await browser.form(f"{here}/sources", {"source": "x"})).status_code == 422
        half = await browser.form(f"{here}/new-sources", {"number": "08/KH"})
        assert half.status_code == 422
        assert 'value="08/KH"' in half.text
        paper = {
            "number": "08/KH",
            "title": "Kế hoạch",
            "issuer": "VKSND tối cao",
            "signed_on": "10/01/2024",
        }
        for _ in range(2):
            answer = await browser.form(f"{here}/new-sources", paper)
        assert answer.status_code == 422
        assert "Danh mục đã có văn bản số này" in answer.text
        bad_day = {"date_name": "Báo cáo", "day": "31", "month": "4"}
        assert (await browser.form(f"{here}/dates", bad_day)).status_code == 422
        assert (await browser.form(f"{here}/dates", bad_day | {"day": "30"})).status_code == 303
    async with world.client("staff") as browser:
        page = (await browser.get(here)).text
    assert "08/KH: Kế hoạch" in page
    assert "30/04: Báo cáo" in page


async def test_units_join_over_the_page_and_everybody_reads_the_list(world: World) -> None:
    here = f"/movements/{world.ids['movement']}/units"
    form = {"unit": "lang-son", "joined_on": "01/02/2024"}
    async with world.client("secretary") as browser:
        unknown = await browser.form(here, form | {"unit": "Không có"})
        assert unknown.status_code == 422
        assert "Không tìm thấy đơn vị “Không có”." in unknown.text
        several = await browser.form(here, form | {"unit": "khu vuc 1"})
        assert several.status_code == 422
        assert 'value="kv-1"' in several.text
        assert 'value="cb-kv-1"' in several.text
        picked = await browser.form(here, form | {"unit": "khu vuc 1", "picked": "cb-kv-1"})
        assert picked.status_code == 303
        assert await joined(world) == ["cb-kv-1"]
        assert (await browser.form(here, form | {"with_children": "yes"})).status_code == 303
        assert "Đã ghi 3 đơn vị tham gia." in (await browser.get(here)).text
        assert (await browser.form(here, form)).status_code == 422
        (row,) = (await queries.joined_units(world.ids["movement"], search="phong 1")).rows
        early = await browser.form(f"{here}/{row.id}/end", {"left_on": "31/01/2024"})
        assert early.status_code == 422
        assert "Ngày thôi tham gia không được trước ngày tham gia (01/02/2024)." in early.text
        ended = await browser.form(f"{here}/{row.id}/end", {"left_on": "30/06/2024"})
        assert ended.status_code == 303
    async with world.client("staff") as browser:
        page = (await browser.get(here)).text
        assert "Hiện có 3 đơn vị tham gia." in page
        assert "Ghi tham gia" not in page
        found = (await browser.get(f"{here}?q=khu vuc")).text
        assert "Viện kiểm sát nhân dân khu vực 1 - Lạng Sơn" in found
        assert "Phòng 1" not in found
        lines = await exported(browser, f"{here}/export")
        assert [line[0] for line in lines] == ["Mã đơn vị", *await joined(world)]
        assert (await browser.form(here, form)).status_code == 404


async def test_the_list_of_units_pages_by_key_with_as_many_statements(
    world: World,
) -> None:
    await join(world, "root")
    for unit in ("lang_son", "cao_bang"):
        await join(world, unit, with_children=True)
    everything = await joined(world)
    assert len(everything) == 6
    seen: list[str] = []
    cursor = None
    while True:
        with world.count_queries() as counter:
            page = await queries.joined_units(world.ids["movement"], cursor=cursor, limit=4)
        assert counter.count == 1
        seen += [row.code for row in page.rows]
        cursor = page.next
        if cursor is None:
            break
    assert seen == everything


async def test_a_form_of_a_movement_is_for_the_secretary_only(world: World) -> None:
    here = f"/movements/{world.ids['movement']}"
    async with world.client("leader") as browser:
        assert f"{here}/edit" not in (await browser.get(here)).text
        for path in ("/movements/new", f"{here}/edit", f"{here}/rounds/new"):
            assert (await browser.get(path)).status_code == 404, path
        for path in ("/movements", f"{here}/edit", f"{here}/sources", f"{here}/new-sources"):
            assert await status(browser, path) == 404, path
        for path in (f"{here}/dates", f"{here}/sources/1/removal", f"{here}/dates/1/removal"):
            assert await status(browser, path) == 404, path


async def status(browser: Browser, path: str) -> int:
    return (await browser.form(path, {})).status_code
