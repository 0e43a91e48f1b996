"""No role's home page is empty: what waits for the offices, what each role does, what runs."""

from __future__ import annotations

import html
import re
from datetime import date

import pytest

from app.accounts.tables import Account, RoleHeld
from app.audit import actions as audit
from app.discipline import actions as discipline
from app.kernel.actor import ROLE_WORDS, Role
from app.organization.tables import YearlyClassification
from app.piccolo_conf import DB
from app.reports.duties import DUTIES
from tests import cast
from tests.conftest import World
from tests.imports import given
from tests.nominations.prepared import draft_person, submitted_person
from tests.reports.test_home import waiting

pytestmark = pytest.mark.anyio
DAY = "2025-11-10"


async def panel(world: World, login: str, name: str) -> str:
    async with world.client(login, now=world.at(DAY)) as browser:
        page = (await browser.get("/")).text
    found = re.search(rf'id="{name}">(.*?)</section>', page, re.DOTALL)
    assert found, page
    return html.unescape(found[1])


@pytest.mark.parametrize(("login", "role"), [(login, role) for login, _, role, *_ in cast.LOGINS])
async def test_the_home_page_says_what_a_role_does_and_where_it_begins(
    world: World, login: str, role: Role
) -> None:
    text = await panel(world, login, "roles")
    assert re.findall(r"<b>([^<]+)</b>", text) == [ROLE_WORDS[role]]
    assert DUTIES[role].text in text
    links = re.findall(r'href="([^"]+)">([^<]+)<', text)
    assert links == list(DUTIES[role].pages)
    async with world.client(login, now=world.at(DAY)) as browser:
        for href, _ in links:
            assert (await browser.get(href)).status_code == 200, href


async def test_who_holds_no_role_is_told_so(world: World) -> None:
    await RoleHeld.update({RoleHeld.valid_to: date(2025, 6, 30)}, force=True)
    assert "Hôm nay Ông/Bà không giữ vai trò nào." in await panel(world, "officer", "roles")


async def test_everybody_sees_which_rounds_run_and_until_when(world: World) -> None:
    text = await panel(world, "staff", "rounds")
    assert re.findall(r'href="(/rounds/\d+)">([^<]+)<', text) == [
        (f"/rounds/{world.ids['round_2025']}", "Tổng kết năm 2025")
    ]
    assert re.findall(r'class="sub">([^<]+)<', text) == [
        "Tự chấm điểm và đề nghị, đến hết 20/11/2025"
    ]


async def test_the_personnel_office_hears_of_missing_classifications_until_they_are_there(
    world: World,
) -> None:
    await YearlyClassification.delete(force=True)
    line = (
        "/imports/new?kind=classifications",
        "5 người chưa có mức xếp loại năm 2025 mà Tổng kết năm 2025 cần để xét điều kiện.",
    )
    assert [found[:2] for found in await waiting(world, "personnel", DAY)] == [line]
    # Keeping accounts is no personnel work.
    assert await waiting(world, "administrator", DAY) == []
    for person, *_ in cast.PEOPLE:
        await YearlyClassification(person=world.ids[person], year=2025, level="good").save()
    assert await waiting(world, "personnel", DAY) == []


async def test_a_checked_sheet_waits_for_the_one_who_sent_it(world: World) -> None:
    officer = await given.officer(world)
    run = await given.check(world, officer, "people", given.sheet("people", given.PERSON))
    line = (
        f"/imports/{run.id}",
        "Tệp t.csv đã kiểm tra xong (1 dòng), chờ xác nhận ghi.",
        "",
    )
    assert run.state == "ready"
    assert line in await waiting(world, "personnel", DAY)
    assert line not in await waiting(world, "administrator", DAY)
    await given.apply(world, officer, run.id)
    assert line not in await waiting(world, "personnel", DAY)


async def test_an_administrator_hears_of_accounts_without_a_role(world: World) -> None:
    await Account(login="moi", name="Nguyễn Văn Mới", password_hash="").save()
    await Account(login="khoa", name="Nguyễn Văn Khóa", password_hash="", active=False).save()
    assert await waiting(world, "administrator", DAY) == [
        ("/accounts?roles=none", "1 tài khoản đang hoạt động mà không giữ vai trò nào.", "")
    ]
    async with world.client("administrator", now=world.at(DAY)) as browser:
        page = (await browser.get("/accounts?roles=none")).text
        file = (await browser.get("/accounts/export.csv?roles=none")).text
    assert re.findall(r'class="sub">(\w+)</span></th>', page) == ["moi"]
    assert [line.split(",")[0] for line in file.splitlines()[1:]] == ["moi"]


async def test_an_auditor_hears_of_a_log_nobody_checked_and_of_one_that_does_not_fit(
    world: World,
) -> None:
    never = ("/audit", "Chuỗi nhật ký chưa được kiểm tra lần nào.", "")
    assert await waiting(world, "auditor", DAY) == [never]
    assert await waiting(world, "leader", DAY) == []
    async with world.client("auditor", now=world.at(DAY)) as browser:
        await browser.form("/audit/verification")
    assert await waiting(world, "auditor", DAY) == []
    old = ("/audit", "Lần kiểm tra chuỗi nhật ký gần nhất đã từ ngày 10/11/2025.", "")
    assert await waiting(world, "auditor", "2025-12-11") == [old]
    async with DB.transaction():
        await audit.record(
            await world.actor("auditor"),
            "audit.verify",
            "log",
            None,
            now=world.at("2025-12-11"),
            entries=1,
            entry=2,
            why="changed",
        )
    wrong = ("/audit", "Lần kiểm tra ngày 11/12/2025 tìm thấy mục nhật ký không khớp.", "")
    assert await waiting(world, "auditor", "2025-12-11") == [wrong]


async def test_the_discipline_officer_hears_of_dossiers_an_open_case_holds(world: World) -> None:
    made = await submitted_person(world)
    officer = await world.actor("discipline")
    case = await discipline.open_case(
        world.ids["anh"], "discipline", date(2025, 10, 1), actor=officer, now=world.now
    )
    line = (
        f"/nominations/{made}",
        "Hoàng Văn Ánh, Tổng kết năm 2025: hồ sơ tạm giữ, vụ việc từ ngày 01/10/2025 chưa có kết"
        " luận.",
        "",
    )
    assert await waiting(world, "discipline", DAY) == [line]
    for login in set(cast.CAST) - {"discipline"}:
        assert "01/10/2025" not in str(await waiting(world, login, DAY))
    await discipline.close_case(case, date(2025, 11, 3), actor=officer, now=world.now)
    assert await waiting(world, "discipline", DAY) == []


async def test_a_draft_is_not_the_discipline_officer_s_business(world: World) -> None:
    await draft_person(world)
    await discipline.open_case(
        world.ids["anh"],
        "discipline",
        date(2025, 10, 1),
        actor=await world.actor("discipline"),
        now=world.now,
    )
    assert await waiting(world, "discipline", DAY) == []
