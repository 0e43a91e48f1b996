"""Accounts and roles in the hands of the administrator of some units."""

from __future__ import annotations

import asyncio
import re
from datetime import date, timedelta

import pytest

from app.accounts import actions
from app.accounts.queries import actor_for_login, roles_of
from app.accounts.tables import Account, RoleHeld, SignInSession
from app.audit.tables import AuditEntry
from app.kernel.actor import Role
from app.kernel.period import Period
from app.kernel.refusal import NotVisible, Refused
from tests import cast
from tests.conftest import NOW, World

pytestmark = pytest.mark.anyio

TODAY = date(2025, 11, 10)
DAY = timedelta(days=1)


async def local_administrator(world: World) -> None:
    """`local`: administrator of the accounts of Lạng Sơn, nothing above it."""
    account_id = await actions.create_account(
        None,
        login="local",
        name="Quản trị Lạng Sơn",
        password=world.password,
        now=world.now,
    )
    world.ids["account:local"] = account_id
    await actions.grant(
        None, account_id, Role.ADMINISTRATOR, world.ids["lang_son"], cast.START, now=world.now
    )


def sheet(world: World, login: str) -> str:
    return f"/accounts/{world.ids[f'account:{login}']}"


async def role_id(world: World, login: str) -> int:
    return (await roles_of([world.ids[f"account:{login}"]]))[0].id


async def test_only_administrators_have_the_pages_of_accounts(world: World) -> None:
    for login in ("leader", "auditor", "discipline", "staff"):
        async with world.client(login) as browser:
            for path in ("/accounts", "/accounts/new", sheet(world, "officer")):
                assert (await browser.get(path)).status_code == 404
            for path in ("", "/deactivation", "/reactivation", "/reset-links", "/roles"):
                at = sheet(world, "officer") + path if path else "/accounts"
                assert (await browser.form(at)).status_code == 404


async def test_a_local_administrator_sees_the_accounts_of_the_own_units_only(
    world: World,
) -> None:
    await local_administrator(world)
    async with world.client("local") as browser:
        page = await browser.get("/accounts")
        logins = re.findall(r'class="sub">([a-z_0-9]+)</span></th>', page.text)
        assert logins == ["head", "local", "officer", "staff"]
        for login in ("other_officer", "leader", "administrator"):
            assert (await browser.get(sheet(world, login))).status_code == 404
            assert (await browser.form(f"{sheet(world, login)}/reset-links")).status_code == 404


async def test_the_list_is_searched_without_marks_in_any_order(world: World) -> None:
    async with world.client("administrator") as browser:
        answer = await browser.get("/accounts", params={"q": "vien uy"})
        found = re.findall(r'class="sub">([a-z_0-9]+)</span></th>', answer.text)
        assert found == ["member_2", "member_3"]
        by_login = await browser.get("/accounts", params={"q": "member_1"})
        assert "Chủ tịch Hội đồng" in by_login.text
        none = await browser.get("/accounts", params={"q": "100%"})
        assert "Không tìm thấy tài khoản nào" in none.text


async def test_the_list_has_pages_and_asks_the_same_few_questions(world: World) -> None:
    async with world.client("administrator") as browser:
        with world.count_queries() as few:
            await browser.get("/accounts")
        password_hash = actions.hash_password(world.password)
        await Account.insert(
            *(
                Account(login=f"zz{number:03d}", name="Người thử", password_hash=password_hash)
                for number in range(60)
            )
        )
        with world.count_queries() as many:
            page = await browser.get("/accounts")
        assert few.count == many.count <= 8
        following = re.search(r'href="(/accounts\?[^"]*after=[^"]+)"', page.text)
        assert following is not None
        second = await browser.get(following[1].replace("&amp;", "&"))
    assert "zz059" in second.text
    assert "zz000" not in second.text


