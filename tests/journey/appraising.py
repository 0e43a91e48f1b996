"""The office's part: views of other units, single items sent back and looked at again."""

from __future__ import annotations

from playwright.async_api import Page

from tests.journey.pages import fill, fits, open_part, press, send, texts


async def ask_view(page: Page, dossier: str, unit: str, due_on: str) -> None:
    await page.goto(f"{dossier}/opinions")
    await fill(page.locator("#ask"), {"unit": unit, "due_on": due_on})
    await send(page, "Gửi hỏi ý kiến", "Đã gửi văn bản hỏi ý kiến.")
    assert due_on in await page.locator("#opinions").inner_text()


async def give_view(page: Page, dossier: str) -> None:
    await page.goto(f"{dossier}/opinions")
    await fill(page.locator("#opinions"), {"view": "agree", "answer": "Đơn vị nhất trí."})
    await send(page, "Gửi ý kiến", "Đã gửi ý kiến.")


async def ask(page: Page, round_url: str, name: str, item: str, question: str) -> None:
    """From the desk, about one part of one dossier."""
    await page.goto(f"{round_url}/appraisal")
    async with page.expect_navigation(wait_until="domcontentloaded"):
        await page.locator(f"#desk a:has-text('{name}')").click()
    await fill(page.locator("#ask"), {"item": item, "question": question})
    await send(page, "Gửi yêu cầu", "Đã gửi yêu cầu bổ sung.")


async def answer(page: Page, dossier: str, text: str) -> None:
    await page.goto(f"{dossier}/items")
    await fits(page)
    await page.locator("[name=answer]").first.fill(text)
    await send(page, "Gửi trả lời", "Đã gửi trả lời.")


async def ask_again(page: Page, dossier: str, question: str) -> None:
    await page.goto(f"{dossier}/items")
    await open_part(page, "Hỏi lại")
    await fill(page.locator("#items"), {"question": question})
    await send(page, "Hỏi lại", "Đã yêu cầu lại.")


async def accept(page: Page, dossier: str) -> None:
    await page.goto(f"{dossier}/items")
    await send(page, "Chấp nhận trả lời", "Đã kết thúc yêu cầu bổ sung.")


async def editable(page: Page, dossier: str) -> list[str]:
    """The criteria whose own points may be typed now."""
    await page.goto(f"{dossier}/points?column=self")
    fields = page.locator("#points input")
    found: list[str] = await fields.evaluate_all("all => all.map(one => one.name)")
    return found


async def extend(page: Page, round_url: str, stage: str, new_last: str, reason: str) -> None:
    """An announced day moves with a reason; the page shows it to everybody."""
    await page.goto(f"{round_url}/calendar")
    await fill(page.locator("#extension"), {"stage": stage, "new_last": new_last, "reason": reason})
    await send(page, "Gia hạn", "Đã gia hạn.")
    assert reason in await page.locator("#calendar").inner_text()


async def open_scoring(page: Page, round_url: str) -> None:
    await page.goto(f"{round_url}/council-session")
    await page.locator("details.confirm > summary:has-text('Mở chấm điểm')").click()
    await press(page, "Đồng ý: Mở chấm điểm")
    assert "Đã mở chấm điểm" in await page.locator("#notices").inner_text()


async def on_the_sheet(page: Page, round_url: str) -> list[str]:
    """Whom a council member is asked to judge."""
    await page.goto(f"{round_url}/score-sheet?subject=individual")
    names = await texts(page, "#sheet tbody th[scope=row]")
    return [name.splitlines()[0].strip() for name in names]
