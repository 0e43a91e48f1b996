"""The auditor's pages: filter, follow one object, read an entry, check the chain, export."""

from __future__ import annotations

import csv
import re
from io import BytesIO, StringIO

import pytest
from python_calamine import CalamineWorkbook

from app.audit import actions, documents
from app.audit.queries import entries
from app.audit.tables import AuditEntry
from app.piccolo_conf import DB
from tests import cast
from tests.audit.chained import forge
from tests.conftest import Browser, World

pytestmark = pytest.mark.anyio

READERS = ("auditor", "leader")
PATHS = ("/audit", "/audit/1", "/audit/export.csv", "/audit/export.xlsx")


async def write(world: World, n: int, *, kind: str = "nomination", **detail: object) -> None:
    officer = await world.actor("officer")
    async with DB.transaction():
        for number in range(n):
            await actions.record(
                officer, "nominations.submit", kind, 5 + number, now=world.now, **detail
            )


def as_text(cell: object) -> str:
    return str(int(cell)) if isinstance(cell, float) else str(cell)


async def rows_of(browser: Browser, query: str = "") -> list[int]:
    answer = await browser.get(f"/audit{query}")
    assert answer.status_code == 200, answer.text
    return [int(found) for found in re.findall(r'<a href="/audit/(\d+)"><time', answer.text)]


async def test_only_auditor_and_leader_know_the_log(world: World) -> None:
    seen = []
    for login in cast.CAST:
        async with world.client(login) as browser:
            statuses = {(await browser.get(path)).status_code for path in PATHS}
            statuses.add((await browser.form("/audit/verification")).status_code)
        if login in READERS:
            assert statuses == {200, 303}
            seen.append(login)
        else:
            assert statuses == {404}
    assert sorted(seen) == sorted(READERS)


async def test_a_reader_of_a_part_of_the_tree_does_not_read_the_log_of_all(world: World) -> None:
    await DB.run_ddl(
        f"UPDATE role_held SET unit = {world.ids['lang_son']} WHERE role IN ('leader', 'auditor')"
    )
    for login in READERS:
        async with world.client(login) as browser:
            assert [(await browser.get(path)).status_code for path in PATHS] == [404] * 4


async def test_the_newest_entry_stands_first_and_pages_go_by_key(world: World) -> None:
    await write(world, 120)
    everything = sorted(
        (row["id"] for row in await AuditEntry.raw("SELECT id FROM audit_entry")), reverse=True
    )
    async with world.client("auditor") as browser:
        # Signing in wrote one more.
        everything.insert(0, everything[0] + 1)
        shown, path = [], ""
        while True:
            text = (await browser.get(f"/audit{path}")).text
            shown += [int(found) for found in re.findall(r'<a href="/audit/(\d+)"><time', text)]
            following = re.search(r'href="/audit(\?[^"]*after=[^"]*)"', text)
            if not following:
                break
            path = following[1].replace("&amp;", "&")
    assert shown == everything


async def test_a_page_asks_a_fixed_number_of_questions(world: World) -> None:
    counts = []
    async with world.client("auditor") as browser:
        await browser.get("/audit?actor=can+bo")  # a fresh connection asks for the types it meets
        for more in (1, 100):
            await write(world, more)
            with world.count_queries() as counted:
                await browser.get("/audit?actor=can+bo")
            counts.append(counted.count)
    assert counts[0] == counts[1] <= 8


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("?action=movement.open_round", {"movement.open_round"}),
        ("?kind=round", {"movement.open_round"}),
        ("?actor=ky+thu", {"movement.open_round"}),
        ("?actor=đồng+thư", {"movement.open_round"}),
        ("?actor=hoi+dong+thu+ky", {"movement.open_round"}),
        ("?first=2025-10-20&last=20/10/2025", {"movement.open_round"}),
        ("?last=2025-10-19&action=movement.open_round", set()),
        ("?first=2025-10-21&action=movement.open_round", set()),
        ("?actor=khong+co+ai", set()),
    ],
)
async def test_filters_find_what_they_say(world: World, query: str, expected: set[str]) -> None:
    async with world.client("auditor") as browser:
        found = await rows_of(browser, query)
    rows = await AuditEntry.raw("SELECT action FROM audit_entry WHERE id = ANY({})", found)
    assert {row["action"] for row in rows} == expected


async def test_both_days_of_a_filter_are_days_in_vietnam(world: World) -> None:
    """Half past midnight in Hanoi is still the day before in Greenwich."""
    officer = await world.actor("officer")
    early = world.at("2025-11-12").replace(hour=0, minute=30)
    late = world.at("2025-11-12").replace(hour=23, minute=59)
    async with DB.transaction():
        for moment in (early, late):
            await actions.record(officer, "nominations.submit", "nomination", 1, now=moment)
    async with world.client("auditor") as browser:
        assert len(await rows_of(browser, "?first=2025-11-12&last=2025-11-12")) == 2
        assert len(await rows_of(browser, "?last=2025-11-11&kind=nomination")) == 0


async def test_a_day_typed_as_people_write_it_stays_in_its_field(world: World) -> None:
    async with world.client("auditor") as browser:
        page = (await browser.get("/audit?first=05/11/2025")).text
    assert 'name="first" value="2025-11-05"' in page


