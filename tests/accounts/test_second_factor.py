"""Setting the second factor up, signing in with it, and being made to have one."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from app.accounts import actions
from app.accounts.queries import actor_for_token, session_of
from app.accounts.tables import Account, RecoveryCode, SignInFailure, SignInSession
from app.audit.tables import AuditEntry
from app.kernel.actor import Role
from app.kernel.refusal import Refused
from app.web.session import SESSION_COOKIE
from tests.accounts.telephone import (
    code_at,
    codes_in,
    give_telephone,
    password_only,
    secret_of,
)
from tests.conftest import World

pytestmark = pytest.mark.anyio

PAGE = "/account/second-factor"


async def test_setting_up_asks_for_a_code_and_shows_ten_recovery_codes_once(world: World) -> None:
    async with world.client("officer") as other, world.client("officer") as browser:
        start = await browser.form(PAGE, {"password": world.password})
        assert (start.status_code, start.headers["location"]) == (303, PAGE)
        shown = await browser.get(PAGE)
        secret = await secret_of("officer")
        assert "data:image/png;base64," in shown.text
        assert f"<code>{secret}</code>" in shown.text
        answer = await browser.form(f"{PAGE}/confirmation", {"code": code_at(world.now, secret)})
        codes = codes_in(answer.text)
        assert (answer.status_code, len(set(codes))) == (200, 10)
        again = await browser.get(PAGE)
        assert codes_in(again.text) == []
        assert secret not in again.text
        # A session opened with the password alone does not outlive the second factor.
        assert (await other.get("/account")).status_code == 303
    hashes = [row["code_hash"] for row in await RecoveryCode.select(RecoveryCode.code_hash)]
    assert len(hashes) == 10
    assert not {code.replace("-", "") for code in codes} & set(hashes)


async def test_a_browser_left_open_does_not_give_its_owner_a_second_factor(world: World) -> None:
    async with world.client("officer") as browser:
        for typed in ({}, {"password": "sai"}):
            answer = await browser.form(PAGE, typed)
            assert (answer.status_code, "Mật khẩu hiện tại không đúng." in answer.text) == (
                422,
                True,
            )
        assert await secret_of("officer") in ("", "None")


async def test_a_wrong_code_switches_nothing_on(world: World) -> None:
    async with world.client("officer") as browser:
        unstarted = await browser.form(f"{PAGE}/confirmation", {"code": "000000"})
        await browser.form(PAGE, {"password": world.password})
        wrong = await browser.form(f"{PAGE}/confirmation", {"code": "000000"})
    assert (unstarted.status_code, wrong.status_code) == (409, 422)
    assert "Mã không đúng hoặc đã được dùng." in wrong.text
    assert await Account.count().where(Account.totp_confirmed_at.is_not_null()) == 0


async def test_the_password_alone_opens_nothing_once_a_telephone_is_there(world: World) -> None:
    await give_telephone(world, "officer")
    async with world.client() as browser:
        first = await password_only(browser, world, "officer")
        assert first.headers["location"] == "/sign-in/code?next=/movements"
        half = browser.cookies[SESSION_COOKIE]
        assert await actor_for_token(half, "", world.now) is None
        for path in ("/", "/movements", "/account", PAGE):
            assert (await browser.get(path)).headers["location"].startswith("/sign-in")
        assert (await browser.get("/sign-in")).headers["location"] == "/sign-in/code"
        second = await browser.form(
            "/sign-in/code", {"code": code_at(world.now), "next": "/movements"}
        )
        assert (second.status_code, second.headers["location"]) == (303, "/movements")
        assert browser.cookies[SESSION_COOKIE] != half
        assert await session_of(half, "", world.now) is None
        assert (await browser.get("/movements")).status_code == 200
    assert await AuditEntry.count().where(AuditEntry.action == "accounts.sign_in") == 1


async def test_a_code_counts_once_even_in_another_session(world: World) -> None:
    await give_telephone(world, "officer")
    code = {"code": code_at(world.now), "next": "/"}
    async with world.client() as first, world.client() as second:
        await password_only(first, world, "officer")
        await password_only(second, world, "officer")
        assert (await first.form("/sign-in/code", code)).status_code == 303
        answer = await second.form("/sign-in/code", code)
    assert answer.status_code == 422
    assert "Mã không đúng hoặc đã được dùng." in answer.text


async def test_of_two_sessions_racing_with_one_code_one_gets_in(world: World) -> None:
    await give_telephone(world, "officer")
    tokens = [
        await actions.sign_in("officer", world.password, "10.0.0.1", world.now) for _ in range(3)
    ]
    code = code_at(world.now)
    answers = await asyncio.gather(
        *(actions.give_code(token, code, "10.0.0.1", world.now) for token in tokens),
        return_exceptions=True,
    )
    assert sum(isinstance(answer, str) for answer in answers) == 1
    assert sum(isinstance(answer, Refused) for answer in answers) == 2
    assert await SignInSession.count().where(SignInSession.complete.eq(True)) == 1


async def test_wrong_codes_are_slowed_down_like_wrong_passwords(world: World) -> None:
    await give_telephone(world, "officer")
    async with world.client() as browser:
        await password_only(browser, world, "officer")
        for _ in range(5):
            await browser.form("/sign-in/code", {"code": "000000"})
        answer = await browser.form("/sign-in/code", {"code": code_at(world.now)})
    assert answer.status_code == 422
    assert "thử lại sau 15 phút" in answer.text
    assert await SignInFailure.count() == 5


async def test_a_waiting_session_is_forgotten_after_a_while(world: World) -> None:
    await give_telephone(world, "officer")
    token = await actions.sign_in("officer", world.password, "", world.now)
    assert await session_of(token, "", world.now + timedelta(minutes=14)) is not None
    assert await session_of(token, "", world.now + timedelta(minutes=15)) is None
    async with world.client() as browser:
        assert (await browser.get("/sign-in/code")).headers["location"] == "/sign-in"
        assert (await browser.form("/sign-in/code")).headers["location"] == "/sign-in"


async def test_a_recovery_code_replaces_the_telephone_once(world: World) -> None:
    async with world.client("officer") as browser:
        await browser.form(PAGE, {"password": world.password})
        code = code_at(world.now, await secret_of("officer"))
        codes = codes_in((await browser.form(f"{PAGE}/confirmation", {"code": code})).text)
    statuses = []
    for _ in range(2):
        async with world.client() as browser:
            await password_only(browser, world, "officer")
            answer = await browser.form("/sign-in/code", {"code": codes[3].upper()})
            statuses.append(answer.status_code)
    assert statuses == [303, 422]
    assert await RecoveryCode.count().where(RecoveryCode.used_at.is_not_null()) == 1


async def test_switching_off_asks_for_password_and_code(world: World) -> None:
    await give_telephone(world, "officer")
    off = f"{PAGE}/removal"
    now = world.now
    async with world.client() as browser:
        await password_only(browser, world, "officer")
        await browser.form("/sign-in/code", {"code": code_at(now)})
        wrong_password = await browser.form(off, {"password": "sai", "code": code_at(now)})
        used_code = await browser.form(off, {"password": world.password, "code": code_at(now)})
        fresh = code_at(now + timedelta(seconds=30))
        right = await browser.form(off, {"password": world.password, "code": fresh})
        twice = await browser.form(off, {"password": world.password, "code": fresh})
    statuses = [answer.status_code for answer in (wrong_password, used_code, right, twice)]
    assert statuses == [422, 422, 303, 409]
    assert "Mật khẩu hiện tại không đúng." in wrong_password.text
    row = await Account.select().where(Account.login == "officer").first()
    assert (row["totp_secret"], row["totp_confirmed_at"]) == (None, None)


async def test_who_must_have_one_is_led_to_the_set_up_and_nowhere_else(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("THIDUA_SECOND_FACTOR", "required")
    async with world.client() as browser:
        first = await password_only(browser, world, "secretary")
        assert first.headers["location"] == PAGE
        for path in ("/", "/movements", "/account", "/certificates"):
            assert (await browser.get(path)).headers["location"].startswith("/sign-in")
        assert (await browser.get("/sign-in")).headers["location"] == PAGE
        await browser.form(PAGE, {"password": world.password})
        page = await browser.get(PAGE)
        assert "Bắt buộc với vai trò của Ông/Bà" in page.text
        half = browser.cookies[SESSION_COOKIE]
        code = code_at(world.now, await secret_of("secretary"))
        done = await browser.form(f"{PAGE}/confirmation", {"code": code})
        assert len(codes_in(done.text)) == 10
        assert browser.cookies[SESSION_COOKIE] != half
        assert (await browser.get("/movements")).status_code == 200
        off = await browser.form(f"{PAGE}/removal", {"password": world.password, "code": code})
        assert off.status_code == 409


async def test_whoever_gets_such_a_role_while_signed_in_must_set_up_first(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("THIDUA_SECOND_FACTOR", "required")
    async with world.client("officer") as browser:
        assert (await browser.get("/movements")).status_code == 200
        await actions.grant(
            None,
            world.ids["account:officer"],
            Role.LEADER,
            world.ids["root"],
            world.now.date(),
            now=world.now,
        )
        assert (await browser.get("/movements")).status_code == 303
        assert (await browser.get("/sign-in")).headers["location"] == PAGE


async def test_a_stranger_has_no_set_up_page(world: World) -> None:
    async with world.client() as browser:
        assert (await browser.get(PAGE)).headers["location"].startswith("/sign-in")
        for path in (PAGE, f"{PAGE}/confirmation", f"{PAGE}/removal"):
            assert (await browser.form(path)).headers["location"].startswith("/sign-in")


async def test_two_tabs_confirming_one_set_up_get_one_list_of_codes(world: World) -> None:
    async with world.client("officer") as browser:
        await browser.form(PAGE, {"password": world.password})
        code = {"code": code_at(world.now, await secret_of("officer"))}
        answers = await asyncio.gather(
            browser.form(f"{PAGE}/confirmation", code), browser.form(f"{PAGE}/confirmation", code)
        )
    assert sorted(answer.status_code for answer in answers) == [200, 409]
    assert await RecoveryCode.count() == 10


async def test_recovery_codes_are_renewed_without_switching_off(world: World) -> None:
    async with world.client("officer") as browser:
        await browser.form(PAGE, {"password": world.password})
        secret = await secret_of("officer")
        first = await browser.form(f"{PAGE}/confirmation", {"code": code_at(world.now, secret)})
        old = codes_in(first.text)
        path = f"{PAGE}/recovery-codes"
        wrong = await browser.form(path, {"password": "sai", "code": old[0]})
        bad_code = await browser.form(path, {"password": world.password, "code": "000000"})
        assert (wrong.status_code, bad_code.status_code) == (422, 422)
        assert 'id="f-codes-password-error"' in wrong.text
        assert 'id="f-password-error"' not in wrong.text
        assert await RecoveryCode.count() == 10
        later = code_at(world.now + timedelta(seconds=30), secret)
        answer = await browser.form(path, {"password": world.password, "code": later})
        new = codes_in(answer.text)
        assert (answer.status_code, len(set(new)), set(new) & set(old)) == (200, 10, set())
        assert (await browser.get("/account")).status_code == 200
    assert await Account.count().where(Account.totp_confirmed_at.is_not_null()) == 1
    statuses = []
    for code in (old[1], new[1]):
        async with world.client() as browser:
            await password_only(browser, world, "officer")
            statuses.append((await browser.form("/sign-in/code", {"code": code})).status_code)
    assert statuses == [422, 303]
    assert await AuditEntry.count().where(AuditEntry.action == "accounts.renew_codes") == 1


async def test_who_has_no_second_factor_has_no_codes_to_renew(world: World) -> None:
    async with world.client("officer") as browser:
        data = {"password": world.password, "code": "000000"}
        answer = await browser.form(f"{PAGE}/recovery-codes", data)
    assert answer.status_code == 409
    assert "Xác thực hai bước chưa được bật." in answer.text
