"""What anybody reads without an account, and how a visit is counted."""

from __future__ import annotations

import re
from datetime import date

import pytest

from app.public_comment import actions
from tests.conftest import World
from tests.public_comment.published import AFTER, FIRST, LAST, published, rows

pytestmark = pytest.mark.anyio


async def visits() -> list[tuple[date, int]]:
    found = await rows("SELECT day, visits FROM publication_visits ORDER BY day")
    return [(row["day"], row["visits"]) for row in found]


async def test_names_posts_units_and_award_are_read_without_an_account(world: World) -> None:
    _, path = await published(world)
    async with world.client(now=world.at(FIRST)) as browser:
        page = await browser.get(path)
    assert page.status_code == 200
    for words in ("Lý Thị Bình", "Chuyên viên", "Phòng 1, VKSND tỉnh Lạng Sơn", "Giấy khen"):
        assert words in page.text
    assert 'content="noindex"' in page.text


async def test_nothing_leads_to_a_person(world: World) -> None:
    _, path = await published(world)
    async with world.client(now=world.at(FIRST)) as browser:
        text = (await browser.get(path)).text
    assert "Lý Thị Bình" in text
    for secret in ("CN-2025", "TT-2025", "KS000", "10/01/1985", "Tày", "Nông Thị Chi"):
        assert secret not in text
    assert re.findall(r"/(?:people|nominations|units|rounds)\b", text) == []


@pytest.mark.parametrize(("day", "status"), [("2025-12-14", 404), (FIRST, 200), (LAST, 200)])
async def test_both_days_count(world: World, day: str, status: int) -> None:
    _, path = await published(world)
    async with world.client(now=world.at(day)) as browser:
        assert (await browser.get(path)).status_code == status


async def test_after_the_last_day_no_name_is_shown(world: World) -> None:
    _, path = await published(world)
    async with world.client(now=world.at(AFTER)) as browser:
        page = await browser.get(path)
    assert page.status_code == 200
    assert "Thời gian lấy ý kiến đã kết thúc, hết ngày 26/12/2025." in page.text
    assert "Lý Thị Bình" not in page.text
    assert await visits() == []


async def test_a_withdrawn_list_says_why_and_shows_no_name(world: World) -> None:
    made, path = await published(world)
    actor = await world.actor("secretary")
    await actions.withdraw(made, "Sai tên một đơn vị.", actor=actor, now=world.at("2025-12-16"))
    async with world.client(now=world.at("2025-12-17")) as browser:
        page = await browser.get(path)
    assert "đã được thu hồi ngày 16/12/2025" in page.text
    assert "Sai tên một đơn vị." in page.text
    assert "Lý Thị Bình" not in page.text


@pytest.mark.parametrize("code", ["nothing", "a%00b", "%27", "ABCDEFGH", "1" * 500])
async def test_an_unknown_address_is_not_found(world: World, code: str) -> None:
    async with world.client() as browser:
        assert (await browser.get(f"/public-comment/{code}")).status_code == 404


async def test_a_browser_counts_once_a_day(world: World) -> None:
    _, path = await published(world)
    async with world.client(now=world.at(FIRST)) as browser:
        for _ in range(3):
            await browser.get(path)
        kept = browser.cookies
    assert await visits() == [(date(2025, 12, 15), 1)]
    async with world.client(now=world.at("2025-12-16")) as browser:
        browser.cookies = kept
        await browser.get(path)
    async with world.client(now=world.at("2025-12-16")) as browser:
        await browser.get(path)
    assert await visits() == [(date(2025, 12, 15), 1), (date(2025, 12, 16), 2)]


async def test_the_cookie_says_no_more_than_the_day_and_ends_with_it(world: World) -> None:
    _, path = await published(world)
    async with world.client(now=world.at(FIRST)) as browser:
        answer = await browser.get(path)
    (cookie,) = [c for c in answer.headers.get_list("set-cookie") if "thidua_counted" in c]
    assert cookie.split("; ")[0] == "thidua_counted=2025-12-15"
    assert f"Path={path}" in cookie
    assert "Max-Age=54000" in cookie  # from nine in the morning to midnight


async def test_somebody_signed_in_and_a_fetch_ahead_are_no_visits(world: World) -> None:
    _, path = await published(world)
    async with world.client("auditor", now=world.at(FIRST)) as browser:
        assert (await browser.get(path)).status_code == 200
    async with world.client(now=world.at(FIRST)) as browser:
        await browser.get(path, headers={"Sec-Purpose": "prefetch"})
    assert await visits() == []
