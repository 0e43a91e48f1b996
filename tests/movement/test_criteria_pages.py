"""The builder in the browser: reading for everybody, forms that keep what was typed."""

from __future__ import annotations

import re
from io import BytesIO

import pytest
from pypdf import PdfReader

from app.kernel.indicators import registered
from app.movement.queries.criteria import criteria_set
from tests import cast
from tests.conftest import Browser, World
from tests.movement.criteria_builder import add, change, codes, edits, judged, measured, new_set

pytestmark = pytest.mark.anyio

CRITERION = {
    "kind": "judged",
    "code": "x1",
    "title": "Tự học",
    "text": "Nội dung tự học",
    "max_points": "12,5",
}
LEVELS = {
    "band_from_0": "0",
    "band_to_0": "5",
    "band_label_0": "Khá",
    "band_from_3": "6",
    "band_to_3": "12,5",
    "band_label_3": "Tốt",
}


def errors(page: str) -> list[str]:
    return re.findall(r'<p class="error" id="(?:f-)?([a-z_0-9]+)-error"', page)


async def submit(
    browser: Browser, set_id: int, data: dict[str, str], path: str = "criteria"
) -> tuple[int, str]:
    seen = {"edits": str(await edits(set_id))}
    answer = await browser.form(f"/criteria-sets/{set_id}/{path}", seen | data)
    return answer.status_code, answer.text


async def test_everybody_reads_and_only_the_secretary_finds_buttons(world: World) -> None:
    set_id = await new_set(world, origin="default")
    for login in cast.CAST:
        async with world.client(login) as browser:
            page = await browser.get(f"/criteria-sets/{set_id}")
            assert page.status_code == 200
            assert "đề cao tính chủ động, sáng tạo trong học tập" in page.text
            assert (f"/criteria-sets/{set_id}/criteria/new" in page.text) is (login == "secretary")
            new = await browser.get(f"/criteria-sets/{set_id}/criteria/new")
            assert new.status_code == (200 if login == "secretary" else 404)
            listed = await browser.get(f"/movements/{world.ids['movement']}/criteria")
            assert listed.status_code == 200
            assert ("Lập phiên bản mới" in listed.text) is (login == "secretary")


async def test_a_set_is_created_from_each_origin(world: World) -> None:
    path = f"/movements/{world.ids['movement']}/criteria"
    async with world.client("secretary") as browser:
        origins = (("empty", 5), ("default", 9), (str(world.ids["set:individual"]), 9))
        for newest, (origin, n) in enumerate(origins, start=1):
            data = {"subject": "individual", "name": "Bộ 2026", "origin": origin}
            data["newest"] = str(newest)
            answer = await browser.form(path, data)
            assert answer.status_code == 303
            set_id = int(answer.headers["location"].rpartition("/")[2])
            assert len(codes(await criteria_set(set_id))) == n
        wrong = await browser.form(path, {"subject": "individual", "name": "", "origin": "nowhere"})
        assert wrong.status_code == 422
        assert len(re.findall(r'class="error"', wrong.text)) == 2
        foreign = {"subject": "individual", "name": "Tên giữ lại", "newest": "4"}
        foreign["origin"] = str(world.ids["set:collective"])
        answer = await browser.form(path, foreign)
        assert answer.status_code == 422
        assert "Tên giữ lại" in answer.text


async def test_a_judged_criterion_with_levels_is_written_and_shown_again(world: World) -> None:
    set_id = await new_set(world)
    async with world.client("secretary") as browser:
        assert (await submit(browser, set_id, CRITERION | LEVELS))[0] == 303
        (found,) = (await criteria_set(set_id)).facts.criteria
        assert [(b.label, str(b.points_from), str(b.points_to)) for b in found.bands] == [
            ("Tốt", "6.00", "12.50"),
            ("Khá", "0.00", "5.00"),
        ]
        assert found.code == "X1"
        page = (await browser.get(f"/criteria-sets/{set_id}/criteria/{found.id}")).text
        assert 'name="band_to_0" value="12,5"' in page
        assert 'name="max_points" type="text" value="12,5"' in page


