"""The personnel officer's forms: add, correct, end, take away what is recorded about a person."""

from __future__ import annotations

from datetime import date

import pytest

from app.audit.tables import AuditEntry
from app.organization.tables import (
    LeadershipPipeline,
    LongAbsence,
    Person,
    Posting,
    YearlyClassification,
)
from tests.conftest import World
from tests.organization.recording import (
    AWAY,
    LEVEL,
    MOVED,
    POST,
    corrected,
    entries,
    path_of,
    rows_of,
)

pytestmark = pytest.mark.anyio


async def test_a_place_in_the_pipeline_from_the_first_day_to_its_end(world: World) -> None:
    path, person = path_of(world, "pipeline"), world.ids["anh"]
    async with world.client("personnel") as browser:
        page = await browser.get(f"/people/{person}")
        assert f'href="{path}/new"' in page.text
        assert (await browser.get(f"{path}/new")).status_code == 200
        added = await browser.form(path, POST)
        assert (added.status_code, added.headers["location"]) == (303, f"/people/{person}#pipeline")
        (row,) = await rows_of(LeadershipPipeline, world)
        here = f"{path}/{row['id']}"
        shown = await browser.get(here)
        assert 'value="01/01/2025"' in shown.text
        twice = await browser.form(path, {**POST, "valid_from": "01/06/2025"})
        assert (twice.status_code, 'id="f-valid_from-error"' in twice.text) == (422, True)
        ended = await corrected(browser, here, {**POST, "valid_to": "30/09/2025", "why": "ended"})
        assert ended.status_code == 303
        told = await browser.get(f"/people/{person}")
    assert "01/01/2025 – 30/09/2025" in told.text
    (row,) = await rows_of(LeadershipPipeline, world)
    assert (row["post"], row["valid_to"]) == ("Trưởng phòng", date(2025, 9, 30))
    kept = {"kind": "pipeline", "record": row["id"]}
    assert await entries("add_record") == [
        (person, {**kept, "valid_from": "2025-01-01", "valid_to": None})
    ]
    assert await entries("correct_record") == [
        (person, {**kept, "why": "ended", "valid_to": [None, "2025-09-30"]})
    ]


async def test_why_somebody_is_away_is_not_in_the_log(world: World) -> None:
    path = path_of(world, "absences", "binh")
    async with world.client("administrator") as browser:
        assert (await browser.form(path, AWAY)).status_code == 303
        (row,) = await rows_of(LongAbsence, world, "binh")
        reworded = {**AWAY, "text": "Nghỉ thai sản sinh đôi", "why": "typing_error"}
        assert (await corrected(browser, f"{path}/{row['id']}", reworded)).status_code == 303
    (row,) = await rows_of(LongAbsence, world, "binh")
    assert row["reason"] == "Nghỉ thai sản sinh đôi"
    log = await AuditEntry.select(AuditEntry.detail)
    assert "thai" not in str(log)
    assert (await entries("correct_record"))[0][1]["reworded"] is True


async def test_classifications_are_the_personnel_officers(world: World) -> None:
    path = path_of(world, "classifications")
    async with world.client("personnel") as browser:
        assert (await browser.form(path, LEVEL)).status_code == 303
        again = await browser.form(path, {**LEVEL, "year": "2024"})
        future = await browser.form(path, {**LEVEL, "year": "2026"})
        odd = await browser.form(path, {"text": "superb", "year": "x"})
        assert [a.status_code for a in (again, future, odd)] == [422] * 3
        assert 'id="f-year-error"' in again.text
        row = next(r for r in await rows_of(YearlyClassification, world) if r["year"] == 2023)
        changed = {**LEVEL, "text": "fair", "why": "new_paper"}
        assert (await corrected(browser, f"{path}/{row['id']}", changed)).status_code == 303
    async with world.client("administrator") as browser:
        page = await browser.get(f"/people/{world.ids['anh']}")
        assert (f"{path}/new" in page.text, (await browser.get(f"{path}/new")).status_code) == (
            False,
            404,
        )
        assert (await browser.form(path, LEVEL)).status_code == 404
    levels = {r["year"]: r["level"] for r in await rows_of(YearlyClassification, world)}
    assert levels == {2023: "fair", 2024: "good", 2025: "good"}
    assert (await entries("correct_record"))[0][1]["level"] == ["excellent", "fair"]


async def test_a_transfer_ends_the_post_held_until_then(world: World) -> None:
    path = path_of(world, "postings")
    async with world.client("personnel") as browser:
        without = {key: value for key, value in MOVED.items() if key != "ends_previous"}
        refused = await browser.form(path, without)
        assert (refused.status_code, "vị trí chính có từ 01/01/2024" in refused.text) == (422, True)
        assert (await browser.form(path, MOVED)).status_code == 303
    rows = await rows_of(Posting, world)
    assert [(r["unit"], r["valid_from"], r["valid_to"], r["is_main"]) for r in rows] == [
        (world.ids["phong_1"], date(2024, 1, 1), date(2025, 6, 30), True),
        (world.ids["kv_1"], date(2025, 7, 1), None, True),
    ]
    assert (await entries("add_record"))[0][1]["ended"] == rows[0]["id"]


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"unit": "không có"}, "unit"),
        ({"unit": ""}, "unit"),
        ({"valid_from": "31/02/2025"}, "valid_from"),
        ({"valid_from": "31/12/2023"}, "valid_from"),
        ({"valid_to": "01/01/2025"}, "valid_to"),
        ({"text": "  "}, "text"),
        ({"text": "x" * 201}, "text"),
    ],
)
async def test_a_posting_that_cannot_be(world: World, changed: dict[str, str], field: str) -> None:
    async with world.client("personnel") as browser:
        answer = await browser.form(path_of(world, "postings"), MOVED | changed)
    assert answer.status_code == 422
    assert f'id="f-{field}-error"' in answer.text
    assert len(await rows_of(Posting, world)) == 1


