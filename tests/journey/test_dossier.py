"""One dossier from registration to the council's office, each step by whoever it belongs to."""

from __future__ import annotations

import asyncio

import pytest
from playwright.async_api import FilePayload, Page, expect

from app.accounts import actions as accounts
from app.kernel.actor import Role
from app.reports.invariants import broken
from tests import cast
from tests.conftest import World
from tests.files import spoilt
from tests.journey.site import PHONE, Site, served
from tests.journey.steps import grant_everything
from tests.nominations.routed import on_its_way, routed_round, standing

pytestmark = pytest.mark.anyio


async def test_a_dossier_goes_up_all_levels(world: World) -> None:
    await grant_everything(world)
    await routed_round(
        world,
        registration_open_on=cast.at("2025-10-20").date(),
        registration_close_on=cast.at("2025-11-12").date(),
    )
    await _nominee(world)
    stopped = await on_its_way(world, "dung")
    async with served(world) as site:
        dossier = await _play(world, site, stopped)
    assert site.complaints == []
    assert (await standing(dossier)).stage == "office"
    assert (await standing(stopped)).stage == "refused"
    # The round with levels lies beside the cast's own; nothing else is amiss.
    assert await broken() == ["overlapping-annual-rounds: VKS-2025 VKS-2025-CAP"]


async def _nominee(world: World) -> None:
    """Chi's own sign-in."""
    account = await accounts.create_account(
        None,
        login="chi",
        name="Nông Thị Chi",
        password=world.password,
        person_id=world.ids["chi"],
        now=world.now,
    )
    await accounts.grant(None, account, Role.STAFF, world.ids["kv_1"], cast.START, now=world.now)


async def _play(world: World, site: Site, stopped: int) -> int:
    round_url = f"{site.base}/rounds/{world.ids['routed']}"
    logins = ("kv_officer", "kv_head", "head", "appraiser")
    officer, kv_head, head, appraiser = await asyncio.gather(*map(site.signed_in, logins))
    nominee = await site.signed_in("chi", width=PHONE)
    dossier = await _registered(officer, round_url)
    await _written(nominee, dossier)
    await _submitted(officer, dossier)
    await _attested(kv_head, dossier, "G4")
    await _sent_on(kv_head, round_url, count=2)
    await _stopped(head, f"{site.base}/nominations/{stopped}")
    await _sent_on(head, round_url, count=1)
    await _asked(appraiser, round_url)
    await _answered(nominee, dossier)
    await _appraised(appraiser, dossier)
    await _listed(appraiser, round_url)
    return int(dossier.rpartition("/")[2])


async def _registered(page: Page, round_url: str) -> str:
    await page.goto(f"{round_url}/registrations/new?subject=individual")
    await page.get_by_label("Nông Thị Chi").check()
    await page.fill("[name=goal]", "Hoàn thành 40 giờ tự học có ghi nhận.")
    await page.click("button:has-text('Đăng ký')")
    await page.wait_for_selector("text=Đã ghi đăng ký thi đua.")
    await page.click("button:has-text('Lập đề nghị')")
    await page.wait_for_url("**/nominations/*")
    return page.url.partition("?")[0]


async def _written(page: Page, dossier: str) -> None:
    """The nominee on a phone: what was done, its paper, the own points."""
    await page.goto(dossier)
    for after in ("45,5", "9"):
        await page.click("summary:has-text('Thêm minh chứng')")
        await page.select_option("[name=criterion]", "C1")
        await page.fill("[name=statement]", f"Tự học được ghi nhận {after} giờ.")
        await page.fill("[name=last_on]", "2025-10-15")
        await page.fill("[name=before]", "2")
        await page.fill("[name=after]", after)
        await page.fill("[name=quantity_unit]", "giờ")
        await page.click("button:has-text('Thêm minh chứng')")
        await page.wait_for_selector("text=Đã thêm minh chứng.")
    await _fits(page)
    await page.goto(f"{dossier}/files?to=criterion:C1")
    paper = FilePayload(
        name="Giấy chứng nhận.pdf", mimeType="application/pdf", buffer=spoilt.pdf(2)
    )
    await page.set_input_files("[name=files]", [paper])
    await page.click("button:has-text('Tải lên')")
    await page.wait_for_selector("a:has-text('Giấy chứng nhận.pdf')")
    await _fits(page)
    await _points(page, f"{dossier}/points?column=self", ("22,5", "35", "18", "12"), "87,5")
    await _fits(page)