@pytest.mark.parametrize(
    ("typed", "function"),
    [
        (
            {"function": "linear", "linear_zero": "0", "linear_full": "3"},
            '{"full_at":"3","kind":"linear","zero_at":"0"}',
        ),
        (
            {
                "function": "steps",
                "steps_direction": "up",
                "step_at_4": "1",
                "step_points_4": "5",
                "step_at_2": "2",
                "step_points_2": "12,5",
            },
            '{"direction":"up","kind":"steps","steps":[["1","5"],["2","12.5"]]}',
        ),
        (
            {"function": "threshold", "threshold_direction": "down", "threshold_at": "2,5"},
            '{"at":"2.5","direction":"down","kind":"threshold"}',
        ),
        ({"function": "yes_no"}, '{"kind":"yes_no"}'),
    ],
)
async def test_a_measured_criterion_needs_no_code(
    world: World, typed: dict[str, str], function: str
) -> None:
    set_id = await new_set(world)
    data = CRITERION | {"kind": "measured", "indicator": "organization.good_years"} | typed
    async with world.client("secretary") as browser:
        assert (await submit(browser, set_id, data))[0] == 303
        (found,) = (await criteria_set(set_id)).facts.criteria
        assert found.function == function
        # Its form, sent back untouched, changes nothing.
        page = (await browser.get(f"/criteria-sets/{set_id}/criteria/{found.id}")).text
        again = dict(re.findall(r'<input[^>]*name="([a-z_0-9]+)"[^>]* value="([^"]*)"', page))
        again |= dict(re.findall(r'name="([a-z_]+)" value="([^"]*)" checked', page))
        again |= dict(re.findall(r'name="(indicator)".*?value="([^"]*)" selected', page, re.S))
        again |= {"text": "Nội dung tự học"}
        again.pop("evidence_required"), again.pop("proposed"), again.pop("_csrf_token")
        assert (await submit(browser, set_id, again, f"criteria/{found.id}"))[0] == 303
        assert (await criteria_set(set_id)).facts.criteria == (found,)


@pytest.mark.parametrize(
    ("typed", "fields"),
    [
        ({"text": ""}, ["text"]),
        ({"code": "Đ 1"}, ["code"]),
        ({"code": "TAKEN"}, ["code"]),
        ({"max_points": ""}, ["max_points"]),
        ({"max_points": "0"}, ["max_points"]),
        ({"max_points": "90,01"}, ["max_points"]),
        ({"max_points": "nhiều"}, ["max_points"]),
        ({"source": "2147483647"}, ["source"]),
        (LEVELS | {"band_label_0": ""}, ["band_label_0"]),
        (LEVELS | {"band_from_3": ""}, ["band_from_3"]),
        (LEVELS | {"band_to_3": "12"}, ["bands"]),
        ({"kind": "measured", "function": "yes_no"}, ["indicator"]),
        (
            {"kind": "measured", "indicator": "organization.good_share", "function": "yes_no"},
            ["indicator"],
        ),
        ({"kind": "measured", "indicator": "organization.good_years"}, ["function"]),
        (
            {"kind": "measured", "indicator": "organization.good_years", "function": "linear"},
            ["linear_zero", "linear_full"],
        ),
        (
            {
                "kind": "measured",
                "indicator": "organization.good_years",
                "function": "steps",
                "steps_direction": "up",
                "step_at_0": "1",
                "step_points_0": "3",
            },
            ["steps"],
        ),
    ],
)
async def test_each_mistake_stands_beside_its_field_and_the_text_is_kept(
    world: World, typed: dict[str, str], fields: list[str]
) -> None:
    set_id = await new_set(world)
    await add(world, set_id, judged("TAKEN", "10"))
    async with world.client("secretary") as browser:
        status, page = await submit(browser, set_id, CRITERION | typed)
    assert status == 422
    assert errors(page) == fields
    assert ("Nội dung tự học" in page) is ("text" not in typed)
    assert codes(await criteria_set(set_id)) == ["TAKEN"]


