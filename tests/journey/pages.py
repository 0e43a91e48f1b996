"""What people do on every page: open a part, type, send, and look whether it was taken."""

from __future__ import annotations

from playwright.async_api import Locator, Page

from tests.journey.site import PHONE


async def open_part(page: Page | Locator, summary: str) -> None:
    """A disclosure by its words; one that is open already stays so."""
    part = page.locator(f"details:has(> summary:has-text('{summary}'))").first
    if not await part.evaluate("part => part.open"):
        await part.locator("summary").first.click()


async def fill(within: Page | Locator, typed: dict[str, str]) -> None:
    """Fields by name, of whatever kind each is; the first where a page has several forms."""
    for name, text in typed.items():
        field = within.locator(f'[name="{name}"]').first
        kind = await field.evaluate("field => field.type")
        if kind == "select-one":
            await field.select_option(text)
        elif kind == "radio":
            await within.locator(f'[name="{name}"][value="{text}"]').check()
        elif kind == "checkbox":
            await field.set_checked(text == "yes")
        else:
            await field.fill(text)


async def press(page: Page, button: str, within: Locator | None = None) -> None:
    """A button that sends a form; waits until its answer is here."""
    found = (within or page).locator(f"button[type=submit]:visible:text-is('{button}')").first
    async with page.expect_navigation(wait_until="domcontentloaded"):
        await found.click()


async def follow(page: Page, link: str) -> None:
    async with page.expect_navigation(wait_until="domcontentloaded"):
        await page.locator(f"main a:has-text('{link}')").first.click()


async def told(page: Page, words: str) -> None:
    """The page says so in its notice; what it says instead stands in the failure."""
    notice = await page.locator("#notices").inner_text()
    if words not in notice:
        raise AssertionError(f"{notice!r}\n{await page.locator('main').inner_text()}")


async def send(page: Page, button: str, answer: str, within: Locator | None = None) -> None:
    await press(page, button, within)
    await told(page, answer)


async def agree(page: Page, action: str, answer: str = "") -> None:
    """An action that asks first."""
    await page.locator(f"details.confirm > summary:has-text('{action}')").first.click()
    await press(page, f"Đồng ý: {action}")
    if answer:
        await told(page, answer)


async def refused(page: Page) -> str:
    """Why the form that just came back was not taken."""
    return await page.locator("#refusal, main .error").first.inner_text()


async def fits(page: Page) -> None:
    """A phone shows it without scrolling sideways, and which of the tabs it is."""
    assert await page.evaluate("document.documentElement.scrollWidth") == PHONE, page.url
    for tab in await page.locator(".tabs [aria-current]").all():
        left, right = await tab.evaluate(
            "tab => (({left, right}) => [left, right])(tab.getBoundingClientRect())"
        )
        assert 0 <= left < right <= PHONE, page.url


async def texts(page: Page, selector: str) -> list[str]:
    return await page.locator(selector).all_inner_texts()
