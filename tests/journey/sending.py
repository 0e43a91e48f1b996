"""The levels' part: lists in an order with votes, taken back, a whole return, a refusal."""

from __future__ import annotations

from playwright.async_api import Page, expect

from tests.journey.pages import agree, fill, open_part, press, send, texts


async def choose(page: Page, round_url: str, votes: dict[str, str]) -> None:
    """Those named, in this order, each with the votes for it; then the list as it would go."""
    await page.goto(f"{round_url}/endorsement")
    await expect(page.locator("#waiting")).to_contain_text("chưa gồm tiêu chí do hệ thống tự tính")
    rows = page.locator("#candidates tbody tr")
    for row in await rows.all():
        name = (await row.locator("label").inner_text()).splitlines()[0]
        await row.locator("input[type=checkbox]").set_checked(name in votes)
        if name in votes:
            order = str(list(votes).index(name) + 1)
            await row.locator("[name^=order-]").fill(order)
            await row.locator("[name^=votes-]").fill(votes[name])
    await press(page, "Xem lại hồ sơ đã chọn")
    chosen = [line.splitlines()[0] for line in await texts(page, "#lines th[scope=row]")]
    assert chosen == list(votes)


async def send_on(page: Page, round_url: str, number: str, votes: dict[str, str]) -> None:
    await choose(page, round_url, votes)
    await fill(page, {"paper_number": number, "votes_total": "11"})
    await send(page, f"Trình {len(votes)} hồ sơ", "Đã trình danh sách.")


async def take_back(page: Page, number: str) -> None:
    """The list just sent, as long as the next level has not touched it."""
    async with page.expect_navigation(wait_until="domcontentloaded"):
        await page.locator(f"#sent a:has-text('{number}')").first.click()
    await agree(page, "Rút lại danh sách", "Đã rút lại danh sách")


async def waiting(page: Page, round_url: str) -> list[str]:
    await page.goto(f"{round_url}/endorsement")
    return [name.splitlines()[0] for name in await texts(page, "#candidates tbody th label")]


async def send_back(page: Page, dossier: str, place: str, reason: str) -> None:
    await page.goto(f"{dossier}/route")
    await open_part(page, "Trả lại hồ sơ")
    await page.locator("[name=to_step]").select_option(label=place)
    await page.fill("#return-reason", reason)
    await send(page, "Trả lại hồ sơ", "Đã trả lại hồ sơ.")


async def stop(page: Page, dossier: str, reason: str) -> None:
    await page.goto(f"{dossier}/route")
    await open_part(page, "Không trình tiếp")
    await page.fill("#refusal-reason", reason)
    await send(page, "Không trình tiếp", "Đã ghi: không trình tiếp hồ sơ.")


async def reads(page: Page, dossier: str, reason: str) -> None:
    """Whoever prepared the dossier finds out why."""
    await page.goto(f"{dossier}/route")
    assert reason in await page.locator("main").inner_text()
