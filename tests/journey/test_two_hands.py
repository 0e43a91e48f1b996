"""What real hands do to forms: twice, in two tabs, at midnight, with the back button."""

from __future__ import annotations

import asyncio
from datetime import date, timedelta

import pytest
from playwright.async_api import FilePayload, Page, expect

from app.nominations.actions.withdrawing import withdraw
from app.nominations.rules.routing import Standing
from app.nominations.tables import EvidenceItem
from app.organization.tables import Posting
from app.reports.invariants import broken
from tests.conftest import World
from tests.files import spoilt
from tests.journey.pages import agree, fill, open_part, press, refused, send, texts
from tests.journey.preparing import achievement
from tests.journey.site import Site, served
from tests.nominations.prepared import add_proofs, draft_person
from tests.nominations.routed import on_its_way, routed_round, standing

pytestmark = pytest.mark.anyio
MERGER = {
    "event": "merge",
    "day": "10/11/2025",
    "others": "cb-kv-1",
    "code": "kv-9",
    "unit_kind": "regional",
    "name": "Viện kiểm sát nhân dân khu vực 9",
    "parent": "lang-son",
}
TYPED = "Viết trong một buổi tối, không lưu ở đâu khác."


async def test_one_dossier_in_two_hands(world: World) -> None:
    """Each of these would be a site of its own; one browser does for all."""
    nomination = await draft_person(world)
    other = await draft_person(world, "binh")
    for draft in (nomination, other):
        await add_proofs(world, draft, "individual")
    async with served(world) as site:
        officer, nominee = await asyncio.gather(*map(site.signed_in, ("officer", "staff")))
        dossier = f"{site.base}/nominations/{nomination}"
        await _pressed_twice(officer, dossier)
        await _two_people(officer, nominee, dossier)
        await _two_tabs(officer, dossier)
        await _named_like_a_path(nominee, dossier)
        await _back_after_sending(officer, f"{site.base}/nominations/{other}")
        await _over_while_typing(world, site, dossier)
    assert site.complaints == []
    assert await broken() == []


async def _pressed_twice(page: Page, dossier: str) -> None:
    before = await EvidenceItem.count()
    await page.goto(dossier)
    await open_part(page, "Thêm minh chứng")
    await fill(page.locator("#evidence"), achievement("C2", "7"))
    async with page.expect_navigation(wait_until="domcontentloaded"):
        await page.locator("#evidence button[type=submit]").last.dblclick()
    await expect(page.locator("#evidence")).to_contain_text("Được ghi nhận 7 giờ.")
    assert await EvidenceItem.count() == before + 1


async def _two_people(officer: Page, nominee: Page, dossier: str) -> None:
    """Both fill in the own points: the second sees the first's beside what was typed."""
    url = f"{dossier}/points?column=self"
    for page in (officer, nominee):
        await page.goto(url)
    await fill(officer, {"C1": "20"})
    await send(officer, "Lưu điểm", "Đã lưu điểm.")
    await fill(nominee, {"C1": "22,5", "note": TYPED})
    await press(nominee, "Lưu điểm")
    assert "đang lưu: 20" in await nominee.locator("#points").inner_text()
    assert await nominee.locator("[name=C1]").input_value() == "22,5"
    assert await nominee.locator("[name=note]").input_value() == TYPED
    await send(nominee, "Lưu phần tôi nhập", "Đã lưu điểm.")
    assert await nominee.locator("[name=C1]").input_value() == "22,5"


async def _two_tabs(page: Page, dossier: str) -> None:
    """One achievement open twice; withdrawn in one tab, its new words are not lost in the other."""
    other = await page.context.new_page()
    for tab in (page, other):
        await tab.goto(dossier)
        async with tab.expect_navigation(wait_until="domcontentloaded"):
            await tab.get_by_role("link", name="Sửa hoặc rút: Được ghi nhận 7 giờ.").click()
    await fill(page, {"statement": "Bản của thẻ thứ nhất."})
    await send(page, "Lưu", "Đã lưu minh chứng.")
    await fill(other, {"statement": TYPED})
    await press(other, "Lưu")
    assert "Bản của thẻ thứ nhất." in await refused(other)
    assert await other.locator("[name=statement]").input_value() == TYPED
    await send(other, "Lưu phần tôi nhập", "Đã lưu minh chứng.")
    await expect(other.locator("#evidence")).to_contain_text(TYPED)
    await other.close()


async def _named_like_a_path(page: Page, dossier: str) -> None:
    await page.goto(f"{dossier}/files?to=criterion:C1")
    paper = FilePayload(name="../../x.pdf", mimeType="application/pdf", buffer=spoilt.pdf(1))
    await page.set_input_files("[name=files]", [paper])
    await send(page, "Tải lên", "Đã thêm tệp.")
    assert await texts(page, "#files a") == ["x.pdf"]


