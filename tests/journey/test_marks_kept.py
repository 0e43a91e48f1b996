"""A member's marks while the session ends, the network goes, and another tab is faster."""

from __future__ import annotations

from datetime import timedelta

import pytest
from playwright.async_api import Locator, Page, expect

from app.reports.invariants import broken
from tests.conftest import World
from tests.journey.site import Site, served
from tests.scoring import given

pytestmark = pytest.mark.anyio


async def test_no_mark_is_lost(world: World) -> None:
    await given.nominations(world, 3)
    await given.scoring_open(world)
    sheet = f"/rounds/{world.ids['round_2025']}/score-sheet?subject=individual"
    async with served(world) as site:
        site.now = world.at(given.SCORING)
        page = await site.signed_in("member_1")
        await page.goto(site.base + sheet)
        await _network_goes(page)
        await _session_ends(site, page)
        await _another_tab_is_faster(site, page, sheet)
    assert await broken() == []


def _row(page: Page, number: int) -> Locator:
    return page.locator("tbody[data-row]").nth(number)


def _mark(page: Page, number: int, code: str) -> Locator:
    return _row(page, number).locator(f"[data-mark={code}]")


async def _network_goes(page: Page) -> None:
    """It says so, keeps the marks, and saves them by itself when it is back."""
    await page.context.set_offline(True)
    await _mark(page, 0, "C1").fill("20")
    await _mark(page, 1, "C1").focus()
    await expect(page.locator("#connection-notice")).to_be_visible()
    await expect(_mark(page, 0, "C1")).to_have_value("20")
    await page.context.set_offline(False)
    await expect(_row(page, 0)).to_have_attribute("data-state", "saved")
    await expect(page.locator("#connection-notice")).to_be_hidden()


async def _session_ends(site: Site, page: Page) -> None:
    """One signs in again in another tab, as the notice says, and goes on in this one."""
    await _mark(page, 1, "C1").fill("18,5")
    site.now += timedelta(hours=3)
    await _mark(page, 2, "C1").focus()
    await expect(page.locator("#session-notice")).to_be_visible()
    await expect(_mark(page, 1, "C1")).to_have_value("18,5")
    await (await site.signed_in("member_1")).close()
    await _mark(page, 1, "C2").focus()
    await _mark(page, 2, "C1").focus()
    await expect(_row(page, 1)).to_have_attribute("data-state", "saved")
    await expect(page.locator("#session-notice")).to_be_hidden()


async def _another_tab_is_faster(site: Site, page: Page, sheet: str) -> None:
    """The slower tab keeps its mark, sees the other's, and decides."""
    other = await page.context.new_page()
    await other.goto(site.base + sheet)
    await _mark(other, 0, "C1").fill("21")
    await _mark(other, 1, "C1").focus()
    await expect(_row(other, 0)).to_have_attribute("data-state", "saved")
    await _mark(page, 0, "C1").fill("22")
    await _mark(page, 1, "C1").focus()
    await expect(_row(page, 0)).to_have_attribute("data-state", "refused")
    await expect(_mark(page, 0, "C1")).to_have_value("22")
    await expect(_row(page, 0)).to_contain_text("đã lưu: 21")
    await _row(page, 0).get_by_role("button", name="Giữ điểm vừa nhập").click()
    await expect(_row(page, 0)).to_have_attribute("data-state", "saved")
    await page.reload()
    await expect(_mark(page, 0, "C1")).to_have_value("22")
