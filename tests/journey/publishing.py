"""The list before the public: published, read by strangers, answered, its result printed."""

from __future__ import annotations

from playwright.async_api import Page

from tests.journey.launching import printed
from tests.journey.pages import fill, fits, open_part, send

CONTACT = "Vụ Thi đua - Khen thưởng, điện thoại 024 0000 0000"
TEXT = "Tôi xác nhận số giờ học này là đúng."
ANSWER = "Đã kiểm tra sổ theo dõi học tập, số giờ đúng như hồ sơ."


async def publish(page: Page, round_url: str, first_on: str) -> tuple[str, str]:
    """The office's page of the list and the address everybody may open."""
    await page.goto(f"{round_url}/public-comment/new")
    await fill(
        page,
        {
            "title": "Danh sách cá nhân đề nghị khen thưởng năm 2025",
            "basis": "eligible",
            "first_on": first_on,
            "working_days": "10",
            "contact": CONTACT,
        },
    )
    await send(page, "Công khai", "Đã công khai")
    address = page.locator("a[href*='/public-comment/']", has_text="/public-comment/").first
    return page.url, await address.evaluate("link => link.href")


async def comment(page: Page, address: str, names: list[str]) -> None:
    """A stranger on a phone, without signing in; reading twice is one visit."""
    await page.goto(address)
    await page.reload()
    await fits(page)
    rows = await page.locator("#items tbody th").all_inner_texts()
    expected = [f"{number}. {name}" for number, name in enumerate(names, start=1)]
    assert [row.splitlines()[0] for row in rows] == expected
    await fill(page, {"about": "1", "text": TEXT})
    async with page.expect_navigation(wait_until="domcontentloaded"):
        await page.locator("button:text-is('Gửi phản ánh')").click()
    assert "PA-" in await page.locator("main").inner_text()
    await fits(page)


async def handle(page: Page, publication: str) -> None:
    await page.goto(publication)
    tiles = await page.locator(".tiles").inner_text()
    assert "Lượt xem\n1" in tiles
    assert "1 chưa xử lý" in tiles
    await open_part(page, "Ghi kết quả xử lý")
    await fill(page.locator("#comments"), {"conclusion": "founded", "text": ANSWER})
    await send(page, "Ghi kết quả", "Đã ghi")


async def print_result(page: Page, publication: str, name: str) -> None:
    paper = await printed(page, f"{publication}/result.pdf")
    assert [words for words in (TEXT, ANSWER, f"Số 1: {name}") if words not in paper] == []
