"""Records beside others: units of others, two who write, an import under way."""

from __future__ import annotations

import asyncio
import html
import re
from datetime import date
from typing import Any

import psycopg
import pytest

from app.organization.tables import (
    LeadershipPipeline,
    LongAbsence,
    Posting,
    YearlyClassification,
)
from tests.conftest import World
from tests.organization.recording import (
    AWAY,
    LEVEL,
    MOVED,
    POST,
    entries,
    lent,
    local_officer,
    path_of,
    rows_of,
    version_at,
    waiting,
)

pytestmark = pytest.mark.anyio


async def test_only_over_the_own_units(world: World) -> None:
    await local_officer(world)
    async with world.client("local") as browser:
        foreign = await browser.form(path_of(world, "pipeline", "em"), POST)
        own = await browser.form(path_of(world, "pipeline"), POST)
        away = await browser.form(path_of(world, "postings"), {**MOVED, "unit": "cb-kv-1"})
    assert [a.status_code for a in (foreign, own, away)] == [404, 303, 422]
    assert "ngoài phạm vi phụ trách" in away.text


async def test_postings_in_units_of_others_are_for_others(world: World) -> None:
    await local_officer(world)
    foreign = await lent(world, "anh", "cb_kv_1")
    path = path_of(world, "postings")
    here = f"{path}/{foreign}"
    taken = {**MOVED, "form": "concurrent", "unit": "phong-1", "why": "typing_error"}
    async with world.client("local") as browser:
        page = await browser.get(f"/people/{world.ids['anh']}")
        shown = await browser.get(here)
        changed = await browser.form(here, taken)
        removed = await browser.form(f"{here}/removal", {"removal_why": "never_true"})
        own = (await rows_of(Posting, world))[0]["id"]
        assert (await browser.get(f"{path}/{own}")).status_code == 200
    assert (f'href="{here}"' in page.text, f'href="{path}/{own}"' in page.text) == (False, True)
    assert [a.status_code for a in (shown, changed, removed)] == [409, 422, 409]
    assert all("ngoài phạm vi phụ trách" in a.text for a in (shown, changed, removed))
    kept = (await rows_of(Posting, world))[1]
    assert (kept["unit"], kept["post"]) == (world.ids["cb_kv_1"], "Biệt phái")
    assert await entries("correct_record") + await entries("remove_record") == []
    async with world.client("personnel") as browser:
        gone = await browser.form(f"{here}/removal", {"removal_why": "never_true"})
    assert (gone.status_code, len(await rows_of(Posting, world))) == (303, 1)


async def test_a_transfer_does_not_end_the_post_in_a_unit_of_others(world: World) -> None:
    await local_officer(world)
    await lent(world, "em", "phong_1")
    path = path_of(world, "postings", "em")
    async with world.client("local") as browser:
        page = await browser.get(f"{path}/new")
        answer = await browser.form(path, MOVED)
    assert (page.status_code, "ends_previous" in page.text) == (200, False)
    assert (answer.status_code, "ngoài phạm vi phụ trách" in answer.text) == (422, True)
    assert [row["valid_to"] for row in await rows_of(Posting, world, "em")] == [None, None]


async def test_of_two_who_write_the_same_one_is_refused(world: World) -> None:
    path = path_of(world, "absences")
    async with world.client("personnel") as one, world.client("administrator") as other:
        answers = await asyncio.gather(one.form(path, AWAY), other.form(path, AWAY))
    assert sorted(answer.status_code for answer in answers) == [303, 422]
    assert len(await rows_of(LongAbsence, world)) == 1


