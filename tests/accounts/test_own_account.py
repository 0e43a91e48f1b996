"""My sessions, my password, and the link that sets it anew."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from app.accounts import actions, passwords
from app.accounts.queries import session_of
from app.accounts.tables import Account, PasswordReset, SignInFailure, SignInSession
from app.kernel.refusal import Refused
from app.web.session import SESSION_COOKIE
from tests.conftest import PRODUCT_HASHER, World

pytestmark = pytest.mark.anyio

NEW = "mot-mat-khau-khac"


def change(world: World, **typed: str) -> dict[str, str]:
    return {"old_password": world.password, "password": NEW, "repeated": NEW, **typed}


async def test_signing_in_again_ends_the_session_of_the_old_cookie(world: World) -> None:
    async with world.client("officer") as browser:
        old = browser.cookies[SESSION_COOKIE]
        await browser.form("/sign-in", {"login": "head", "password": world.password})
        assert browser.cookies[SESSION_COOKIE] != old
    assert await session_of(old, "", world.now) is None
    assert await SignInSession.count() == 1


async def test_an_account_has_one_count_of_failures_for_login_and_email(world: World) -> None:
    await Account.update({Account.email: "dau.moi@langson.vn"}).where(Account.login == "officer")
    async with world.client() as browser:
        for login in ("officer", "Dau.Moi@langson.vn", "officer", "dau.moi@langson.vn", "officer"):
            await browser.form("/sign-in", {"login": login, "password": "sai"})
        blocked = await browser.form(
            "/sign-in", {"login": "dau.moi@langson.vn", "password": world.password}
        )
    assert "thử lại sau 15 phút" in blocked.text
    async with world.client(now=world.now + timedelta(minutes=16)) as browser:
        answer = await browser.form(
            "/sign-in", {"login": "dau.moi@langson.vn", "password": world.password}
        )
        assert answer.status_code == 303


async def test_guesses_sent_at_once_are_counted_as_well(world: World) -> None:
    answers = await asyncio.gather(
        *(actions.sign_in("officer", "sai", "10.0.0.1", world.now) for _ in range(12)),
        return_exceptions=True,
    )
    codes = [answer.refusal.code for answer in answers if isinstance(answer, Refused)]
    assert len(codes) == 12
    assert codes.count("wrong-sign-in") <= 5
    assert await SignInFailure.count() == codes.count("wrong-sign-in")


async def test_a_hash_of_other_parameters_is_renewed_at_sign_in(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    weak = passwords.hash_password(world.password)
    monkeypatch.setattr(passwords, "_hasher", PRODUCT_HASHER)
    await Account.update({Account.password_hash: weak}).where(Account.login == "officer")
    async with world.client("officer"):
        pass
    row = await Account.select(Account.password_hash).where(Account.login == "officer").first()
    assert row["password_hash"] != weak
    assert row["password_hash"].startswith("$argon2id$v=19$m=65536,t=3,p=4$")
    async with world.client("officer"):
        pass


async def test_my_sessions_are_listed_and_ended_one_by_one(world: World) -> None:
    async with world.client("officer") as other, world.client("officer") as browser:
        page = await browser.get("/account")
        assert page.text.count("Phiên này") == 1
        assert page.text.count("/account/sessions/") == 1
        mine = page.text.split("/account/sessions/")[1].split("/")[0]
        assert (await browser.form(f"/account/sessions/{mine}/end")).status_code == 303
        assert (await browser.form(f"/account/sessions/{mine}/end")).status_code == 404
        assert (await other.get("/account")).status_code == 303
        assert (await browser.get("/account")).status_code == 200


async def test_a_session_of_somebody_else_does_not_exist_for_me(world: World) -> None:
    async with world.client("head"), world.client("officer") as browser:
        theirs = await SignInSession.select(SignInSession.id).where(
            SignInSession.account == world.ids["account:head"]
        )
        answer = await browser.form(f"/account/sessions/{theirs[0]['id']}/end")
    assert answer.status_code == 404
    assert await SignInSession.count() == 2


async def test_all_other_sessions_end_at_once(world: World) -> None:
    async with world.client("officer") as one, world.client("officer") as two:
        async with world.client("officer") as browser:
            await browser.form("/account/other-sessions/end")
            assert (await browser.get("/account")).status_code == 200
        assert (await one.get("/account")).status_code == 303
        assert (await two.get("/account")).status_code == 303


async def test_changing_the_password_ends_the_other_sessions(world: World) -> None:
    async with world.client("officer") as other, world.client("officer") as browser:
        answer = await browser.form("/account/password", change(world))
        assert (answer.status_code, answer.headers["location"]) == (303, "/account")
        assert (await browser.get("/account")).status_code == 200
        assert (await other.get("/account")).status_code == 303
    with pytest.raises(Refused):
        await actions.sign_in("officer", world.password, "", world.now)
    assert await actions.sign_in("officer", NEW, "", world.now)


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"old_password": "sai"}, "Mật khẩu hiện tại không đúng."),
        ({"password": "ngắn", "repeated": "ngắn"}, "Mật khẩu phải có ít nhất 10 ký tự."),
        ({"repeated": "một mật khẩu lệch"}, "Hai lần nhập mật khẩu không giống nhau."),
    ],
)
async def test_a_password_is_not_changed_for_the_asking(
    world: World, typed: dict[str, str], words: str
) -> None:
    async with world.client("officer") as browser:
        answer = await browser.form("/account/password", change(world, **typed))
    assert answer.status_code == 422
    assert words in answer.text
    assert NEW not in answer.text
    assert await actions.sign_in("officer", world.password, "", world.now)


async def test_of_two_tabs_changing_the_password_one_wins(world: World) -> None:
    async with world.client("officer") as browser:
        answers = await asyncio.gather(
            *(
                browser.form("/account/password", change(world, password=new, repeated=new))
                for new in (NEW, f"{NEW}-nữa")
            )
        )
    assert sorted(answer.status_code for answer in answers) == [303, 422]


async def _link(world: World) -> str:
    administrator = await world.actor("administrator")
    return await actions.make_reset_link(
        world.ids["account:officer"], actor=administrator, now=world.now
    )


async def test_a_reset_link_sets_the_password_once(world: World) -> None:
    path = await _link(world)
    new = {"password": NEW, "repeated": NEW}
    async with world.client("officer") as session, world.client() as browser:
        assert "officer" in (await browser.get(path)).text
        short = await browser.form(path, {"password": "ngắn", "repeated": "ngắn"})
        done = await browser.form(path, new)
        again = await browser.form(path, new)
        gone = await browser.get(path)
        assert (await session.get("/account")).status_code == 303
    statuses = [answer.status_code for answer in (short, done, again, gone)]
    assert statuses == [422, 303, 404, 404]
    assert await actions.sign_in("officer", NEW, "", world.now)


async def test_a_reset_link_is_dead_after_48_hours_or_when_a_newer_one_was_made(
    world: World,
) -> None:
    path = await _link(world)
    async with world.client(now=world.now + timedelta(hours=48)) as late:
        assert (await late.get(path)).status_code == 404
    await _link(world)
    async with world.client() as browser:
        assert (await browser.get(path)).status_code == 404
        assert (await browser.get("/reset/made-up")).status_code == 404
    assert await PasswordReset.count() == 1


async def test_of_two_people_with_the_same_link_one_sets_the_password(world: World) -> None:
    token = (await _link(world)).removeprefix("/reset/")
    answers = await asyncio.gather(
        *(
            actions.use_reset_link(token, new, new, address="", now=world.now)
            for new in (NEW, f"{NEW}-nữa")
        ),
        return_exceptions=True,
    )
    assert sum(answer is None for answer in answers) == 1
    assert [a.refusal.code for a in answers if isinstance(a, Refused)] == ["dead-link"]