async def _back_after_sending(page: Page, dossier: str) -> None:
    """Sent, then back: the page that comes offers no second sending."""
    await page.goto(dossier)
    await agree(page, "Nộp hồ sơ", "Đã nộp hồ sơ.")
    await page.go_back(wait_until="domcontentloaded")
    assert page.url == dossier
    await expect(page.locator("#submission")).to_have_count(0)


async def _over_while_typing(world: World, site: Site, dossier: str) -> None:
    """The last day ends between opening the form and sending it."""
    site.now = world.at("2025-11-20") + timedelta(hours=14, minutes=59)
    page = await site.signed_in("officer")
    await page.goto(dossier)
    await open_part(page, "Thêm minh chứng")
    await fill(page.locator("#evidence"), achievement("C2", "8") | {"statement": TYPED})
    site.now += timedelta(minutes=2)
    await press(page, "Thêm minh chứng", page.locator("#evidence"))
    assert "hết" in (await refused(page)).lower()
    assert await page.locator("#evidence [name=statement]").input_value() == TYPED
    assert await page.locator("#evidence [name=after]").input_value() == "8"


async def test_units_and_lists_that_change_under_a_form(world: World) -> None:
    await routed_round(world)
    chi, dung = [await on_its_way(world, person) for person in ("chi", "dung")]
    async with served(world) as site:
        head = await site.signed_in("kv_head")
        round_url = f"{site.base}/rounds/{world.ids['routed']}"
        await _withdrawn_meanwhile(world, head, round_url, chi)
        await _merged_meanwhile(world, head, round_url, dung)
        await _moved_meanwhile(world, site)
        await _list_by_parts(site, round_url)
    assert site.complaints == []
    assert await broken() == []


async def _withdrawn_meanwhile(world: World, head: Page, round_url: str, gone: int) -> None:
    """One of the list is withdrawn while its letter is typed."""
    await head.goto(f"{round_url}/endorsement")
    for box in await head.locator("#candidates input[type=checkbox]").all():
        await box.check()
    await press(head, "Xem lại hồ sơ đã chọn")
    officer = await world.actor("kv_officer")
    await withdraw(gone, "Cá nhân xin rút.", actor=officer, now=world.now)
    await fill(head, {"paper_number": "12/TTr-KV1"})
    await press(head, "Trình 2 hồ sơ")
    assert "1 hồ sơ không còn chờ ở cấp này (CN-2025-0001)" in await refused(head)
    assert await head.locator("[name=paper_number]").input_value() == "12/TTr-KV1"


async def _merged_meanwhile(world: World, head: Page, round_url: str, left: int) -> None:
    """The level itself is merged into another unit between choosing and sending: who headed it
    still answers for what waits there."""
    await head.goto(f"{round_url}/endorsement")
    await head.locator("#candidates input[type=checkbox]").check()
    await press(head, "Xem lại hồ sơ đã chọn")
    async with world.client("administrator") as browser:
        answer = await browser.form(f"/units/{world.ids['kv_1']}/events", MERGER)
        assert answer.status_code == 303, answer.text
    await fill(head, {"paper_number": "13/TTr-KV1"})
    await send(head, "Trình 1 hồ sơ", "Đã trình danh sách.")
    assert await standing(left) == Standing("route", world.ids["lang_son"])


async def _moved_meanwhile(world: World, site: Site) -> None:
    """Whoever is being nominated was posted elsewhere while the form was filled in."""
    page = await site.signed_in("officer")
    await page.goto(f"{site.base}/rounds/{world.ids['round_2025']}/nominations/new")
    await page.get_by_label("Hoàng Văn Ánh").check()
    await fill(page, {"achievement": TYPED})
    await _post_elsewhere(world.ids["anh"], world.ids["cao_bang"], date(2025, 11, 10))
    await press(page, "Lập đề nghị")
    assert "hiện không công tác tại đơn vị này" in await refused(page)
    assert await page.locator("[name=achievement]").input_value() == TYPED


async def _post_elsewhere(person: int, unit: int, day: date) -> None:
    await Posting.update({Posting.valid_to: day - timedelta(days=1)}).where(
        Posting.person == person
    )
    await Posting(person=person, unit=unit, post="Kiểm sát viên", valid_from=day).save()


async def _list_by_parts(site: Site, round_url: str) -> None:
    """A filtered list is swapped in, has an address, and the back button brings the whole back."""
    page = await site.signed_in("secretary")
    await page.goto(f"{round_url}/nominations")
    await page.evaluate("window.untouched = true")
    whole = await texts(page, "#nomination-list tbody th a")
    await page.fill("#filter-q", "dung dang")
    await page.locator("#nomination-list button[type=submit]").click()
    await page.wait_for_url("**q=dung*")
    await expect(page.locator("#nomination-list tbody th a")).to_have_count(1)
    assert await page.evaluate("window.untouched")
    await page.go_back()
    await expect(page.locator("#nomination-list tbody th a")).to_have_count(len(whole))
    assert await page.locator("#filter-q").input_value() == ""
