"""An import reaches as far as the pages do: what they hide, a file neither changes nor tells."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from app.accounts import actions as accounts
from app.accounts.tables import Account, RoleHeld
from app.imports.queries import lines, runs
from app.imports.tables import ImportRun
from app.kernel.actor import Actor, Role
from app.kernel.refusal import NotVisible
from app.organization.tables import Person, Posting
from tests.cast import START
from tests.conftest import World
from tests.imports.given import PERSON, bring_in, check, officer, said, sheet

pytestmark = pytest.mark.anyio

FOREIGN = "Tài khoản này ngoài phạm vi phụ trách; vui lòng xóa dòng này."
NEW_CATEGORY = (*PERSON[:5], "Viên chức", PERSON[6])
OF_PERSON = {
    "postings": ("phong-1", "Kiểm sát viên", "01/07/2025", "", "Chính"),
    "classifications": ("2025", "HTNV"),
    "pipeline": ("Phó Viện trưởng", "01/07/2025", ""),
    "absences": ("01/03/2025", "", "Nghỉ thai sản"),
}


async def local_administrator(world: World) -> Actor:
    account_id = await accounts.create_account(
        None, login="local", name="Quản trị", password=world.password, now=world.now
    )
    lang_son = world.ids["lang_son"]
    await accounts.grant(None, account_id, Role.ADMINISTRATOR, lang_son, START, now=world.now)
    return await world.actor("local")


async def account(world: World, login: str, person: str | None = None) -> None:
    await accounts.create_account(
        None,
        login=login,
        name="Tên cũ",
        password=world.password,
        person_id=world.ids[person] if person else None,
        now=world.now,
    )


async def test_an_account_that_belongs_nowhere_is_changed_from_the_top_only(world: World) -> None:
    await account(world, "chua-giao")
    file = sheet("accounts", ("chua-giao", "Tên mới", "moi@example.vn", "KS0002"))
    run = await check(world, await local_administrator(world), "accounts", file)
    assert said(run) == [
        (
            2,
            "Tên đăng nhập",
            "chua-giao",
            "Tài khoản này ngoài phạm vi phụ trách; vui lòng xóa dòng này.",
        )
    ]
    run = await bring_in(world, await world.actor("administrator"), "accounts", file)
    assert run.counts["changed"] == 1
    assert await Account.select(Account.person).where(Account.login == "chua-giao") == [
        {"person": world.ids["binh"]}
    ]


async def test_an_account_of_the_own_units_is_changed(world: World) -> None:
    await account(world, "binh", "binh")
    file = sheet("accounts", ("binh", "Tên mới", "", "KS0002"))
    run = await bring_in(world, await local_administrator(world), "accounts", file)
    assert run.counts["changed"] == 1


async def test_an_account_of_the_own_units_and_of_others_is_not_changed(world: World) -> None:
    await account(world, "binh", "binh")
    held = await Account.objects().get(Account.login == "binh")
    assert held is not None
    await accounts.grant(
        None, held.id, Role.UNIT_OFFICER, world.ids["cao_bang"], START, now=world.now
    )
    file = sheet("accounts", ("binh", "Tên mới", "", ""))
    run = await check(world, await local_administrator(world), "accounts", file)
    assert [line[3] for line in said(run)] == [
        "Tài khoản này ngoài phạm vi phụ trách; vui lòng xóa dòng này."
    ]


async def test_a_new_account_without_a_person_is_opened_from_the_top_only(world: World) -> None:
    file = sheet("accounts", ("ban-thi-dua", "Ban thi đua", "", ""))
    run = await check(world, await local_administrator(world), "accounts", file)
    assert said(run) == [
        (2, "Mã cán bộ", "", "Vui lòng nhập mã cán bộ của người thuộc đơn vị Ông/Bà.")
    ]
    run = await check(world, await world.actor("administrator"), "accounts", file)
    assert run.counts["new"] == 1


async def test_a_new_account_is_opened_for_somebody_of_the_own_units(world: World) -> None:
    local = await local_administrator(world)
    run = await check(world, local, "accounts", sheet("accounts", ("b", "B", "", "KS0002")))
    assert run.counts["new"] == 1
    # Who is no longer here is found by no form either.
    await Posting.update({Posting.valid_to: date(2025, 6, 30)}).where(
        Posting.person == world.ids["binh"]
    )
    run = await check(world, local, "accounts", sheet("accounts", ("b", "B", "", "KS0002")))
    assert run.counts["refused"] == 1


async def test_who_is_posted_nowhere_is_out_of_reach_of_a_part_of_the_tree(world: World) -> None:
    await bring_in(world, await officer(world), "people", sheet("people", PERSON))
    local = await officer(world, "lang_son")
    run = await check(world, local, "people", sheet("people", NEW_CATEGORY))
    assert (run.counts["refused"], run.counts["changed"]) == (1, 0)
    assert (await lines.planned(run))["changed"] == ()
    same = ("KS9009", *PERSON[1:])
    assert said(await check(world, local, "people", sheet("people", same))) == []
    for kind, rest in OF_PERSON.items():
        run = await check(world, local, kind, sheet(kind, (PERSON[0], *rest)))
        assert run.counts["refused"] == 1, kind
        run = await check(world, await officer(world), kind, sheet(kind, (PERSON[0], *rest)))
        assert run.counts["new"] == 1, kind
        assert (await lines.planned(run))["new"][0].name == PERSON[1]


async def test_whoever_brought_somebody_in_goes_on_to_post_them(world: World) -> None:
    local = await officer(world, "lang_son")
    await bring_in(world, local, "people", sheet("people", PERSON))
    other = await officer(world, "cao_bang")
    file = sheet("postings", (PERSON[0], *OF_PERSON["postings"]))
    assert (await check(world, other, "postings", file)).counts["refused"] == 1
    assert (await bring_in(world, local, "postings", file)).counts["new"] == 1
    # Once posted, where somebody is decides.
    moved = sheet("people", NEW_CATEGORY)
    await Posting.update({Posting.unit: world.ids["cb_kv_1"]}).where(
        Posting.person.staff_code == PERSON[0]
    )
    assert (await check(world, local, "people", moved)).counts["refused"] == 1
    assert (await check(world, other, "people", moved)).counts["changed"] == 1


@pytest.mark.parametrize("kind", [*OF_PERSON, "accounts"])
async def test_a_foreign_staff_code_and_one_nobody_has_read_the_same(
    world: World, kind: str
) -> None:
    accounts_too = kind == "accounts"
    local = await (local_administrator(world) if accounts_too else officer(world, "lang_son"))
    told = []
    for code in ("KS0005", "KS7777"):
        row = ("moi", "Tên", "", code) if accounts_too else (code, *OF_PERSON[kind])
        run = await check(world, local, kind, sheet(kind, row))
        told.append(
            [(row, column, words) for row, column, value, words in said(run) if value == code]
        )
    assert told[0] == told[1] != []


async def test_a_run_of_other_units_is_no_longer_told_of(world: World) -> None:
    """Its lines tell of people the account may not see any more."""
    there = await officer(world, "cao_bang")
    old = await check(world, there, "people", sheet("people", PERSON))
    assert [run.id for run in (await runs.own_runs(there)).rows] == [old.id]
    yesterday = world.now.date() - timedelta(days=1)
    # The role was held on the day of the run and ends there.
    await ImportRun.update({ImportRun.at: world.now - timedelta(days=3)}).where(
        ImportRun.id == old.id
    )
    await RoleHeld.update({RoleHeld.valid_to: yesterday}).where(
        RoleHeld.account == there.account_id
    )
    await accounts.grant(
        None,
        there.account_id,
        Role.PERSONNEL_OFFICER,
        world.ids["lang_son"],
        world.now.date(),
        now=world.now,
    )
    here = await world.actor("personnel.cao_bang")
    with pytest.raises(NotVisible):
        await runs.run_for(old.id, here)
    assert (await runs.own_runs(here)).rows == ()
    new = await check(world, here, "people", sheet("people", PERSON))
    assert (await runs.run_for(new.id, here)).id == new.id
    assert [run.id for run in (await runs.own_runs(here)).rows] == [new.id]
    await accounts.grant(
        None,
        there.account_id,
        Role.PERSONNEL_OFFICER,
        world.ids["root"],
        world.now.date(),
        now=world.now,
    )
    above = await world.actor("personnel.cao_bang")
    assert (await runs.run_for(old.id, above)).id == old.id
    assert await Person.count().where(Person.staff_code == PERSON[0]) == 0
