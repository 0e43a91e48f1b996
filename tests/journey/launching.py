"""The council secretary's part before anybody nominates: movement, criteria, round."""

from __future__ import annotations

import io

import pypdf
from playwright.async_api import Page

from tests.journey.pages import agree, fill, follow, open_part, press, send, texts

GATE = "G4"
JUDGED = {
    "kind": "judged",
    "code": "C1",
    "title": "Tự học",
    "text": "Số giờ tự học có ghi nhận, tăng so với năm trước.",
    "help": "Tính cả khóa học trực tuyến có chứng nhận.",
    "max_points": "40",
    "evidence_required": "yes",
    "band_from_0": "30",
    "band_to_0": "40",
    "band_label_0": "Xuất sắc",
    "band_description_0": "Từ 40 giờ trở lên",
    "band_from_1": "0",
    "band_to_1": "29",
    "band_label_1": "Có cố gắng",
}
MEASURED = {
    "kind": "measured",
    "code": "C2",
    "title": "Hoàn thành nhiệm vụ",
    "text": "Số năm được xếp loại hoàn thành tốt nhiệm vụ trở lên.",
    "max_points": "20",
    "indicator": "organization.good_years",
    "function": "linear",
    "linear_zero": "0",
    "linear_full": "1",
}
ATTESTED = {
    "kind": "attested",
    "code": "C3",
    "title": "Giúp đồng nghiệp",
    "text": "Kèm cặp đồng nghiệp mới, có xác nhận của đơn vị.",
    "max_points": "20",
}
PLAIN = {
    "kind": "judged",
    "code": "C4",
    "title": "Lan tỏa",
    "text": "Vận động người thân cùng học.",
}
CRITERIA = (JUDGED, MEASURED, ATTESTED, {**PLAIN, "max_points": "20"})
DAYS = {
    "registration_open_on": "10/02/2025",
    "registration_close_on": "15/03/2025",
    "nominations_open_on": "20/10/2025",
    "nominations_close_on": "12/11/2025",
    "endorsement_close_on": "15/11/2025",
    "appraisal_close_on": "24/11/2025",
    "scoring_close_on": "19/12/2025",
    "session_on": "26/12/2025",
    "decision_on": "31/12/2025",
}


async def launch(page: Page, base: str) -> str:
    """The movement's path, with its plan and the paper it rests on."""
    await page.goto(f"{base}/movements")
    await follow(page, "Lập phong trào")
    await fill(
        page,
        {
            "name": "Cả cơ quan học tập suốt đời giai đoạn 2025 - 2030",
            "code": "HTSD-2025",
            "plan": "Kế hoạch số 07/KH-VKSTC ngày 06/01/2025",
            "launched_by": "root",
            "launched_on": "10/01/2025",
            "summary": "Mỗi người một kế hoạch học tập, mỗi đơn vị một tủ sách.",
        },
    )
    await send(page, "Lập phong trào", "Đã lập phong trào.")
    movement = page.url
    await follow(page, "Sửa phong trào")
    await open_part(page, "Thêm văn bản chưa có trong danh mục")
    await fill(
        page.locator("#sources"),
        {
            "number": "Quyết định số 1373/QĐ-TTg",
            "title": "Quyết định phê duyệt Đề án Xây dựng xã hội học tập",
            "issuer": "Thủ tướng Chính phủ",
            "signed_on": "30/07/2021",
        },
    )
    await send(page, "Thêm văn bản", "Đã thêm văn bản vào danh mục và căn cứ.")
    await page.goto(movement)
    facts = " ".join(await texts(page, ".facts"))
    assert "1373/QĐ-TTg" in facts
    assert "07/KH-VKSTC" in facts
    return movement


async def build_criteria(page: Page, movement: str) -> str:
    """For people from nothing but the gates, for collectives from last year's; the first's path."""
    await page.goto(f"{movement}/criteria")
    origins = await page.locator("#origin-collective option").all_text_contents()
    copied = next(label for label in origins if "Mẫu đề xuất (collective)" in label)
    await _new_set(page, "collective", "Tập thể học tập 2025", copied)
    await page.goto(f"{movement}/criteria")
    await _new_set(page, "individual", "Công dân học tập 2025", "Bộ trống, chỉ có năm điều kiện")
    criteria = page.url
    for criterion in CRITERIA:
        await follow(page, "Thêm tiêu chí")
        await fill(page, criterion)
        await send(page, "Lưu tiêu chí", "Đã lưu tiêu chí.")
    await _write_gate(page)
    assert "đủ 100 điểm" in await page.locator(".tiles").inner_text()
    for seen, words in (("member", "hệ thống đo"), ("nominee", "Đơn vị không phải nhập")):
        await page.goto(f"{criteria}/preview?as={seen}")
        assert words in await page.locator("main").inner_text()
    sheet = await printed(page, f"{criteria}/score-sheet.pdf")
    assert [c["code"] for c in CRITERIA if c["text"] not in sheet] == []
    return criteria


async def _new_set(page: Page, subject: str, name: str, origin: str) -> None:
    panel = page.locator(f"#sets-{subject}")
    await open_part(panel, "Lập phiên bản mới")
    await fill(panel, {"name": name})
    await panel.locator("[name=origin]").select_option(label=origin)
    await send(page, "Lập phiên bản", "Đã lập phiên bản mới.", panel)


async def _write_gate(page: Page) -> None:
    row = page.locator("#criteria-table tr", has=page.locator(f"th:has-text('{GATE}')"))
    async with page.expect_navigation(wait_until="domcontentloaded"):
        await row.get_by_role("link", name="Sửa").click()
    await fill(page, {"text": "Nội bộ đoàn kết, có xác nhận của thủ trưởng đơn vị."})
    await send(page, "Lưu tiêu chí", "Đã lưu tiêu chí.")


async def plan_round(page: Page, movement: str) -> str:
    """The annual round with its calendar and protocol, not opened."""
    await page.goto(movement)
    await follow(page, "Lập đợt xét")
    await fill(
        page,
        {
            "name": "Tổng kết học tập năm 2025",
            "code": "HTSD-2025-N",
            "achievements_from": "01/12/2024",
            "achievements_to": "30/11/2025",
        },
    )
    await page.locator("[name=award_form]").select_option(label="Giấy khen")
    await send(page, "Lập đợt xét", "Đã lập đợt xét.")
    round_url = page.url.partition("#")[0]
    await follow(page, "Định lịch")
    await fill(page, DAYS)
    await send(page, "Lưu", "Đã lưu lịch của đợt xét.")
    await page.goto(f"{round_url}/protocol")
    await fill(page, {"min_members": "2", "g2_individual": "no", "g2_collective": "no"})
    await fill(page, {"endorse_regional": "yes", "endorse_province": "yes"})
    await press(page, "Xem trước")
    assert "không yêu cầu sáng kiến" in await page.locator("#preview").inner_text()
    await press(page, "Lưu")
    return round_url


async def open_round(page: Page, round_url: str) -> str:
    """The hash of the criteria it is judged by from now on."""
    await page.goto(round_url)
    await agree(page, "Mở đợt xét")
    await page.goto(round_url)
    shown = page.locator("#protocol dt:has-text('Mã băm tiêu chí') + dd code")
    hashed = await shown.get_attribute("title") or ""
    assert len(hashed) == 64
    return hashed


async def printed(page: Page, url: str) -> str:
    """The words of a PDF the page offers, in one line."""
    answer = await page.context.request.get(url)
    assert answer.ok, url
    pages = pypdf.PdfReader(io.BytesIO(await answer.body())).pages
    return " ".join(" ".join(each.extract_text() for each in pages).split())