async def test_an_unknown_kind_is_asked_for_again(world: World) -> None:
    set_id = await new_set(world)
    async with world.client("secretary") as browser:
        status, page = await submit(browser, set_id, CRITERION | {"kind": "magic"})
    assert (status, errors(page)) == (422, ["kind"])


async def test_a_gate_carries_no_points_whatever_was_typed(world: World) -> None:
    gate = CRITERION | LEVELS | {"kind": "gate", "code": "G1"}
    set_id = await new_set(world)
    async with world.client("secretary") as browser:
        status, text = await submit(browser, set_id, gate | {"code": "X1"})
        assert (status, errors(text)) == (422, ["code"])
        assert (await submit(browser, set_id, gate))[0] == 303
    (found,) = (await criteria_set(set_id)).facts.criteria
    assert (found.kind, found.max_points, found.bands) == ("gate", None, ())


async def test_the_second_tab_keeps_its_text_and_sees_what_changed(world: World) -> None:
    set_id = await new_set(world)
    criterion = await add(world, set_id, judged("X1", "10", text="Bản cũ"))
    mine = CRITERION | {"edits": "1", "text": "Bản của tôi"}
    path = f"/criteria-sets/{set_id}/criteria/{criterion}"
    await change(world, set_id, "X1", judged("X1", "20", text="Bản của người khác"))
    async with world.client("secretary") as browser:
        answer = await browser.form(path, mine)
        assert answer.status_code == 409
        assert "Bản của tôi</textarea>" in answer.text
        refusal = answer.text.partition('id="refusal"')[2].partition("</form>")[0]
        assert "<del>người khác</del>" in refusal
        assert ("<del>20</del>" in refusal, "<ins>12,5</ins>" in refusal) == (True, True)
        # Saved once more, now knowingly.
        (now,) = re.findall(r'name="edits" value="(\d+)"', answer.text)
        assert (await browser.form(path, mine | {"edits": now})).status_code == 303
    assert (await criteria_set(set_id)).facts.criteria[0].text == "Bản của tôi"


async def test_what_was_deleted_meanwhile_can_be_added_again(world: World) -> None:
    set_id = await new_set(world)
    criterion = await add(world, set_id, judged("X1"))
    async with world.client("secretary") as browser:
        await submit(browser, set_id, {}, f"criteria/{criterion}/deletion")
        answer = await browser.form(
            f"/criteria-sets/{set_id}/criteria/{criterion}", CRITERION | {"edits": "1"}
        )
        assert answer.status_code == 409
        assert f'action="/criteria-sets/{set_id}/criteria"' in answer.text
        assert "Nội dung tự học" in answer.text


async def test_a_frozen_set_says_so_and_has_no_forms(world: World) -> None:
    frozen = world.ids["set:individual"]
    async with world.client("secretary") as browser:
        page = (await browser.get(f"/criteria-sets/{frozen}")).text
        assert "Tổng kết năm 2025" in page
        assert "/criteria/new" not in page
        status, text = await submit(browser, frozen, CRITERION)
        assert status == 409
        assert "vui lòng lập phiên bản mới" in text
        renamed = await browser.form(f"/criteria-sets/{frozen}", {"name": "x", "edits": "0"})
        assert renamed.status_code == 409
        gone = await browser.form(f"/criteria-sets/{frozen}/deletion", {"edits": "0"})
        assert gone.status_code == 409


