"""The unit's part: it registers, nominates, submits; the nominee fills the dossier."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from playwright.async_api import FilePayload, Page, expect

from app.nominations import actions
from tests import cast
from tests.conftest import World
from tests.files import spoilt
from tests.journey.launching import printed
from tests.journey.pages import agree, fill, fits, follow, open_part, refused, send, texts

GOOD = FilePayload(name="Giấy chứng nhận.pdf", mimeType="application/pdf", buffer=spoilt.pdf(2))
# A program renamed to look like a paper, and a paper of which only the first half arrived.
BAD = (
    FilePayload(name="Bằng khen.pdf", mimeType="application/pdf", buffer=spoilt.PROGRAM),
    FilePayload(name="Chứng chỉ.pdf", mimeType="application/pdf", buffer=spoilt.pdf(2)[:200]),
)


def achievement(criterion: str, after: str, document: str = "") -> dict[str, str]:
    """What the form of one achievement is given."""
    return {
        "criterion": criterion,
        "statement": f"Được ghi nhận {after} giờ.",
        "last_on": "2025-10-15",
        "before": "2",
        "after": after,
        "quantity_unit": "giờ",
        "document": document,
    }


async def register(page: Page, round_url: str, *people: str) -> None:
    await page.goto(f"{round_url}/registrations")
    await follow(page, "Đăng ký cá nhân")
    for name in people:
        await page.get_by_label(name).check()
    await fill(page, {"goal": "Hoàn thành 40 giờ tự học có ghi nhận."})
    await send(page, "Đăng ký", "Đã ghi đăng ký thi đua.")
    for name in people:
        await expect(page.locator("#registrations")).to_contain_text(name)


async def nominate(page: Page, round_url: str, name: str) -> str:
    """The path of the dossier, made from what was registered."""
    await page.goto(f"{round_url}/registrations")
    row = page.locator("#registrations tr", has_text=name)
    async with page.expect_navigation(wait_until="domcontentloaded"):
        await row.get_by_role("button", name="Lập đề nghị").click()
    return page.url.partition("?")[0]


async def write(page: Page, dossier: str) -> None:
    """Figures, which gate one asks for, and the paper that is owed where something is attested."""
    await page.goto(dossier)
    for each in (("C1", "45,5"), ("C1", "9"), ("C3", "30", "Giấy xác nhận số 12/GXN-KV1")):
        await open_part(page, "Thêm minh chứng")
        await fill(page.locator("#evidence"), achievement(*each))
        await send(page, "Thêm minh chứng", "Đã thêm minh chứng.")


async def upload(page: Page, dossier: str) -> None:
    """On a phone: bad files are refused by name, the good one is taken."""
    await page.goto(f"{dossier}/files?to=criterion:C1")
    await fits(page)
    await page.set_input_files("[name=files]", list(BAD))
    await page.locator("#add button[type=submit]").click()
    await page.wait_for_selector("#add .error")
    why = await refused(page)
    assert [str(bad["name"]) for bad in BAD if str(bad["name"]) not in why] == []
    await fits(page)
    await page.set_input_files("[name=files]", [GOOD])
    await send(page, "Tải lên", "Đã thêm tệp.")
    assert await texts(page, "#files a") == ["Giấy chứng nhận.pdf"]
    await fits(page)


async def give_points(page: Page, dossier: str, column: str, *points: str) -> None:
    """Everything but the measured criterion, in their order; the others' text is the sum."""
    await page.goto(f"{dossier}/points?column={column}")
    fields = page.locator("#points input")
    assert await fields.count() == len(points)
    for position, given in enumerate(points):
        await fields.nth(position).fill(given)
    await send(page, "Lưu điểm", "Đã lưu điểm.")


async def keep_minutes(page: Page, round_url: str, votes: dict[str, tuple[str, str]]) -> None:
    """Peer review: who was there, how many for and against each."""
    await page.goto(f"{round_url}/peer-reviews")
    await follow(page, "Ghi biên bản")
    await fill(
        page,
        {
            "number": "03/BB-KV1",
            "held_on": "2025-11-04",
            "locality": "Lạng Sơn",
            "place": "Hội trường tầng 2",
            "chair": "Người dùng kv_head",
            "secretary": "Người dùng kv_officer",
            "members_total": "12",
            "members_present": "11",
            "discussion": "Hội nghị nhất trí về mức độ hoàn thành.",
        },
    )
    for name, (agree_votes, disagree) in votes.items():
        await page.get_by_label(f"Đồng ý: {name}", exact=True).fill(agree_votes)
        await page.get_by_label(f"Không đồng ý: {name}", exact=True).fill(disagree)
    await send(page, "Ghi biên bản", "Đã ghi biên bản bình xét.")
    paper = await printed(page, f"{page.url.partition('?')[0]}/minutes.pdf")
    assert [name for name in votes if name not in paper] == []


async def submit(page: Page, dossier: str) -> None:
    await page.goto(dossier)
    await agree(page, "Nộp hồ sơ", "Đã nộp hồ sơ.")


async def attest(page: Page, dossier: str, gate: str) -> None:
    await page.goto(dossier)
    section = page.locator(f"#gate-{gate}")
    await section.locator("details > summary").click()
    await fill(section, {"positive": "yes", "statement": "Đã kiểm tra, xác nhận."})
    async with page.expect_navigation(wait_until="domcontentloaded"):
        await section.locator("button[type=submit]").click()
    assert "Đã ghi xác nhận." in await page.locator("#notices").inner_text()


async def withdraw(page: Page, dossier: str) -> None:
    await page.goto(f"{dossier}/route")
    await open_part(page, "Rút đề nghị")
    await page.fill("#withdrawal-reason", "Cá nhân xin rút để nhường cho đồng nghiệp.")
    await send(page, "Rút đề nghị", "Đã rút đề nghị.")


async def print_papers(page: Page, dossier: str, name: str, total: str) -> None:
    """The report and the score sheet as the unit prints them."""
    report = await printed(page, f"{dossier}/report.pdf")
    sheet = await printed(page, f"{dossier}/score-sheet.pdf")
    assert name in report
    assert name in sheet
    assert "03/BB-KV1" in report
    assert total in sheet


async def prepared(world: World, now: datetime, round_id: int, person: str, unit: str) -> int:
    """A draft with what is owed, by the actions the pages call; submitted from the province."""
    officer = await world.actor("kv_officer" if unit == "kv_1" else "officer", now)
    made = await actions.nominate_person(
        round_id, world.ids[person], world.ids[unit], "Chủ động tự học.", actor=officer, now=now
    )
    for code, after, document in (("C1", "12", ""), ("C3", "30.5", "Giấy xác nhận số 8")):
        entry = ("Hoàn thành khóa học.", Decimal(3), Decimal(after), "giờ", document)
        await actions.add_evidence(made, code, *entry, days=cast.WORKED, actor=officer, now=now)
    if unit != "kv_1":
        await actions.submit(made, actor=officer, now=now)
    return made
