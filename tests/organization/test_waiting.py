"""Forms beside an import or an event of units that has begun and is not yet committed."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from datetime import date
from typing import Any

import psycopg
import pytest

from app.imports.actions.writing import TABLES
from app.kernel.actor import Actor
from app.kernel.refusal import Refused
from app.organization import actions
from app.organization.rules import NewUnit, PersonFacts
from app.organization.tables import Posting, Unit
from tests.cast import START
from tests.conftest import World
from tests.organization.reading import DAY
from tests.organization.recording import MOVED, path_of, rows_of, waiting

pytestmark = pytest.mark.anyio

Writer = Callable[[World, Actor], Coroutine[Any, Any, object]]
NEW = NewUnit("phong-9", "room", "Phòng 9")


async def rename(world: World, actor: Actor) -> None:
    phong_1 = world.ids["phong_1"]
    await actions.rename(phong_1, "Phòng Một", DAY, actor=actor, now=world.now)


async def move(world: World, actor: Actor) -> None:
    ids = world.ids
    await actions.move(ids["phong_1"], ids["kv_1"], DAY, actor=actor, now=world.now)


async def found(world: World, actor: Actor) -> object:
    return await actions.found(NEW, world.ids["phong_1"], DAY, actor=actor, now=world.now)


async def convert(world: World, actor: Actor) -> object:
    phong_1 = world.ids["phong_1"]
    return await actions.convert(phong_1, NEW, DAY, people="move", actor=actor, now=world.now)


async def add_person(world: World, actor: Actor) -> object:
    new = PersonFacts("KS0100", "Vi Phúc", date(1990, 3, 5), "male", "Kinh", "civil_servant", START)
    phong_1 = world.ids["phong_1"]
    return await actions.add_person(new, phong_1, "Văn thư", START, actor=actor, now=world.now)


async def until_waiting() -> None:
    async with asyncio.timeout(20):
        while not await waiting():  # noqa: ASYNC110
            await asyncio.sleep(0.02)


@pytest.mark.parametrize("event", [rename, move, found, convert, add_person])
async def test_an_import_of_units_and_a_form_do_not_wait_for_each_other(
    world: World, event: Writer
) -> None:
    actor = await world.actor("personnel")
    async with await psycopg.AsyncConnection.connect(world.url) as importing:
        tables = TABLES["units"].encode()
        await importing.execute(b"LOCK TABLE " + tables + b" IN SHARE ROW EXCLUSIVE MODE")
        writing = asyncio.create_task(event(world, actor))
        await until_waiting()
        await importing.execute("UPDATE unit SET kind = kind")
        await importing.execute("UPDATE unit_version SET name = name")
        await importing.commit()
        await writing


async def test_an_import_of_people_and_an_event_do_not_wait_for_each_other(world: World) -> None:
    """The import writes people in the order of its file, the event locks them in another."""
    actor = await world.actor("administrator")
    async with await psycopg.AsyncConnection.connect(world.url) as importing:
        await importing.execute("LOCK TABLE person IN SHARE ROW EXCLUSIVE MODE")
        name = "UPDATE person SET full_name = full_name WHERE id = %s"
        await importing.execute(name, (world.ids["binh"],))
        writing = asyncio.create_task(convert(world, actor))
        await until_waiting()
        await importing.execute(name, (world.ids["anh"],))
        await importing.commit()
        await writing


async def test_nobody_is_posted_in_a_unit_that_ends_meanwhile(world: World) -> None:
    actor = await world.actor("personnel")
    async with (
        world.client("personnel") as browser,
        await psycopg.AsyncConnection.connect(world.url) as ending,
    ):
        for key in ("kv_1", "phong_1"):
            unit = (world.ids[key],)
            await ending.execute("SELECT FROM unit WHERE id = %s FOR UPDATE", unit)
            ends = "UPDATE unit SET dissolved_on = '2025-12-31' WHERE id = %s"
            await ending.execute(ends, unit)
        adding = asyncio.create_task(browser.form(path_of(world, "postings"), MOVED))
        await until_waiting()
        hiring = asyncio.create_task(add_person(world, actor))
        await asyncio.sleep(0.3)
        await ending.commit()
        answer = await adding
        with pytest.raises(Refused) as error:
            await hiring
    assert (answer.status_code, "kết thúc hoạt động ngày 31/12/2025" in answer.text) == (422, True)
    assert error.value.refusal.code == "unit-dissolved"
    assert len(await rows_of(Posting, world)) == 1


async def test_a_dissolution_counts_who_is_posted_there_meanwhile(world: World) -> None:
    """Whichever comes first, nobody stays in a unit that is gone without a word."""
    actor, kv_1 = await world.actor("administrator"), world.ids["kv_1"]
    async with world.client("personnel") as browser:
        answer, posted = await asyncio.gather(
            browser.form(path_of(world, "postings"), MOVED),
            actions.dissolve(kv_1, date(2025, 12, 1), people="later", actor=actor, now=world.now),
        )
    assert await Unit.exists().where(Unit.id == kv_1, Unit.dissolved_on == date(2025, 11, 30))
    assert (answer.status_code, posted) in ((303, 3), (422, 2))
