from __future__ import annotations

from io import BytesIO

import httpx
import pytest
from python_calamine import CalamineWorkbook

from app.imports import jobs
from app.imports.rules.kinds import KINDS
from app.imports.tables import ImportRun
from app.organization.tables import Person
from tests.conftest import Browser, World
from tests.imports.given import OFFICER, PERSON, bring_in, check, officer, sheet

pytestmark = pytest.mark.anyio


async def send(browser: Browser, content: bytes, kind: str = "people") -> httpx.Response:
    await browser.get("/imports/new")
    token = browser.cookies["thidua_csrf"]
    return await browser.post(
        "/imports",
        data={"kind": kind, "_csrf_token": token},
        files={"file": ("cán bộ.csv", content, "text/csv")},
    )


async def test_from_the_file_to_the_data(world: World) -> None:
    await officer(world)
    async with world.client(OFFICER) as browser:
        sent = await send(browser, sheet("people", PERSON))
        assert sent.status_code == 303
        path = sent.headers["location"]
        run_id = int(path.rpartition("/")[2])
        waiting = await browser.get(path)
        assert f'hx-get="{path}/progress"' in waiting.text
        await jobs.work(run_id, now=world.now)
        polled = await browser.get(f"{path}/progress", headers={"HX-Request": "true"})
        assert polled.headers["HX-Refresh"] == "true"
        ready = await browser.get(path)
        assert "Sẽ ghi 1 dòng mới và 0 dòng thay đổi" in ready.text
        ordered = await browser.form(f"{path}/application")
        assert (ordered.status_code, ordered.headers["location"]) == (303, path)
        await jobs.work(run_id, now=world.now)
        assert "Đã ghi toàn bộ dữ liệu" in (await browser.get(path)).text
        assert "cán bộ.csv" in (await browser.get("/imports")).text
        again = await browser.form(f"{path}/application")
        assert again.status_code == 409
    assert await Person.exists().where(Person.staff_code == "KS9001")


async def test_refused_lines_are_shown(world: World) -> None:
    actor = await officer(world)
    bad = ("KS9001", "<b>Tên</b>", "05/03/2960", *PERSON[3:])
    run = await check(world, actor, "people", sheet("people", bad))
    async with world.client(OFFICER) as browser:
        shown = (await browser.get(f"/imports/{run.id}")).text
    assert "Năm 2960 không hợp lý; vui lòng kiểm tra lại." in shown
    assert '<td data-label="Giá trị">05/03/2960</td>' in shown
    assert "Ghi vào dữ liệu" not in shown


@pytest.mark.parametrize(
    ("content", "words"),
    [(b"%PDF-1.7", "Đây là tệp PDF"), (b"", "Tệp rỗng"), (b"MZ\x00", "Đây là tệp EXE")],
)
async def test_a_file_that_is_no_sheet(world: World, content: bytes, words: str) -> None:
    await officer(world)
    async with world.client(OFFICER) as browser:
        sent = await send(browser, content)
        assert (sent.status_code, words in sent.text) == (422, True)
        nothing = await browser.form("/imports", {"kind": "people"})
        assert (nothing.status_code, "Vui lòng chọn tệp." in nothing.text) == (422, True)
        foreign = await send(browser, sheet("people", PERSON), "accounts")
        assert foreign.status_code == 422
    assert await ImportRun.count() == 0


async def test_every_template_passes_its_own_check(world: World) -> None:
    await officer(world)
    async with world.client(OFFICER) as browser:
        for kind in KINDS.keys() - {"accounts"}:
            got = await browser.get(f"/imports/template/{kind}.xlsx")
            assert got.status_code == 200
            book = CalamineWorkbook.from_filelike(BytesIO(got.content))
            assert book.sheet_names == ["Dữ liệu", "Hướng dẫn"]
            head = book.get_sheet_by_index(0).to_python()[0]
            wanted = [c.header + (" *" if c.required else "") for c in KINDS[kind].columns]
            assert head == wanted
        assert (await browser.get("/imports/template/accounts.xlsx")).status_code == 404
        assert (await browser.get("/imports/template/people")).status_code == 404


async def test_the_people_template_comes_in_as_it_is(world: World) -> None:
    actor = await officer(world)
    async with world.client(OFFICER) as browser:
        template = (await browser.get("/imports/template/people.xlsx")).content
    assert (await bring_in(world, actor, "people", template)).counts["new"] == 1


async def test_nobody_sees_the_run_of_another(world: World) -> None:
    run = await check(world, await officer(world), "people", sheet("people", PERSON))
    paths = (f"/imports/{run.id}", f"/imports/{run.id}/progress", "/imports/999", "/imports/new")
    for login, codes in (("administrator", (404, 404, 404, 200)), ("secretary", (404,) * 4)):
        async with world.client(login) as browser:
            assert tuple([(await browser.get(path)).status_code for path in paths]) == codes
            for action in ("application", "conversion"):
                assert (await browser.form(f"/imports/{run.id}/{action}")).status_code == 404


async def test_a_page_asks_as_much_for_many_runs_as_for_one(world: World) -> None:
    actor = await officer(world)
    asked = []
    async with world.client(OFFICER) as browser:
        for count in (1, 35):
            if count == 1:
                await check(world, actor, "people", sheet("people", PERSON))
            for _ in range(count - 1):
                await ImportRun.raw(
                    "INSERT INTO import_run (kind, file, file_name, state, total, done, counts,"
                    " problems, error, by, at) SELECT 'people', f.id, 't.csv', 'ready', 1, 1,"
                    " {}, '[]', '', {}, {} FROM stored_file f LIMIT 1",
                    '{"new": 1, "changed": 0, "unchanged": 0, "refused": 0}',
                    actor.account_id,
                    world.now,
                )
            await browser.get("/imports")
            with world.count_queries() as counter:
                page = await browser.get("/imports")
            asked.append(counter.count)
        assert "Trang sau" in page.text
    assert asked[0] == asked[1] <= 8
