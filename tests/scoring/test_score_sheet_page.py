from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

import pytest

from app.accounts.tables import RoleHeld
from app.scoring.actions import save_marks
from tests.conftest import World
from tests.scoring import given

pytestmark = pytest.mark.anyio

FULL = dict(given.INDIVIDUAL)


def page_of(world: World, more: str = "") -> str:
    return f"/rounds/{world.ids['round_2025']}/score-sheet{more}"


def row_of(text: str, nomination: int) -> str:
    found = re.search(rf'<tbody id="row-{nomination}".*?</tbody>', text, re.DOTALL)
    assert found, text
    return found[0]


def field(text: str, nomination: int, code: str) -> str:
    found = re.search(rf'id="mark-{nomination}-{code}"[^>]*? value="([^"]*)"', text)
    assert found, text
    return found[1]


async def test_one_screen_with_every_candidate(world: World) -> None:
    ids = await given.nominations(world, 3)
    [barred] = await given.nominations(world, 1, "fail", first=9)
    await given.scoring_open(world)
    await save_marks(
        ids[0],
        {"C1": Decimal("17.5"), "C2": Decimal(30)},
        0,
        actor=await world.actor("member_1"),
        now=world.at(given.SCORING),
    )
    async with world.client("member_1", now=world.at(given.SCORING)) as client:
        answer = await client.get(page_of(world))
    assert answer.status_code == 200
    assert re.findall(r'<tbody id="row-(\d+)"', answer.text) == [str(id_) for id_ in ids]
    first, second = row_of(answer.text, ids[0]), row_of(answer.text, ids[1])
    assert [field(first, ids[0], code) for code in FULL] == ["17,5", "30", "", ""]
    assert "Còn thiếu C3, C4" in first
    assert "47,5" in first
    assert 'data-state="saved"' in first
    assert 'data-state="empty"' in second
    assert "Đã chấm đủ 0/3 hồ sơ." in answer.text
    assert f"/nominations/{barred}" not in answer.text


async def test_saving_a_row_without_scripts(world: World) -> None:
    [nomination] = await given.nominations(world, 1)
    await given.scoring_open(world)
    async with world.client("member_1", now=world.at(given.SCORING)) as client:
        answer = await client.form(
            f"/nominations/{nomination}/sheet", FULL | {"version": "0", "show": "left"}
        )
        assert answer.status_code == 303
        assert answer.headers["location"] == page_of(
            world, f"?subject=individual&show=left#row-{nomination}"
        )
        text = (await client.get(page_of(world))).text
    assert [field(text, nomination, code) for code in FULL] == ["20", "30,5", "15", "10"]
    assert "Đã chấm đủ 1/1 hồ sơ." in text
    assert "75,5" in text


async def test_saving_a_row_with_htmx_answers_with_the_row_and_the_progress(world: World) -> None:
    [nomination] = await given.nominations(world, 1)
    await given.scoring_open(world)
    async with world.client("member_1", now=world.at(given.SCORING)) as client:
        answer = await client.form(
            f"/nominations/{nomination}/sheet", FULL | {"version": "0"}, htmx=True
        )
    assert answer.status_code == 200
    assert answer.text.lstrip().startswith(f'<tbody id="row-{nomination}"')
    assert 'name="version" value="1"' in answer.text
    assert 'hx-swap-oob="innerHTML"' in answer.text
    assert "Đã chấm đủ 1/1 hồ sơ." in answer.text


@pytest.mark.parametrize("htmx", [True, False])
async def test_a_mark_above_the_maximum_keeps_all_that_was_typed(world: World, htmx: bool) -> None:
    [nomination] = await given.nominations(world, 1)
    await given.scoring_open(world)
    typed = {"C1": "25,5", "C2": "12", "C3": "hai", "C4": "", "version": "0"}
    async with world.client("member_1", now=world.at(given.SCORING)) as client:
        answer = await client.form(f"/nominations/{nomination}/sheet", typed, htmx=htmx)
    assert answer.status_code == 422
    assert [field(answer.text, nomination, code) for code in FULL] == ["25,5", "12", "hai", ""]
    row = row_of(answer.text, nomination)
    assert "Điểm không được vượt quá 25." in row
    assert row.count('aria-invalid="true"') == 2
    assert 'data-state="refused"' in row