async def _points(page: Page, url: str, points: tuple[str, ...], total: str) -> None:
    await page.goto(url)
    for number, given in enumerate(points, start=1):
        await page.fill(f"[name=C{number}]", given)
    await page.click("button:has-text('Lưu điểm')")
    await page.wait_for_selector("text=Đã lưu điểm.")
    await expect(page.locator("#points tbody tr").last.locator(f"text={total}")).to_be_visible()


async def _submitted(page: Page, dossier: str) -> None:
    await _points(page, f"{dossier}/points?column=unit", ("21", "35", "18", "12"), "86")
    await page.goto(dossier)
    await page.click("summary:has-text('Nộp hồ sơ')")
    await page.click("button:has-text('Nộp hồ sơ')")
    await page.wait_for_selector("text=Đã nộp hồ sơ.")


async def _attested(page: Page, dossier: str, gate: str) -> None:
    await page.goto(dossier)
    section = page.locator(f"#gate-{gate}")
    await section.locator("details summary").click()
    await section.get_by_label("Đạt điều kiện", exact=True).check()
    await section.locator("[name=statement]").fill("Đã kiểm tra, xác nhận.")
    await section.locator("button[type=submit]").click()
    await page.wait_for_selector("text=Đã ghi xác nhận.")


async def _sent_on(page: Page, round_url: str, *, count: int) -> None:
    """Everything that waits; boxes of those whose gates hold are ticked by hand."""
    await page.goto(f"{round_url}/endorsement")
    boxes = page.locator("#candidates input[type=checkbox]")
    assert await boxes.count() == count
    for position in range(count):
        await boxes.nth(position).check()
    await page.click("button:has-text('Xem lại hồ sơ đã chọn')")
    await page.fill("[name=paper_number]", "12/TTr-VKS")
    await page.click(f"button:has-text('Trình {count} hồ sơ')")
    await page.wait_for_selector("text=Đã trình danh sách.")


async def _stopped(page: Page, dossier: str) -> None:
    await page.goto(f"{dossier}/route")
    await page.click("summary:has-text('Không trình tiếp')")
    await page.fill("#refusal-reason", "Thành tích chưa vượt mức bình quân của đơn vị.")
    await page.click("button:has-text('Không trình tiếp')")
    await page.wait_for_selector("text=Đã ghi: không trình tiếp hồ sơ.")


async def _asked(page: Page, round_url: str) -> None:
    await page.goto(f"{round_url}/appraisal")
    await page.click("#desk a:has-text('Nông Thị Chi')")
    await page.select_option("[name=item]", "criterion:C1")
    await page.fill("[name=question]", "Số giờ tự học tính từ tháng nào?")
    await page.click("button:has-text('Gửi yêu cầu')")
    await page.wait_for_selector("text=Đã gửi yêu cầu bổ sung.")


async def _answered(page: Page, dossier: str) -> None:
    """What was asked about is open again, and nothing else."""
    await page.goto(f"{dossier}/points?column=self")
    fields = await page.locator("#points input").evaluate_all("all => all.map(one => one.name)")
    assert fields == ["C1"]
    await page.goto(f"{dossier}/items")
    await page.fill("[name=answer]", "Tính từ ngày 01/12/2024, theo sổ theo dõi học tập.")
    await page.click("button:has-text('Gửi trả lời')")
    await page.wait_for_selector("text=Đã gửi trả lời.")
    await _fits(page)


async def _appraised(page: Page, dossier: str) -> None:
    await page.goto(f"{dossier}/items")
    await page.click("button:has-text('Chấp nhận trả lời')")
    await page.wait_for_selector("text=Đã kết thúc yêu cầu bổ sung.")
    await _points(page, f"{dossier}/points?column=appraisal", ("20", "34", "18", "12"), "84")
    await _attested(page, dossier, "G1")
    assert await page.locator("#gates .verdict-outcome").all_inner_texts() == ["Đạt"] * 5


async def _listed(page: Page, round_url: str) -> None:
    for state, name in (("office", "Nông Thị Chi"), ("refused", "Đặng Đình Dũng")):
        await page.goto(f"{round_url}/nominations?state={state}")
        assert await page.locator("main tbody th a").all_inner_texts() == [name]


async def _fits(page: Page) -> None:
    assert await page.evaluate("document.documentElement.scrollWidth") == PHONE