async def test_one_object_can_be_followed(world: World) -> None:
    await write(world, 3)
    async with world.client("auditor") as browser:
        found = await rows_of(browser, "?kind=nomination&id=6")
        page = (await browser.get("/audit?kind=nomination&id=6")).text
    assert len(found) == 1
    assert "Mọi việc đối với: Hồ sơ đề nghị 6" in page
    assert 'href="/audit?kind=nomination&amp;id=6"' in page


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("?first=31/02/2025", "Vui lòng nhập ngày theo dạng dd/mm/yyyy."),
        ("?first=2025-11-02&last=2025-11-01", "Ngày cuối phải từ ngày đầu trở đi."),
        ("?id=5", "Vui lòng chọn loại đối tượng cùng với số của nó."),
        ("?kind=round&id=x", "Vui lòng nhập một số nguyên không âm."),
        ("?action=nothing.such", "Vui lòng chọn một mục trong danh sách."),
    ],
)
async def test_a_filter_that_cannot_be_read_shows_why_and_nothing_else(
    world: World, query: str, words: str
) -> None:
    async with world.client("auditor") as browser:
        answer = await browser.get(f"/audit{query}")
        sheet = await browser.get(f"/audit/export.csv{query}")
    assert (answer.status_code, sheet.status_code) == (422, 409)
    assert words in answer.text
    assert words in sheet.text
    assert '<a href="/audit/1">' not in answer.text


async def test_an_entry_says_in_words_what_changed(world: World) -> None:
    officer = await world.actor("officer")
    async with DB.transaction():
        await actions.record(
            officer,
            "accounts.grant",
            "account",
            7,
            now=world.now,
            role="auditor",
            unit=[3, None],
            total=True,
            whatever="2025-03-04",
        )
    newest = (await AuditEntry.raw("SELECT max(id) AS id FROM audit_entry"))[0]["id"]
    async with world.client("auditor") as browser:
        page = (await browser.get(f"/audit/{newest}")).text
    shown = dict(re.findall(r"<dt>([^<]*)</dt><dd>(?:<[^>]*>)?([^<]*)<", page))
    assert shown["Vai trò"] == "Kiểm toán viên"
    assert shown["Đơn vị"] == "3 → (trống)"
    assert shown["Tổng số"] == "Có"
    assert shown["whatever"] == "04/03/2025"
    assert shown["Người thực hiện"] == "Cán bộ đầu mối Lạng Sơn"
    assert shown["Mọi vai trò khi đó"] == "Cán bộ đầu mối của đơn vị"
    assert shown["Thực hiện với vai trò"] == "Không cần vai trò"
    assert shown["Đối tượng tác động"] == "Tài khoản 7"


async def test_the_page_says_how_far_the_chain_was_checked(world: World) -> None:
    async with world.client("auditor") as browser:
        assert "Chưa có lần kiểm tra nào." in (await browser.get("/audit")).text
        last = (await AuditEntry.raw("SELECT max(id) AS id FROM audit_entry"))[0]["id"]
        assert (await browser.form("/audit/verification")).status_code == 303
        page = (await browser.get("/audit")).text
    assert f"Khớp đến mục {last} (" in page
    assert "10/11/2025 09:00, người kiểm tra: Kiểm toán viên" in page


async def test_the_page_names_the_first_entry_that_does_not_fit(world: World) -> None:
    await forge("UPDATE audit_entry SET detail = 'null', actor_name = 'x' WHERE id = 3")
    async with world.client("auditor") as browser:
        await browser.form("/audit/verification")
        page = (await browser.get("/audit")).text
    assert "Mục 3 không khớp: nội dung đã bị thay đổi." in page


async def test_what_is_exported_is_what_is_shown(world: World) -> None:
    await write(world, 60, number="=1+1")
    query = "?kind=nomination&actor=lang+son"
    async with world.client("auditor") as browser:
        shown = await rows_of(browser, query)
        text = await browser.get(f"/audit/export.csv{query}")
        book = await browser.get(f"/audit/export.xlsx{query}")
    assert text.content.startswith("\ufeff".encode())
    lines = list(csv.reader(StringIO(text.content.decode("utf-8-sig"))))
    assert lines[0] == list(documents.HEADER)
    assert [int(line[0]) for line in lines[1:51]] == shown
    assert len(lines) == 61
    assert {line[5] for line in lines[1:]} == {"Nộp hồ sơ"}
    assert {line[8] for line in lines[1:]} == {"Số: =1+1"}
    read = CalamineWorkbook.from_filelike(BytesIO(book.content)).get_sheet_by_index(0)
    assert [[as_text(cell) for cell in row] for row in read.to_python()] == lines
    assert text.headers["content-disposition"] == 'attachment; filename="nhat-ky-20251110.csv"'


async def test_a_sheet_too_long_is_refused_with_words(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    await write(world, 5)
    monkeypatch.setattr(documents, "LONGEST", 4)
    async with world.client("auditor") as browser:
        answer = await browser.get("/audit/export.xlsx?kind=nomination")
    assert answer.status_code == 409
    assert "Danh sách có hơn 4 dòng. Vui lòng lọc bớt rồi xuất từng phần." in answer.text


@pytest.mark.parametrize("number", ["0", "99999999", "99999999999999", "x"])
async def test_an_entry_that_does_not_exist_is_not_found(world: World, number: str) -> None:
    async with world.client("auditor") as browser:
        assert (await browser.get(f"/audit/{number}")).status_code == 404


async def test_a_foreign_cursor_starts_the_list_again(world: World) -> None:
    async with world.client("auditor") as browser:
        assert await rows_of(browser, "?after=xyz") == await rows_of(browser)


def test_a_page_holds_as_many_rows_as_it_says() -> None:
    assert entries.ROWS == 50