@pytest.mark.parametrize("htmx", [True, False])
async def test_the_second_of_two_tabs_sees_both(world: World, htmx: bool) -> None:
    [nomination] = await given.nominations(world, 1)
    await given.scoring_open(world)
    path = f"/nominations/{nomination}/sheet"
    async with world.client("member_1", now=world.at(given.SCORING)) as client:
        await client.form(path, FULL | {"version": "0"})
        answer = await client.form(path, FULL | {"C1": "11", "version": "0"}, htmx=htmx)
        assert answer.status_code == 409
        row = row_of(answer.text, nomination)
        assert field(row, nomination, "C1") == "11"
        assert "đã lưu: 20" in row
        assert row.count("đã lưu: ") == 1
        assert "Phiếu này đã được lưu ở một thẻ khác" in row
        # Nothing was written; sending again from here is a decision, and is taken.
        own = await client.get(path, headers={"HX-Request": "true"})
        assert field(own.text, nomination, "C1") == "20"
        again = await client.form(path, FULL | {"C1": "11", "version": "1"}, htmx=True)
        assert again.status_code == 200
        assert field(again.text, nomination, "C1") == "11"


async def test_a_tab_that_saw_less_does_not_wipe_what_it_did_not_see(world: World) -> None:
    [nomination] = await given.nominations(world, 1)
    await given.scoring_open(world)
    path = f"/nominations/{nomination}/sheet"
    async with world.client("member_1", now=world.at(given.SCORING)) as client:
        await client.form(path, FULL | {"version": "0"})
        partly = {"C1": "11", "C2": "", "C3": "", "C4": "", "version": "0"}
        row = (await client.form(path, partly, htmx=True)).text
    assert [field(row, nomination, code) for code in FULL] == ["11", "30,5", "15", "10"]
    assert row.count("đã lưu: ") == 1


@pytest.mark.parametrize("htmx", [True, False])
async def test_too_late_keeps_what_was_typed(world: World, htmx: bool) -> None:
    [nomination] = await given.nominations(world, 1)
    await given.scoring_open(world)
    async with world.client("member_1", now=world.at(given.AFTER)) as client:
        answer = await client.form(
            f"/nominations/{nomination}/sheet", FULL | {"version": "0"}, htmx=htmx
        )
        assert answer.status_code == 409
        assert field(answer.text, nomination, "C2") == "30.5"
        assert "Đã hết hạn chấm điểm (hết ngày 05/12/2025)." in row_of(answer.text, nomination)
        text = (await client.get(page_of(world))).text
    assert "data-mark" not in text


async def test_stepping_aside(world: World) -> None:
    ids = await given.nominations(world, 2)
    await given.scoring_open(world)
    path = f"/nominations/{ids[0]}/recusal"
    async with world.client("member_1", now=world.at(given.SCORING)) as client:
        empty = await client.form(path, {"reason": " "})
        assert empty.status_code == 422
        assert "Vui lòng nhập mục này." in row_of(empty.text, ids[0])
        answer = await client.form(path, {"reason": "Người được đề nghị là em ruột."})
        assert answer.status_code == 303
        text = (await client.get(page_of(world))).text
        again = await client.form(path, {"reason": "Lần nữa"})
        assert again.status_code == 409
    row = row_of(text, ids[0])
    assert "Người được đề nghị là em ruột." in row
    assert "data-mark" not in row
    assert "Đã chấm đủ 0/1 hồ sơ." in text


async def test_only_what_is_left(world: World) -> None:
    ids = await given.nominations(world, 2)
    await given.scoring_open(world)
    async with world.client("member_1", now=world.at(given.SCORING)) as client:
        await client.form(f"/nominations/{ids[0]}/sheet", FULL | {"version": "0"})
        text = (await client.get(page_of(world, "?show=left"))).text
    assert re.findall(r'<tbody id="row-(\d+)"', text) == [str(ids[1])]


async def test_pages_follow_each_other_without_gap_or_repetition(world: World) -> None:
    ids = await given.nominations(world, 120)
    await given.scoring_open(world)
    seen: list[str] = []
    path: str | None = page_of(world)
    async with world.client("member_1", now=world.at(given.SCORING)) as client:
        while path:
            text = (await client.get(path)).text
            seen += re.findall(r'<tbody id="row-(\d+)"', text)
            found = re.search(r'href="([^"]+)">Trang sau', text)
            path = found[1].replace("&amp;", "&") if found else None
    assert seen == [str(id_) for id_ in ids]