async def test_a_unit_is_named_as_today_or_as_when_the_posting_began(world: World) -> None:
    async with world.client("personnel") as browser:
        await browser.form(
            f"/units/{world.ids['kv_1']}/events",
            {"event": "rename", "day": "01/09/2025", "name": "Viện khu vực 9"},
        )
        path = path_of(world, "postings")
        beside = MOVED | {"form": "concurrent"}
        today = await browser.form(path, beside | {"text": "A", "unit": "Viện khu vực 9"})
        old = "Viện kiểm sát nhân dân khu vực 1 - Lạng Sơn"
        then = await browser.form(path, beside | {"text": "B", "unit": old})
        ended = {"text": "C", "unit": "Viện khu vực 9", "valid_to": "31/08/2025"}
        before = await browser.form(path, beside | ended)
    assert [a.status_code for a in (today, then, before)] == [303, 303, 422]


async def test_what_never_was_is_taken_away_with_a_reason(world: World) -> None:
    path, person = path_of(world, "pipeline"), world.ids["anh"]
    async with world.client("personnel") as browser:
        await browser.form(path, POST)
        (row,) = await rows_of(LeadershipPipeline, world)
        here = f"{path}/{row['id']}"
        without = await browser.form(f"{here}/removal")
        assert (without.status_code, 'id="f-removal_why-error"' in without.text) == (422, True)
        assert len(await rows_of(LeadershipPipeline, world)) == 1
        gone = await browser.form(f"{here}/removal", {"removal_why": "wrong_person"})
        assert gone.status_code == 303
        assert (await browser.get(here)).status_code == 404
        assert (await browser.form(f"{here}/removal")).status_code == 404
    assert await rows_of(LeadershipPipeline, world) == []
    assert await entries("remove_record") == [
        (
            person,
            {
                "kind": "pipeline",
                "record": row["id"],
                "why": "wrong_person",
                "valid_from": "2025-01-01",
                "valid_to": None,
            },
        )
    ]


async def test_the_only_posting_stays(world: World) -> None:
    (row,) = await rows_of(Posting, world)
    here = f"{path_of(world, 'postings')}/{row['id']}"
    async with world.client("personnel") as browser:
        page = await browser.get(here)
        answer = await browser.form(f"{here}/removal", {"removal_why": "never_true"})
    assert ("vị trí công tác duy nhất" in page.text, f"{here}/removal" in page.text) == (
        True,
        False,
    )
    assert (answer.status_code, "vị trí công tác duy nhất" in answer.text) == (409, True)
    assert len(await rows_of(Posting, world)) == 1


async def test_nobody_else_has_these_pages(world: World) -> None:
    path = path_of(world, "pipeline")
    for login in ("staff", "head", "officer", "auditor", "leader", "discipline"):
        async with world.client(login) as browser:
            page = await browser.get(f"/people/{world.ids['anh']}")
            assert (page.status_code, "/records/" in page.text) == (200, False)
            assert (await browser.get(f"{path}/new")).status_code == 404
            assert (await browser.form(path, POST)).status_code == 404
    async with world.client("personnel") as browser:
        assert (await browser.get(path_of(world, "secrets") + "/new")).status_code == 404
        # The record of somebody else is not found under this person.
        await browser.form(path_of(world, "pipeline", "binh"), POST)
        (row,) = await rows_of(LeadershipPipeline, world, "binh")
        assert (await browser.get(f"{path}/{row['id']}")).status_code == 404
    assert await rows_of(LeadershipPipeline, world) == []


async def test_the_pages_ask_the_same_however_many_records_there_are(world: World) -> None:
    path, person = path_of(world, "pipeline"), world.ids["anh"]
    costs: list[list[int]] = []
    async with world.client("personnel") as browser:
        for start in (0, 1):
            for number in range(start, start * 40 + 1):
                await LeadershipPipeline(
                    person=person, post=f"Chức danh {number}", valid_from=date(2025, 1, 1)
                ).save()
            row = (await rows_of(LeadershipPipeline, world))[0]
            costs.append([])
            for address in (f"/people/{person}", f"{path}/new", f"{path}/{row['id']}"):
                with world.count_queries() as counter:
                    assert (await browser.get(address)).status_code == 200
                costs[-1].append(counter.count)
    assert costs[0] == costs[1]
    assert max(costs[0]) <= 9
    assert await Person.count() == 5
