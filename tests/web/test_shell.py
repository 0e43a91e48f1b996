from __future__ import annotations

import re
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest

from app import database
from app.main import create_app
from app.web import i18n
from app.web.static import locate
from tests.conftest import Browser, World

pytestmark = pytest.mark.anyio


async def test_every_answer_carries_the_strict_headers(world: World) -> None:
    async with world.client() as browser:
        answers = [await browser.get(path) for path in ("/sign-in", "/static/favicon.svg", "/no")]
    for answer in answers:
        policy = answer.headers["content-security-policy"]
        assert "default-src 'self'" in policy
        assert "unsafe" not in policy
        assert answer.headers["x-content-type-options"] == "nosniff"


async def test_over_tls_every_cookie_is_for_tls_only(world: World) -> None:
    typed = {"login": "secretary", "password": world.password}
    async with world.client() as browser:
        plain = [await browser.get("/sign-in"), await browser.form("/sign-in", typed)]
    async with world.client() as browser:
        browser.base_url = httpx.URL("https://testserver")
        tls = [await browser.get("/sign-in"), await browser.form("/sign-in", typed)]
        tls.append(await browser.form("/language", {"lang": "en"}))
    assert [_names(answer) for answer in plain] == [["thidua_csrf"], ["thidua_session"]]
    assert [_names(answer) for answer in tls] == [*map(_names, plain), [i18n.LANGUAGE_COOKIE]]
    for answers, expected in ((plain, False), (tls, True)):
        for answer in answers:
            assert ("strict-transport-security" in answer.headers) is expected
            for cookie in answer.headers.get_list("set-cookie"):
                assert ("; Secure" in cookie) is expected
                assert "HttpOnly" in cookie


def _names(answer: httpx.Response) -> list[str]:
    return [cookie.split("=")[0] for cookie in answer.headers.get_list("set-cookie")]


async def test_pages_hold_no_inline_code_or_style(world: World) -> None:
    async with world.client("secretary") as browser:
        for path in ("/", "/movements", f"/rounds/{world.ids['round_2025']}", "/sign-in"):
            text = (await browser.get(path)).text
            assert re.findall(r"<script(?![^>]*\bsrc=)|\son\w+=|\sstyle=|<style", text) == [], path


async def test_an_unknown_page_is_a_page(world: World) -> None:
    async with world.client("staff") as browser:
        answer = await browser.get("/khong-co")
    assert answer.status_code == 404
    assert 'lang="vi"' in answer.text


@pytest.mark.parametrize("path", ["/khong-co", "/nominations/abc", "/sign-out"])
async def test_what_no_route_answers_speaks_the_readers_language(world: World, path: str) -> None:
    async with world.client("staff") as browser:
        await browser.form("/language", {"lang": "en", "next": "/"})
        answer = await browser.get(path)
    assert answer.status_code == 404
    assert '<html lang="en">' in answer.text
    assert ">Sign in<" not in answer.text


async def test_a_stranger_is_sent_to_the_sign_in_page(world: World) -> None:
    async with world.client() as browser:
        page = await browser.get(f"/rounds/{world.ids['round_2025']}")
        swap = await browser.get("/movements", headers={"HX-Request": "true"})
    expected = f"/sign-in?next=/rounds/{world.ids['round_2025']}"
    assert (page.status_code, page.headers["location"]) == (303, expected)
    assert (swap.status_code, swap.headers["hx-redirect"]) == (401, "/sign-in?next=/movements")


async def test_the_language_is_chosen_and_kept(world: World) -> None:
    async with world.client() as browser:
        answer = await browser.form("/language", {"lang": "en", "next": "/sign-in"})
        assert answer.headers["location"] == "/sign-in"
        page = (await browser.get("/sign-in")).text
    assert '<html lang="en">' in page
    assert "Sign in" in page
    assert "Đăng nhập" not in page


@pytest.mark.parametrize(
    "name", ["../pyproject.toml", "css/../../pyproject.toml", "/etc/passwd", ""]
)
async def test_nothing_outside_static_is_served(world: World, name: str) -> None:
    with pytest.raises(FileNotFoundError):
        locate(name)
    async with world.client() as browser:
        assert (await browser.get("/static/%2e%2e/pyproject.toml")).status_code == 404