async def test_an_account_is_opened_for_a_person_with_a_link_shown_once(world: World) -> None:
    async with world.client("administrator") as browser:
        answer = await browser.form("/accounts", {"person_code": "ks0002"})
        assert answer.status_code == 201 or answer.status_code == 200
        link = re.search(r'value="http://testserver(/reset/[^"]+)"', answer.text)
        assert link is not None
        assert "Lý Thị Bình" in answer.text
        twice = await browser.form("/accounts", {"person_code": "ks0002"})
        assert twice.status_code == 422
        assert "Người này đã có tài khoản." in twice.text
    async with world.client() as stranger:
        new = {"password": "mot-mat-khau-khac", "repeated": "mot-mat-khau-khac"}
        assert (await stranger.form(link[1], new)).status_code == 303
    assert await actions.sign_in("KS0002", "mot-mat-khau-khac", "", world.now)


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({}, "Vui lòng nhập mục này."),
        ({"login": "có dấu", "name": "A"}, "Chỉ dùng chữ không dấu"),
        ({"login": "ok.ok", "name": "A", "email": "a@b"}, "Địa chỉ thư điện tử không đúng dạng."),
        ({"login": "officer", "name": "A"}, "Tên đăng nhập đã được dùng."),
        ({"person_code": "KS9999"}, "Không tìm thấy người mang mã này"),
    ],
)
async def test_a_new_account_is_refused_beside_its_field(
    world: World, typed: dict[str, str], words: str
) -> None:
    before = await Account.count()
    async with world.client("administrator") as browser:
        answer = await browser.form("/accounts", typed)
    assert answer.status_code == 422
    assert words in answer.text
    assert await Account.count() == before


async def test_a_local_administrator_opens_accounts_for_the_own_people_only(world: World) -> None:
    await local_administrator(world)
    async with world.client("local") as browser:
        without = await browser.form("/accounts", {"login": "ai.do", "name": "Ai Đó"})
        elsewhere = await browser.form("/accounts", {"person_code": "KS0005"})
        own = await browser.form("/accounts", {"person_code": "KS0003"})
    assert "Vui lòng nhập mã cán bộ của người thuộc đơn vị Ông/Bà." in without.text
    assert "Không tìm thấy người mang mã này" in elsewhere.text
    assert "/reset/" in own.text


async def test_of_two_tabs_opening_the_same_account_one_succeeds(world: World) -> None:
    actor = await world.actor("administrator")
    answers = await asyncio.gather(
        *(
            actions.open_account("moi.toanh", "", "Người mới", "", actor=actor, now=world.now)
            for _ in range(2)
        ),
        return_exceptions=True,
    )
    refused = [answer.refusal.code for answer in answers if isinstance(answer, Refused)]
    assert refused == ["login-taken"]
    assert await Account.count().where(Account.login == "moi.toanh") == 1


async def test_a_locked_account_is_out_at_once_and_comes_back(world: World) -> None:
    async with world.client("administrator") as browser, world.client("officer") as victim:
        at = sheet(world, "officer")
        assert (await browser.form(f"{at}/deactivation")).status_code == 303
        assert (await victim.get("/account")).status_code == 303
        with pytest.raises(Refused):
            await actions.sign_in("officer", world.password, "", world.now)
        assert (await browser.form(f"{at}/deactivation")).status_code == 409
        assert (await browser.form(f"{at}/reset-links")).status_code == 409
        assert (await browser.form(f"{at}/reactivation")).status_code == 303
        assert (await browser.form(f"{at}/reactivation")).status_code == 409
    assert await actions.sign_in("officer", world.password, "", world.now)
    logged = {row["action"] for row in await AuditEntry.select(AuditEntry.action)}
    assert {"accounts.deactivate", "accounts.reactivate"} <= logged


