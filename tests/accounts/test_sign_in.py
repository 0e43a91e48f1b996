from __future__ import annotations

import re
from datetime import timedelta

import pytest

from app.accounts.actions.attempts import begin_attempt, unknown
from app.accounts.routes import own_path
from app.accounts.tables import Account, SignInFailure, SignInSession
from app.audit.tables import AuditEntry
from app.web.session import SESSION_COOKIE
from tests.accounts.telephone import give_telephone, password_only
from tests.conftest import World

pytestmark = pytest.mark.anyio


async def test_signing_in_opens_one_session_and_leads_back(world: World) -> None:
    async with world.client() as browser:
        answer = await browser.form(
            "/sign-in", {"login": " Officer ", "password": world.password, "next": "/movements"}
        )
    assert (answer.status_code, answer.headers["location"]) == (303, "/movements")
    cookie = answer.headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie
    assert await SignInSession.count() == 1


async def test_a_wrong_password_and_an_unknown_login_get_the_same_answer(world: World) -> None:
    async with world.client() as browser:
        wrong = await browser.form("/sign-in", {"login": "officer", "password": "sai"})
        unknown = await browser.form("/sign-in", {"login": "nobody", "password": "sai"})
    assert (wrong.status_code, unknown.status_code) == (422, 422)
    assert "Tên đăng nhập hoặc mật khẩu không đúng." in wrong.text
    assert wrong.text.replace("officer", "nobody") == unknown.text
    assert "sai" not in wrong.text.split("<main")[1].split("</main")[0].replace("không đúng", "")


async def test_an_old_login_goes_before_the_same_address_of_somebody_else(world: World) -> None:
    """Whichever row the database comes upon first."""
    for login, other in (("officer", "head"), ("head", "officer")):
        mine, theirs = world.ids[f"account:{login}"], world.ids[f"account:{other}"]
        await Account.raw("UPDATE account SET email = NULL")
        await Account.raw("UPDATE account SET email = 'x@y.vn' WHERE id = {}", theirs)
        await Account.raw("UPDATE account SET login = 'x@y.vn' WHERE id = {}", mine)
        await SignInSession.delete(force=True)
        async with world.client("x@y.vn"):
            rows = await SignInSession.select(SignInSession.account)
        assert [row["account"] for row in rows] == [mine]
        await Account.raw("UPDATE account SET login = {} WHERE id = {}", login, mine)


async def test_the_sixth_attempt_is_refused_even_with_the_right_password(world: World) -> None:
    async with world.client() as browser:
        for _ in range(5):
            await browser.form("/sign-in", {"login": "officer", "password": "sai"})
        answer = await browser.form("/sign-in", {"login": "officer", "password": world.password})
    assert answer.status_code == 422
    assert "thử lại sau 15 phút" in answer.text


async def test_what_was_typed_for_a_login_is_not_kept(world: World) -> None:
    """People type their password there."""
    async with world.client() as browser:
        for login in ("Mật khẩu của tôi", "Mật khẩu của tôi", "khác", "officer"):
            await browser.form("/sign-in", {"login": login, "password": "sai"})
    rows = await SignInFailure.select(SignInFailure.login).order_by(SignInFailure.id)
    kept = [row["login"] for row in rows]
    assert kept == [unknown("mật khẩu của tôi")] * 2 + [unknown("khác"), "officer"]
    assert re.fullmatch(r"#[0-9a-f]{40}", kept[0])


async def test_an_unknown_login_is_slowed_down_like_any_other(world: World) -> None:
    async with world.client() as browser:
        for _ in range(5):
            await browser.form("/sign-in", {"login": "khong.co", "password": "sai"})
        answer = await browser.form("/sign-in", {"login": "khong.co", "password": "sai"})
    assert "thử lại sau 15 phút" in answer.text


async def test_an_attempt_is_forgotten_when_it_no_longer_counts(world: World) -> None:
    for minutes in (0, 1, 15, 40):
        await begin_attempt("officer", "10.0.0.1", world.now + timedelta(minutes=minutes))
        times = await SignInFailure.select(SignInFailure.at).order_by(SignInFailure.at)
        ages = [(row["at"] - world.now) // timedelta(minutes=1) for row in times]
        assert ages == {0: [0], 1: [0, 1], 15: [1, 15], 40: [40]}[minutes]


async def test_signing_out_ends_the_session_on_the_server(world: World) -> None:
    async with world.client("officer") as browser:
        token = browser.cookies[SESSION_COOKIE]
        await browser.form("/sign-out")
        assert await SignInSession.count() == 0
        browser.cookies.set(SESSION_COOKIE, token)
        answer = await browser.get("/movements")
    assert (answer.status_code, answer.headers["location"]) == (303, "/sign-in?next=/movements")


async def test_signing_out_is_logged_once_and_only_by_who_was_in(world: World) -> None:
    async with world.client("officer") as browser:
        await browser.form("/sign-out")
        await browser.form("/sign-out")
    await give_telephone(world, "head")
    async with world.client() as half:
        await password_only(half, world, "head")
        await half.form("/sign-out")
    entries = await AuditEntry.select(AuditEntry.object_id, AuditEntry.actor_name).where(
        AuditEntry.action == "accounts.sign_out"
    )
    assert [tuple(entry.values()) for entry in entries] == [
        (world.ids["account:officer"], "Cán bộ đầu mối Lạng Sơn")
    ]


async def test_a_session_ends_at_the_moment_it_was_given(world: World) -> None:
    async with world.client("officer") as browser:
        assert (await browser.get("/movements")).status_code == 200
        await SignInSession.update({SignInSession.expires_at: world.now}, force=True)
        assert (await browser.get("/movements")).status_code == 303
    async with world.client("officer"):
        # The dead one was cleared away when somebody signed in again.
        assert await SignInSession.count() == 1


async def test_an_idle_session_is_dead(world: World) -> None:
    async with world.client("officer", now=world.at("2025-11-10")) as browser:
        token = browser.cookies[SESSION_COOKIE]
    async with world.client(now=world.at("2025-11-11")) as browser:
        browser.cookies.set(SESSION_COOKIE, token)
        assert (await browser.get("/movements")).status_code == 303


async def test_a_form_without_its_token_is_refused(world: World) -> None:
    async with world.client("officer") as browser:
        answer = await browser.post("/sign-out", data={"_csrf_token": "made up"})
    assert answer.status_code == 403
    assert "tải lại trang" in answer.text
    assert await SignInSession.count() == 1


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/rounds/3", "/rounds/3"),
        ("//evil.example/x", "/"),
        ("https://evil.example", "/"),
        ("/\\evil.example", "/"),
        ("/a\r\nSet-Cookie: x", "/"),
        ("", "/"),
    ],
)
async def test_only_paths_of_this_site_are_followed(path: str, expected: str) -> None:
    assert own_path(path) == expected
