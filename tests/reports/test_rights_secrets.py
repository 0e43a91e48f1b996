"""What the page must not give away: cases, initiatives, imports, and why an act has to wait."""

from __future__ import annotations

import re
from datetime import date

import pytest

from app.accounts import actions as accounts
from app.discipline import actions as discipline
from app.discipline.tables import DisciplineCase
from app.initiatives.tables import Initiative
from app.kernel.actor import Role
from tests import cast
from tests.conftest import World
from tests.permissions.planted import plant
from tests.reports.test_rights import asked

pytestmark = pytest.mark.anyio

DAY = "2025-12-23"


async def case_of(world: World, person: str) -> int:
    return await discipline.open_case(
        world.ids[person],
        "discipline",
        date(2025, 4, 14),
        actor=await world.actor("discipline"),
        now=world.now,
    )


async def test_a_case_exists_for_its_keeper_and_the_person_only(world: World) -> None:
    """Whoever manages accounts, audits or leads learns of none, by number or by staff code."""
    case = await case_of(world, "anh")
    code = "KS0001"
    known = set()
    for login in cast.CAST:
        async with world.client(login) as browser:
            by_id = await browser.get("/rights", params={"kind": "case", "id": str(case)})
            by_code = await browser.get("/rights", params={"kind": "case", "text": code})
            people = await browser.get(f"/rights/case/{case}")
            assert by_id.status_code == by_code.status_code, login
            assert people.status_code == 404
            if by_id.status_code == 200:
                known.add(login)
    assert known == {"discipline", "staff"}
    assert await DisciplineCase.count() == 1


async def test_an_administrator_who_also_keeps_the_register_is_told_whom_it_concerns(
    world: World,
) -> None:
    case = await case_of(world, "anh")
    await accounts.grant(
        None,
        world.ids["account:discipline"],
        Role.ADMINISTRATOR,
        world.ids["root"],
        cast.START,
        now=world.now,
    )
    async with world.client("discipline") as browser:
        page = (await browser.get(f"/rights/case/{case}")).text
    assert set(re.findall(r"account=(\w+)", page)) == {"discipline", "staff"}


async def test_an_initiative_exists_for_its_authors_and_who_deals_with_it(world: World) -> None:
    await plant(world)
    row = await Initiative.select(Initiative.id).where(Initiative.code == "SK-1").first()
    assert row is not None
    known = set()
    for login in cast.CAST:
        async with world.client(login, now=world.at(DAY)) as browser:
            answer = await browser.get("/rights", params={"text": "SK-1"})
            by_id = await browser.get(
                "/rights", params={"kind": "initiative", "id": str(row["id"])}
            )
            if by_id.status_code == 200:
                known.add(login)
                assert answer.status_code == 200
    assert known == {"staff", "officer", "head", "secretary", "initiative_member"}


async def test_an_import_is_its_owners_alone(world: World) -> None:
    await plant(world)
    known = []
    for login in cast.CAST:
        async with world.client(login, now=world.at(DAY)) as browser:
            if (
                await browser.get("/rights", params={"kind": "import", "id": "1"})
            ).status_code == 200:
                known.append(login)
                said = await asked(browser, kind="import", id="1")
                allowed, why = said["Xem lần nhập và các dòng của tệp"]
                assert (allowed, "Quản trị tài khoản của" in why) == (True, True)
                assert (
                    "Dữ liệu của lần nhập này đã được ghi." in said["Ghi dữ liệu của lần nhập"][1]
                )
    assert known == ["administrator"]


async def test_what_holds_up_an_act_is_told_to_who_may_know_it(world: World) -> None:
    """How far the issue of certificates has come is on no page of an administrator."""
    decision = (await plant(world)).finished.decision
    query = {"account": "secretary", "kind": "decision", "id": str(decision)}
    said = {}
    for login in ("administrator", "auditor"):
        async with world.client(login, now=world.at(DAY)) as browser:
            said[login] = (await asked(browser, **query))["Cấp giấy khen"]
    assert "Giấy khen của quyết định này đã được cấp." in said["auditor"][1]
    assert said["auditor"][0] is False
    assert said["administrator"] == (
        True,
        "Thư ký Hội đồng của Viện kiểm sát nhân dân tối cao, từ 01/01/2024"
        " Còn tùy các điều kiện lúc thực hiện, không nêu ở đây.",
    )