async def test_an_administrator_leaves_the_own_account_alone(world: World) -> None:
    async with world.client("administrator") as browser:
        at = sheet(world, "administrator")
        own_role = await role_id(world, "administrator")
        grant = {"unit": str(world.ids["root"]), "role": "leader", "valid_from": "10/11/2025"}
        for path in ("/deactivation", "/reset-links"):
            assert (await browser.form(at + path)).status_code == 409
        assert (await browser.form(f"{at}/roles", grant)).status_code == 409
        end = await browser.form(f"{at}/roles/{own_role}/end", {"last": "10/11/2025"})
        assert end.status_code == 409
    assert await SignInSession.count() == 1
    assert len(await roles_of([world.ids["account:administrator"]])) == 1


async def test_who_also_serves_elsewhere_is_not_the_local_administrators_to_reset(
    world: World,
) -> None:
    await local_administrator(world)
    await actions.grant(
        None,
        world.ids["account:leader"],
        Role.STAFF,
        world.ids["lang_son"],
        cast.START,
        now=world.now,
    )
    async with world.client("local") as browser:
        at = sheet(world, "leader")
        assert (await browser.get(at)).status_code == 200
        for path in ("/reset-links", "/deactivation"):
            assert (await browser.form(at + path)).status_code == 409
        above = next(
            role.id
            for role in await roles_of([world.ids["account:leader"]])
            if role.role is Role.LEADER
        )
        end = await browser.form(f"{at}/roles/{above}/end", {"last": "10/11/2025"})
        assert end.status_code == 409


async def test_a_role_is_given_over_an_own_unit_and_works_from_its_day(world: World) -> None:
    async with world.client("administrator") as browser:
        new = {
            "unit": str(world.ids["cao_bang"]),
            "role": "appraiser",
            "valid_from": "12/11/2025",
            "valid_to": "14/11/2025",
        }
        at = f"{sheet(world, 'staff')}/roles"
        assert (await browser.form(at, new)).status_code == 303
        assert (await browser.form(at, new)).status_code == 422
    covered = {
        day: Role.APPRAISER in (await actor_for_login("staff", cast.at(f"2025-11-{day}"))).units
        for day in (11, 12, 14, 15)
    }
    assert covered == {11: False, 12: True, 14: True, 15: False}


async def test_a_role_is_refused_beside_its_field(world: World) -> None:
    await local_administrator(world)
    async with world.client("local") as browser:
        at = f"{sheet(world, 'staff')}/roles"
        empty = await browser.form(at)
        outside = await browser.form(
            at, {"unit": str(world.ids["root"]), "role": "leader", "valid_from": "10/11/2025"}
        )
        units = (await browser.get(f"{at}/new")).text
        searched = (await browser.get(f"{at}/new", params={"q": "phong"})).text
    assert (empty.status_code, outside.status_code) == (422, 422)
    assert "Vui lòng tìm và chọn một đơn vị." in empty.text
    assert "Chỉ giao được vai trò ở đơn vị thuộc phạm vi quản trị" in outside.text
    assert "Cao Bằng" not in units
    assert searched.count('type="radio"') == 1


async def test_of_two_tabs_giving_the_same_role_one_succeeds(world: World) -> None:
    actor = await world.actor("administrator")
    answers = await asyncio.gather(
        *(
            actions.give_role(
                world.ids["account:staff"],
                Role.APPRAISER,
                world.ids["root"],
                Period(TODAY),
                actor=actor,
                now=world.now,
            )
            for _ in range(2)
        ),
        return_exceptions=True,
    )
    codes = [answer.refusal.code for answer in answers if isinstance(answer, Refused)]
    assert codes == ["already-held"]


