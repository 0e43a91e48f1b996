"""The list of own reminders, the bell, and marking as read."""

from __future__ import annotations

import re
from datetime import date

import pytest

from app.reminders.tables import Reminder
from tests.conftest import World

pytestmark = pytest.mark.anyio

STAGE = "{round}: giai đoạn “{stage}” sắp hết thời hạn."


async def given(world: World, login: str, *names: str) -> list[int]:
    ids = []
    for number, name in enumerate(names):
        reminder = Reminder(
            account=world.ids[f"account:{login}"],
            occasion=f"{name}{number}",
            message=STAGE,
            figures=f'{{"round": "{name}", "stage": "Chấm điểm"}}',
            href="/rounds/1",
            due_on=date(2025, 11, 12),
            at=world.now,
        )
        await reminder.save()
        ids.append(int(reminder.id))
    return ids


async def read_ids() -> list[int]:
    rows = await Reminder.raw("SELECT id FROM reminder WHERE read_at IS NOT NULL ORDER BY id")
    return [row["id"] for row in rows]


async def test_own_reminders_newest_first(world: World) -> None:
    await given(world, "secretary", "Đợt A", "Đợt B")
    await given(world, "leader", "Đợt C")
    async with world.client("secretary") as browser:
        text = (await browser.get("/reminders")).text
    assert re.findall(r"(Đợt [ABC]): giai đoạn “Chấm điểm”", text) == ["Đợt B", "Đợt A"]
    assert text.count("hạn 12/11/2025, còn 2 ngày") == 2


async def test_a_stage_is_said_in_the_readers_language(world: World) -> None:
    await given(world, "secretary", "Đợt A")
    async with world.client("secretary") as browser:
        browser.cookies.set("thidua_language", "en")
        text = (await browser.get("/reminders")).text
    assert "Chấm điểm" not in text


async def test_the_bell_counts_what_is_unread(world: World) -> None:
    await given(world, "secretary", *"ABC")
    async with world.client("secretary") as browser:
        assert 'hx-get="/reminders/unread"' in (await browser.get("/")).text
        text = (await browser.get("/reminders/unread")).text
        assert re.sub(r"<[^>]+>", "", text).strip() == "3 nhắc việc chưa đọc"
    async with world.client("leader") as browser:
        assert (await browser.get("/reminders/unread")).text.strip() == ""


async def test_the_bell_stops_counting(world: World) -> None:
    await given(world, "secretary", *["x"] * 101)
    async with world.client("secretary") as browser:
        assert ">99+<" in (await browser.get("/reminders/unread")).text


async def test_marking_one_and_taking_it_back(world: World) -> None:
    first, _ = await given(world, "secretary", "A", "B")
    async with world.client("secretary") as browser:
        answer = await browser.form(f"/reminders/{first}/reading", {"read": "yes"})
        assert (answer.status_code, answer.headers["location"]) == (303, "/reminders")
        assert await read_ids() == [first]
        text = (await browser.get("/reminders?unread=yes")).text
        assert re.findall(r"([AB]): giai đoạn", text) == ["B"]
        await browser.form(f"/reminders/{first}/reading", {"read": "no"})
    assert await read_ids() == []


async def test_somebody_elses_does_not_exist(world: World) -> None:
    (theirs,) = await given(world, "leader", "A")
    async with world.client("secretary") as browser:
        for number in (theirs, 999_999, 0, 2**40):
            answer = await browser.form(f"/reminders/{number}/reading", {"read": "yes"})
            assert answer.status_code == 404, number
    assert await read_ids() == []


async def test_marking_all_leaves_what_came_since(world: World) -> None:
    shown = await given(world, "secretary", "A", "B")
    theirs = await given(world, "leader", "C")
    later = await given(world, "secretary", "D1", "D2", "D3")
    async with world.client("secretary") as browser:
        answer = await browser.form("/reminders/reading", {"upto": str(shown[-1]), "unread": "yes"})
        assert answer.headers["location"] == "/reminders?unread=yes"
        assert await read_ids() == shown
        for spoilt in ("", "x", "-1", "9" * 40):
            assert (await browser.form("/reminders/reading", {"upto": spoilt})).status_code == 303
        assert await read_ids() == shown
        await browser.form("/reminders/reading", {"upto": "9999999999"})
    assert await read_ids() == sorted(shown + later)
    assert set(theirs).isdisjoint(await read_ids())


async def test_pages_by_key_in_as_many_statements_for_few_as_for_many(world: World) -> None:
    await given(world, "secretary", "Lẻ")
    counts = []
    async with world.client("secretary") as browser:
        for more in (0, 64):
            await given(world, "secretary", *[f"Đợt {n}" for n in range(more)])
            with world.count_queries() as counter:
                text = (await browser.get("/reminders")).text
            counts.append(counter.count)
        seen = []
        while True:
            seen += re.findall(r">([^<>]+): giai đoạn", text)
            found = re.search(r'href="(/reminders\?after=[^"]+)">Trang sau', text)
            if not found:
                break
            text = (await browser.get(found.group(1))).text
    assert counts[0] == counts[1] <= 5
    assert seen == [*(f"Đợt {n}" for n in range(63, -1, -1)), "Lẻ"]


async def test_nothing_yet(world: World) -> None:
    async with world.client("auditor") as browser:
        assert "Chưa có nhắc việc nào" in (await browser.get("/reminders")).text
        assert (
            "Không còn nhắc việc nào chưa đọc" in (await browser.get("/reminders?unread=yes")).text
        )