async def test_before_scoring_is_open(world: World) -> None:
    async with world.client("member_1") as client:
        answer = await client.get(page_of(world))
    assert answer.status_code == 200
    assert "Việc chấm điểm chưa được mở." in answer.text


@pytest.mark.parametrize("login", ["secretary", "auditor", "officer", "staff", "leader"])
async def test_there_is_no_sheet_for_others(world: World, login: str) -> None:
    [nomination] = await given.nominations(world, 1)
    await given.scoring_open(world)
    async with world.client(login, now=world.at(given.SCORING)) as client:
        assert (await client.get(page_of(world))).status_code == 404
        assert (await client.get(f"/nominations/{nomination}/sheet")).status_code == 404
        for what in ("sheet", "recusal"):
            answer = await client.form(f"/nominations/{nomination}/{what}", {"reason": "x"})
            assert answer.status_code == 404


async def test_who_left_the_council_has_no_sheet_any_more(world: World) -> None:
    [nomination] = await given.nominations(world, 1)
    await given.scoring_open(world)
    await RoleHeld.update({RoleHeld.valid_to: date(2025, 11, 24)}).where(
        RoleHeld.account == world.ids["account:member_1"]
    )
    async with world.client("member_1", now=world.at(given.SCORING)) as client:
        assert (await client.get(page_of(world))).status_code == 404
        answer = await client.form(f"/nominations/{nomination}/sheet", FULL | {"version": "0"})
    assert answer.status_code == 404


async def test_a_spoilt_cursor_leads_to_the_first_page(world: World) -> None:
    [nomination] = await given.nominations(world, 1)
    await given.scoring_open(world)
    async with world.client("member_1", now=world.at(given.SCORING)) as client:
        assert f"row-{nomination}" in (await client.get(page_of(world, "?after=Đ%0d%0a"))).text
        answer = await client.form(
            f"/nominations/{nomination}/sheet", FULL | {"version": "0", "after": "Đ\r\nx: y"}
        )
    assert answer.headers["location"] == page_of(world, f"?subject=individual#row-{nomination}")


@pytest.mark.parametrize("path", ["/rounds/999999/score-sheet", f"/rounds/{2**40}/score-sheet"])
async def test_unknown_rounds(world: World, path: str) -> None:
    async with world.client("member_1", now=world.at(given.SCORING)) as client:
        assert (await client.get(path)).status_code == 404


@pytest.mark.parametrize("n", [3, 1900])
async def test_queries_of_the_sheet(world: World, n: int) -> None:
    await given.nominations(world, n)
    await given.scoring_open(world)
    await given.all_marks(world, "9", world.now, "member_1")
    async with world.client("member_1", now=world.at(given.SCORING)) as client:
        for more in ("", "?show=left"):
            with world.count_queries() as counter:
                answer = await client.get(page_of(world, more))
            assert answer.status_code == 200
            assert counter.count == 7, counter.statements


async def test_saving_after_stepping_aside_in_another_tab_says_so(world: World) -> None:
    [nomination] = await given.nominations(world, 1)
    await given.scoring_open(world)
    async with world.client("member_1", now=world.at(given.SCORING)) as client:
        await client.form(f"/nominations/{nomination}/recusal", {"reason": "Người thân."})
        late = await client.form(
            f"/nominations/{nomination}/sheet", {"version": "0", **FULL}, htmx=True
        )
    assert late.status_code == 409
    row = row_of(late.text, nomination)
    assert "Thành viên không tham gia chấm hồ sơ này." in row
    assert "<input" not in row


async def test_a_form_without_a_version_has_seen_nothing(world: World) -> None:
    [nomination] = await given.nominations(world, 1)
    await given.scoring_open(world)
    async with world.client("member_1", now=world.at(given.SCORING)) as client:
        path = f"/nominations/{nomination}/sheet"
        assert (await client.form(path, FULL)).status_code == 303
        stale = await client.form(path, {**FULL, "C1": "1"}, htmx=True)
    assert stale.status_code == 409
    assert "đã lưu: 20" in stale.text