async def test_a_deputy_holds_the_role_for_the_days_and_it_ends_with_the_role(
    world: World,
) -> None:
    at = f"{sheet(world, 'head')}/roles/{await role_id(world, 'head')}"
    new = {"deputy": "staff", "valid_from": "12/11/2025", "valid_to": "20/11/2025"}
    async with world.client("administrator") as browser:
        unknown = await browser.form(f"{at}/deputies", {**new, "deputy": "ai.do"})
        endless = await browser.form(f"{at}/deputies", {**new, "valid_to": ""})
        own = await browser.form(f"{at}/deputies", {**new, "deputy": "head"})
        assert [a.status_code for a in (unknown, endless, own)] == [422, 422, 422]
        assert (await browser.form(f"{at}/deputies", new)).status_code == 303
        assert (await browser.form(f"{at}/deputies", new)).status_code == 422
        assert "Hoàng Văn Ánh" in (await browser.get(at)).text
        deputy = await actor_for_login("staff", cast.at("2025-11-12"))
        head = await actor_for_login("head", cast.at("2025-11-12"))
        assert deputy.units[Role.UNIT_HEAD] == head.units[Role.UNIT_HEAD]
        assert (await browser.form(f"{at}/end", {"last": "14/11/2025"})).status_code == 303
    for day, held in (("2025-11-14", True), ("2025-11-15", False)):
        for login in ("staff", "head"):
            actor = await actor_for_login(login, cast.at(day))
            assert (Role.UNIT_HEAD in actor.units) is held


async def test_a_role_taken_back_before_its_first_day_leaves_only_the_log(world: World) -> None:
    actor = await world.actor("administrator")
    staff = world.ids["account:staff"]
    await actions.give_role(
        staff, Role.AUDITOR, world.ids["root"], Period(TODAY), actor=actor, now=NOW
    )
    async with world.client("administrator") as browser:
        at = f"{sheet(world, 'staff')}/roles/{await role_id(world, 'staff')}"
        assert (await browser.form(f"{at}/end", {"last": "chưa rõ"})).status_code == 422
        assert (await browser.form(f"{at}/end", {"last": "08/11/2025"})).status_code == 422
        assert (await browser.form(f"{at}/end", {"last": "09/11/2025"})).status_code == 303
        assert (await browser.form(f"{at}/end", {"last": "09/11/2025"})).status_code == 404
    assert await RoleHeld.count().where(RoleHeld.role == Role.AUDITOR) == 1  # the auditor's own
    assert await AuditEntry.count().where(AuditEntry.action == "accounts.end_role") == 1


async def test_the_last_administrator_stays(world: World) -> None:
    await local_administrator(world)
    local = await world.actor("local")
    root = await world.actor("administrator")
    # Over Lạng Sơn the root administrator remains, over the whole only this one does.
    await actions.deactivate(world.ids["account:local"], actor=root, now=world.now)
    await actions.reactivate(world.ids["account:local"], actor=root, now=world.now)
    await actions.grant(
        None, local.account_id, Role.ADMINISTRATOR, world.ids["root"], TODAY, now=world.now
    )
    await Account.update({Account.active: False}).where(Account.id == local.account_id)
    helper = await world.actor("local")
    with pytest.raises(Refused) as refused:
        await actions.deactivate(root.account_id, actor=helper, now=world.now)
    assert refused.value.refusal.code == "last-administrator"


async def test_two_administrators_ending_each_other_leave_one(world: World) -> None:
    await local_administrator(world)
    await actions.grant(
        None,
        world.ids["account:local"],
        Role.ADMINISTRATOR,
        world.ids["root"],
        TODAY,
        now=world.now,
    )
    actors = [await world.actor(login) for login in ("administrator", "local")]
    answers = await asyncio.gather(
        actions.deactivate(actors[1].account_id, actor=actors[0], now=world.now),
        actions.deactivate(actors[0].account_id, actor=actors[1], now=world.now),
        return_exceptions=True,
    )
    codes = [answer.refusal.code for answer in answers if isinstance(answer, Refused)]
    assert codes == ["last-administrator"]


async def test_an_account_that_does_not_exist_is_not_found(world: World) -> None:
    actor = await world.actor("administrator")
    with pytest.raises(NotVisible):
        await actions.deactivate(999_999, actor=actor, now=world.now)


async def test_a_leader_opens_no_account(world: World) -> None:
    actor = await world.actor("leader")
    with pytest.raises(NotVisible):
        await actions.open_account("ai.do", "", "Ai Đó", "", actor=actor, now=world.now)
    assert await Account.count().where(Account.login == "ai.do") == 0
