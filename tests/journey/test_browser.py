"""The same way once in real Chromium: real server, real worker, the keyboard, a phone's width."""

from __future__ import annotations

import pytest

from app.reports.invariants import broken
from tests.conftest import World
from tests.journey.site import PHONE, Site, served
from tests.journey.steps import grant_everything

pytestmark = pytest.mark.anyio
ACHIEVEMENT = "Đã có thành tích xuất sắc trong phong trào học tập suốt đời năm 2025"


async def test_the_round_in_a_real_browser(world: World) -> None:
    await grant_everything(world)
    async with served(world) as site:
        await play(world, site)
    assert site.complaints == []
    assert await broken() == []


async def play(world: World, site: Site) -> None:
    round_url = f"{site.base}/rounds/{world.ids['round_2025']}"
    dossier = await nominate_on_a_phone(site, round_url)
    await give_words(site, dossier)
    await score_by_keyboard(world, site, round_url)
    await conclude(world, site, round_url)


async def nominate_on_a_phone(site: Site, round_url: str) -> str:
    page = await site.stranger(width=PHONE)
    await page.goto(f"{round_url}/nominations/new?subject=individual")
    await page.fill("[name=login]", "officer")
    await page.fill("[name=password]", site.password)
    await page.press("[name=password]", "Enter")
    await page.wait_for_url("**/nominations/new*")
    await page.fill("[name=q]", "anh hoang")  # no marks, any order
    await page.click("text=Tìm >> nth=-1")
    await page.get_by_label("Hoàng Văn Ánh").check()
    await page.fill("[name=achievement]", ACHIEVEMENT)
    await page.click("text=Lập đề nghị")
    await page.wait_for_url("**/nominations/*")
    dossier = page.url
    for after in ("45,5", "9"):
        await page.click("summary:has-text('Thêm minh chứng')")
        await page.fill("[name=statement]", "Tự học có ghi nhận, tăng so với năm trước.")
        await page.select_option("[name=criterion]", "C1")
        await page.fill("[name=last_on]", "2025-10-15")
        await page.fill("[name=before]", "2")
        await page.fill("[name=after]", after)
        await page.fill("[name=quantity_unit]", "giờ")
        await page.click("button:has-text('Thêm minh chứng')")
        await page.wait_for_selector("text=Đã thêm minh chứng.")
    assert await page.evaluate("document.documentElement.scrollWidth") == 390
    await page.click("summary:has-text('Nộp hồ sơ')")
    await page.click("button:has-text('Nộp hồ sơ')")
    await page.wait_for_selector("text=Đã nộp hồ sơ.")
    return dossier


async def give_words(site: Site, dossier: str) -> None:
    for login, gate in (("head", "G4"), ("appraiser", "G1")):
        page = await site.signed_in(login)
        await page.goto(dossier)
        section = page.locator(f"#gate-{gate}")
        await section.locator("details summary").click()
        await section.get_by_label("Đạt điều kiện", exact=True).check()
        await section.locator("[name=statement]").fill("Đã kiểm tra, xác nhận.")
        await section.locator("button[type=submit]").click()
        await page.wait_for_selector("text=Đã ghi xác nhận.")
    outcomes = page.locator("#gates .verdict-outcome")
    assert await outcomes.all_inner_texts() == ["Đạt"] * 5


async def score_by_keyboard(world: World, site: Site, round_url: str) -> None:
    site.now = world.at("2025-11-24")
    page = await site.signed_in("secretary")
    await page.goto(f"{round_url}/council-session")
    await page.click("summary:has-text('Mở chấm điểm')")
    await page.click("button:has-text('Mở chấm điểm')")
    await page.wait_for_selector("text=Đã mở chấm điểm")
    for login in ("member_1", "member_2", "member_3"):
        member = await site.signed_in(login)
        await member.goto(f"{round_url}/score-sheet?subject=individual")
        await member.locator("[data-mark=C1]").first.focus()
        for points in ("22,5", "36", "15", "12"):
            await member.keyboard.type(points)
            await member.keyboard.press("Tab")
        await member.keyboard.press("Tab")
        await member.locator("[data-row][data-state=saved]").first.wait_for()
        await member.locator("#score-progress:has-text('1/1')").wait_for()
        await member.reload()
        assert await member.locator("[data-mark=C1]").first.input_value() == "22,5"
    site.now = world.at("2025-12-06")
    page = await site.signed_in("secretary")
    await page.goto(f"{round_url}/ranking")
    await page.click("summary:has-text('Chốt kết quả')")
    await page.click("button:has-text('Chốt kết quả')")
    await page.wait_for_selector("text=85,5")


async def conclude(world: World, site: Site, round_url: str) -> None:
    site.now = world.at("2025-12-12")
    page = await site.signed_in("secretary")
    await page.goto(f"{round_url}/council-session")
    await page.fill("[name=held_on]", "2025-12-12")
    await page.fill("[name=members_present]", "3")
    await page.fill("[name=minutes_number]", "15/BB-HĐ")
    await page.fill("[data-mark=votes]", "3")
    await page.click("button:has-text('Ghi nhận kết quả phiên họp')")
    await page.wait_for_selector("text=15/BB-HĐ")
    await page.goto(f"{round_url}/decision")
    await page.fill("[name=signed_on]", "2025-12-12")
    await page.fill("[name=place]", "Hà Nội")
    await page.fill("[name=signer_title]", "Viện trưởng")
    await page.fill("[name=signer_name]", "Lê Minh Quân")
    await page.click("button:has-text('Ghi nhận quyết định')")
    await page.wait_for_url("**/decisions/*")
    decision = page.url
    await page.goto(f"{decision}/certificates")
    await page.click("summary:has-text('giấy khen') >> nth=0")
    await page.click("main details[open] button[type=submit]")
    # The worker draws, the page asks again by itself until all is there.
    await page.wait_for_selector("text=Đã tạo đủ 1 giấy khen", timeout=60_000)
    await page.click("tbody a >> nth=0")
    code = await page.locator("a[href*='/v/']").first.inner_text()
    stranger = await site.stranger()
    await stranger.goto(f"{site.base}/v/{code}")
    await stranger.wait_for_selector("text=Hoàng Văn Ánh")