async def test_the_second_of_two_sees_what_changed_and_keeps_the_text(world: World) -> None:
    here = f"{path_of(world, 'postings')}/{(await rows_of(Posting, world))[0]['id']}"
    base = {"text": "Kiểm sát viên", "unit": "phong-1", "form": "main", "valid_from": "01/01/2024"}
    ended = {**base, "valid_to": "30/06/2025", "why": "ended"}
    promoted = {**base, "text": "Phó Trưởng phòng", "form": "concurrent", "why": "new_paper"}
    async with world.client("personnel") as one, world.client("administrator") as two:
        first, stale = await version_at(one, here), await version_at(two, here)
        assert (await one.form(here, ended | first)).status_code == 303
        # A second click of the same is no conflict and no second entry.
        assert (await one.form(here, ended | first)).status_code == 303
        late = await two.form(here, promoted | stale)
        assert late.status_code == 409
        assert "Có người vừa sửa" in late.text
        assert 'value="Phó Trưởng phòng"' in late.text
        told = late.text.partition("Nội dung đang lưu")[2].partition("</dl>")[0]
        assert [html.unescape(part) for part in re.findall(r"<dd>(.*?)</dd>", told)] == [
            "Kiểm sát viên",
            "Vị trí chính",
            "30/06/2025",
        ]
        (row,) = await rows_of(Posting, world)
        assert (row["post"], row["valid_to"]) == ("Kiểm sát viên", date(2025, 6, 30))
        version = re.search(r'name="version" value="(\w+)"', late.text)
        assert version
        again = {**promoted, "valid_to": "30/06/2025", "version": version[1]}
        assert (await two.form(here, again)).status_code == 303
    (row,) = await rows_of(Posting, world)
    assert (row["post"], row["valid_to"]) == ("Phó Trưởng phòng", date(2025, 6, 30))
    assert [detail["why"] for _, detail in await entries("correct_record")] == [
        "ended",
        "new_paper",
    ]


@pytest.mark.parametrize(
    ("kind", "begun", "table", "column", "others"),
    [
        ("pipeline", POST, LeadershipPipeline, "post", ("A", "B")),
        ("absences", AWAY, LongAbsence, "reason", ("A", "B")),
        ("classifications", LEVEL, YearlyClassification, "level", ("fair", "poor")),
    ],
)
async def test_of_two_corrections_at_once_one_is_told(
    world: World, kind: str, begun: dict[str, str], table: Any, column: str, others: tuple[str, str]
) -> None:
    path = path_of(world, kind)
    async with world.client("personnel") as one, world.client("personnel") as other:
        assert (await one.form(path, begun)).status_code == 303
        kept = (await rows_of(table, world))[-1]
        here = f"{path}/{kept['id']}"
        sent = {**begun, "why": "typing_error", **await version_at(one, here)}
        answers = await asyncio.gather(
            one.form(here, sent | {"text": others[0]}),
            other.form(here, sent | {"text": others[1]}),
        )
    assert sorted(answer.status_code for answer in answers) == [303, 409]
    row = (await rows_of(table, world))[-1]
    won = next(
        text for text, answer in zip(others, answers, strict=True) if answer.status_code == 303
    )
    assert row[column] == won
    assert len(await entries("correct_record")) == 1


async def test_a_refused_form_keeps_the_version_it_began_from(world: World) -> None:
    path = path_of(world, "pipeline")
    async with world.client("personnel") as browser:
        await browser.form(path, POST)
        here = f"{path}/{(await rows_of(LeadershipPipeline, world))[0]['id']}"
        begun = await version_at(browser, here)
        later = {**POST, "valid_to": "30/09/2025", "why": "ended"}
        assert (await browser.form(here, later | begun)).status_code == 303
        refused = await browser.form(here, {**POST, "text": "", "why": "ended", **begun})
    assert (refused.status_code, f'value="{begun["version"]}"' in refused.text) == (422, True)


async def test_a_form_waits_for_an_import_and_then_sees_what_it_wrote(world: World) -> None:
    async with (
        world.client("personnel") as browser,
        await psycopg.AsyncConnection.connect(world.url) as importing,
    ):
        await importing.execute("LOCK TABLE person, long_absence IN SHARE ROW EXCLUSIVE MODE")
        sending = asyncio.create_task(browser.form(path_of(world, "absences"), AWAY))
        async with asyncio.timeout(20):
            while not await waiting():  # noqa: ASYNC110
                await asyncio.sleep(0.02)
        await importing.execute(
            "INSERT INTO long_absence (person, reason, valid_from) VALUES (%s, 'Đi học', %s)",
            (world.ids["anh"], date(2025, 1, 1)),
        )
        await importing.commit()
        answer = await sending
    assert (answer.status_code, "lần vắng mặt từ 01/01/2025" in answer.text) == (422, True)
    assert len(await rows_of(LongAbsence, world)) == 1
