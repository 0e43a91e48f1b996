"""Units named in a form, and what kind a new one may be."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from app.organization import actions
from app.organization.rules import NewUnit
from app.organization.tables import Posting, Unit
from tests.conftest import World
from tests.organization.reading import versions
from tests.organization.recording import MOVED, local_officer, path_of, rows_of

pytestmark = pytest.mark.anyio

MOVE = {"event": "move", "day": "01/07/2025", "parent": "Phòng 1"}
SEVERAL = "Có 2 đơn vị cùng tên “Phòng 1”; vui lòng ghi mã đơn vị."


async def another_room(world: World) -> int:
    """Of the same name, in another province."""
    return await actions.found(
        NewUnit("cb-phong-1", "room", "Phòng 1"),
        world.ids["cao_bang"],
        date(2025, 2, 1),
        actor=await world.actor("administrator"),
        now=world.now,
    )


async def test_a_name_of_several_units_asks_for_the_code(world: World) -> None:
    path, new = path_of(world, "postings", "chi"), MOVED | {"unit": "Phòng 1"}
    async with world.client("personnel") as browser:
        unknown = await browser.form(path, new | {"unit": "Phòng 8"})
        await another_room(world)
        several = await browser.form(path, new)
        assert len(await rows_of(Posting, world, "chi")) == 1
        named = await browser.form(path, new | {"unit": "cb-phong-1"})
    assert [a.status_code for a in (unknown, several, named)] == [422, 422, 303]
    assert [SEVERAL in a.text for a in (unknown, several)] == [False, True]
    assert "Không tìm thấy đơn vị “Phòng 8”." in unknown.text
    assert "Không tìm thấy" not in several.text


async def test_an_event_asks_for_the_code_too(world: World) -> None:
    await another_room(world)
    path = f"/units/{world.ids['kv_1']}/events"
    async with world.client("personnel") as browser:
        several = await browser.form(path, MOVE)
        gone = await browser.form(path, MOVE | {"parent": "Phòng 8"})
    assert [a.status_code for a in (several, gone)] == [422, 422]
    assert (SEVERAL in several.text, "Không tìm thấy" in several.text) == (True, False)
    assert "Không tìm thấy đơn vị “Phòng 8” trong phạm vi quản lý." in gone.text


async def test_a_room_of_that_name_elsewhere_is_not_meant(world: World) -> None:
    foreign = await another_room(world)
    await local_officer(world)
    path = f"/units/{world.ids['kv_1']}/events"
    async with world.client("local") as browser:
        moved = await browser.form(path, MOVE)
        refused = await browser.form(path, MOVE | {"parent": "cb-phong-1", "day": "01/08/2025"})
    parents: list[Any] = [parent for _, parent, *_ in await versions(world.ids["kv_1"])]
    assert (moved.status_code, refused.status_code) == (303, 422)
    assert parents == [world.ids["lang_son"], world.ids["phong_1"]]
    assert foreign not in parents


@pytest.mark.parametrize(
    "event",
    [
        {"event": "found", "code": "vks-2", "name": "Viện thứ hai"},
        {"event": "convert", "code": "vks-2", "name": "Viện thứ hai", "people": "later"},
        {"event": "split", "parts": "vks-2; Viện thứ hai\nvks-3; Viện thứ ba", "people": "later"},
    ],
)
async def test_no_event_makes_another_head_of_all(world: World, event: dict[str, str]) -> None:
    before = await Unit.count()
    path = f"/units/{world.ids['kv_1']}/events"
    typed = event | {"day": "01/07/2025", "unit_kind": "supreme"}
    async with world.client("personnel") as browser:
        answer = await browser.form(path, typed)
        assert (answer.status_code, 'id="f-unit_kind-error"' in answer.text) == (422, True)
        assert await Unit.count() == before
        assert 'value="supreme"' not in answer.text
        assert (await browser.form(path, typed | {"unit_kind": "regional"})).status_code == 303