async def test_name_and_note_are_written(world: World) -> None:
    set_id = await new_set(world)
    async with world.client("secretary") as browser:
        path = f"/criteria-sets/{set_id}"
        answer = await browser.form(path, {"name": "", "note": "Giữ", "edits": "0"})
        assert answer.status_code == 422
        assert "Giữ</textarea>" in answer.text
        await browser.form(path, {"name": "Bộ năm 2026", "note": "Thử", "edits": "0"})
    found = (await criteria_set(set_id)).facts
    assert (found.name, found.note) == ("Bộ năm 2026", "Thử")


async def test_previews_show_the_sheet_and_the_dossier(world: World) -> None:
    set_id = await new_set(world)
    await add(world, set_id, judged("A1", "60"))
    await add(world, set_id, measured("A2", "40"))
    async with world.client("staff") as browser:
        member = (await browser.get(f"/criteria-sets/{set_id}/preview?as=member")).text
        assert 'aria-label="Điểm A1"' in member
        assert 'aria-label="Điểm A2"' not in member
        nominee = (await browser.get(f"/criteria-sets/{set_id}/preview?as=nominee")).text
        assert 'name="statement-A1"' in nominee
        assert 'name="statement-A2"' not in nominee
        assert "Tuyến tính: 0 được 0 điểm, 2 được điểm tối đa." in nominee


async def test_the_printed_sheet_holds_every_criterion(world: World) -> None:
    set_id = await new_set(world, "collective", "default")
    async with world.client("staff") as browser:
        answer = await browser.get(f"/criteria-sets/{set_id}/score-sheet.pdf")
    assert answer.headers["content-type"] == "application/pdf"
    pages = PdfReader(BytesIO(answer.content)).pages
    text = re.sub(r"\s+", " ", " ".join(page.extract_text() for page in pages))
    found = (await criteria_set(set_id)).facts
    for word in ("BIỂU ĐIỂM", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Thẩm định", "Hội đồng"):
        assert word in text
    for criterion in found.criteria:
        assert criterion.code in text
    assert pages[0].mediabox.width > pages[0].mediabox.height


async def test_versions_are_compared(world: World) -> None:
    old = world.ids["set:individual"]
    new = await new_set(world, origin=str(old))
    async with world.client("staff") as browser:
        same = (await browser.get(f"/criteria-sets/{new}/comparison")).text
        assert "Hai phiên bản giống nhau" in same
        await change(world, new, "C1", judged("C1", "20", text="Nội dung mới"))
        page = (await browser.get(f"/criteria-sets/{new}/comparison")).text
        assert "<del>C1</del>" in page
        assert "<ins>mới</ins>" in page
        other = world.ids["set:collective"]
        for foreign in (other, 0, "x", 2**31):
            answer = await browser.get(f"/criteria-sets/{new}/comparison?with={foreign}")
            assert answer.status_code in (200, 404)
            assert answer.status_code == 404 or foreign in (0, "x")


async def test_the_registry_names_every_indicator(world: World) -> None:
    async with world.client("staff") as browser:
        page = (await browser.get("/indicators")).text
    for code, indicator in registered().items():
        assert code in page
        assert indicator.name in page


async def test_a_set_that_is_not_there(world: World) -> None:
    async with world.client("secretary") as browser:
        for path in ("", "/preview", "/score-sheet.pdf", "/comparison", "/criteria/new"):
            assert (await browser.get(f"/criteria-sets/999999{path}")).status_code == 404
            assert (await browser.get(f"/criteria-sets/99999999999{path}")).status_code == 404


async def test_a_copy_of_what_an_open_round_uses_leads_to_its_correction(world: World) -> None:
    set_id = await new_set(world, origin=str(world.ids["set:individual"]))
    link = f"/rounds/{world.ids['round_2025']}/corrections/{set_id}"
    # Scoring closes on 5 December; after that the copy is simply next year's.
    for login, day, shown in (
        ("secretary", "2025-12-05", True),
        ("secretary", "2025-12-06", False),
        ("member_1", "2025-12-05", False),
    ):
        async with world.client(login, now=world.at(day)) as browser:
            assert (link in (await browser.get(f"/criteria-sets/{set_id}")).text) is shown
