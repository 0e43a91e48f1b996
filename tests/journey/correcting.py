"""A correction of the criteria after opening: what it changes for whom, then why."""

from __future__ import annotations

from playwright.async_api import Page

from tests.journey.pages import fill, follow, press, send

REASON = "Văn bản ấn định điểm của tiêu chí C1 là 35, không phải 40."


async def correct(page: Page, round_url: str, name: str) -> str:
    """The hash that is recorded with the new version."""
    await page.goto(round_url)
    await press(page, "Lập bản sửa cho cá nhân")
    draft = page.url
    for code, points, bands in (("C1", "35", {"band_to_0": "35"}), ("C4", "25", {})):
        await page.goto(draft)
        row = page.locator("#criteria-table tr", has=page.locator(f"th:has-text('{code}')"))
        async with page.expect_navigation(wait_until="domcontentloaded"):
            await row.get_by_role("link", name="Sửa").click()
        await fill(page, {"max_points": points, **bands})
        await send(page, "Lưu tiêu chí", "Đã lưu tiêu chí.")
    await follow(page, "Xem ảnh hưởng và áp dụng")
    assert "điểm tối đa từ 40 thành 35" in await page.locator("#changes").inner_text()
    assert name in await page.locator("#dossiers").inner_text()
    await fill(page, {"reason": REASON})
    await send(page, "Áp dụng cho đợt xét", "Đã áp dụng bản sửa")
    assert REASON in await page.locator("#corrections-table").inner_text()
    return await page.locator("#corrections-table code").get_attribute("title") or ""