async def test_wheels_give_htmx_and_the_font(world: World) -> None:
    async with world.client() as browser:
        script = await browser.get("/static/js/htmx.min.js")
        font = await browser.get("/static/fonts/BeVietnamPro-Regular.ttf")
    assert "htmx" in script.text[:200]
    assert font.content[:4] == b"\x00\x01\x00\x00"
    assert "immutable" in font.headers["cache-control"]


async def test_an_unexpected_error_shows_a_reference_and_no_detail(world: World) -> None:
    async with world.client("staff") as browser:
        await database.DB.run_ddl("ALTER TABLE movement RENAME TO movement_gone")
        answer = await browser.get("/movements")
    assert answer.status_code == 500
    assert "movement_gone" not in answer.text
    assert "UndefinedTable" not in answer.text
    assert re.search(r"mã [0-9a-f]{8}", answer.text)


async def test_a_database_that_is_down_is_a_page_of_its_own(world: World) -> None:
    async with world.client("staff") as browser:
        dsn = database.DB.config["dsn"]
        await database.disconnect()
        database.DB.config = {"dsn": "postgresql://x@127.0.0.1:9/nothing"}
        answer = await browser.get("/movements")
        database.DB.config = {"dsn": dsn}
        await database.DB.start_connection_pool(min_size=1, max_size=2)
    assert answer.status_code == 503
    assert "127.0.0.1" not in answer.text


async def test_an_embedded_server_that_is_gone_is_that_page_too(world: World) -> None:
    async with world.client("staff") as browser:
        dsn = database.DB.config["dsn"]
        await database.disconnect()
        database.DB.config = {"dsn": "postgresql://postgres:@/thidua?host=/nowhere"}
        answer = await browser.get("/movements")
        database.DB.config = {"dsn": dsn}
        await database.DB.start_connection_pool(min_size=1, max_size=2)
    assert answer.status_code == 503


async def test_a_form_sent_after_the_session_ended_says_that_nothing_was_saved(
    world: World,
) -> None:
    async with world.client("officer", now=world.at("2025-11-10")) as browser:
        cookies = dict(browser.cookies)
    page = f"/rounds/{world.ids['round_2025']}/nominations/new?subject=individual&q=anh"
    async with world.client(now=world.at("2025-11-11")) as browser:
        browser.cookies.update(cookies)
        browser.headers["Referer"] = f"http://testserver{page}"
        answer = await browser.form(f"/rounds/{world.ids['round_2025']}/nominations", {})
        assert answer.status_code == 303
        location = urlsplit(answer.headers["location"])
        assert (location.path, parse_qs(location.query)) == ("/sign-in", {"next": [page]})
        assert "chưa được ghi" in (await browser.get(answer.headers["location"])).text
        browser.headers["Referer"] = "https://elsewhere.example/x"
        foreign = await browser.form(f"/rounds/{world.ids['round_2025']}/nominations", {})
    assert foreign.headers["location"] == "/sign-in"


async def test_a_message_is_shown_once(world: World) -> None:
    transport = httpx.ASGITransport(app=create_app())
    async with Browser(transport=transport, base_url="http://testserver") as browser:
        browser.cookies.set("thidua_flash", "%7B%22kind%22%3A%22ok%22%2C%22text%22%3A%22Xong%22%7D")
        first = await browser.get("/sign-in")
        assert "Xong" in first.text
        assert 'thidua_flash="";' in first.headers["set-cookie"]
        browser.cookies.set("thidua_flash", "rubbish")
        assert (await browser.get("/sign-in")).status_code == 200


def test_texts_are_translated_and_filled() -> None:
    token = i18n.language.set("en")
    try:
        assert i18n.gettext("Đăng nhập") == "Sign in"
        assert i18n.gettext("Chưa dịch {n}", n=3) == "Chưa dịch 3"
    finally:
        i18n.language.reset(token)
    assert i18n.gettext("Đăng nhập") == "Đăng nhập"
    assert [i18n.chosen(code) for code in ("en", "vi", "fr", None)] == ["en", "vi", "vi", "vi"]
