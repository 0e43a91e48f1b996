from __future__ import annotations

import hashlib

import pytest

from app.decisions import queries
from app.decisions.tables import AwardDecision
from app.web.paging import Cursor
from tests.conftest import Counter, World
from tests.decisions.approved_round import LINES, approve

pytestmark = pytest.mark.anyio

SIGNING = {
    "signed_on": "19/12/2025",
    "place": "Hà Nội",
    "signer_capacity": "head",
    "signer_title": "Viện trưởng",
    "signer_name": "Trần Thị Thử",
}


def asked(counter: Counter) -> int:
    """Without what the pool says to a connection that it gets back."""
    return len([s for s in counter.statements if "pg_advisory_unlock_all" not in s])


def prepare_path(world: World) -> str:
    return f"/rounds/{world.ids['round_2025']}/decision"


async def decided(world: World) -> int:
    """Sign through the page, as the secretary does; returns the decision's id."""
    await approve(world)
    async with world.client("secretary", now=world.at("2025-12-19")) as browser:
        answer = await browser.form(prepare_path(world), SIGNING)
    assert answer.status_code == 303, answer.text
    return int(answer.headers["location"].removeprefix("/decisions/"))


async def test_the_form_offers_today_and_counts_who_was_approved(world: World) -> None:
    await approve(world)
    async with world.client("secretary", now=world.at("2025-12-19")) as browser:
        page = await browser.get(prepare_path(world))
    assert page.status_code == 200
    assert 'value="2025-12-19"' in page.text
    assert "12/BB-HĐTĐKT" in page.text


async def test_signing_leads_to_the_published_decision(world: World) -> None:
    decision_id = await decided(world)
    async with world.client("staff", now=world.at("2025-12-20")) as browser:
        page = await browser.get(f"/decisions/{decision_id}")
        again = await browser.get(prepare_path(world))
    assert page.status_code == 200
    for part in ("01/QĐ-VKSTC", "Lý Thị Bình", "3.540.000", "2.340.000", "0,3", "0,6"):
        assert part in page.text
    assert "Thư ký Hội đồng" not in page.text
    assert (again.status_code, again.headers["location"]) == (303, f"/decisions/{decision_id}")


async def test_the_file_is_what_was_stored(world: World) -> None:
    decision_id = await decided(world)
    async with world.client("staff", now=world.at("2025-12-20")) as browser:
        answer = await browser.get(f"/decisions/{decision_id}/decision.pdf")
        unknown = await browser.get("/decisions/999/decision.pdf")
    assert (answer.status_code, unknown.status_code) == (200, 404)
    assert answer.headers["content-type"] == "application/pdf"
    assert answer.headers["content-disposition"] == (
        'inline; filename="quyet-dinh-01-qd-vkstc.pdf"'
    )
    decision = await queries.decision(decision_id)
    assert hashlib.sha256(answer.content).hexdigest() == decision.sha256


async def test_wrong_fields_come_back_with_what_was_typed(world: World) -> None:
    await approve(world)
    wrong = SIGNING | {"signed_on": "31/02/2025", "signer_name": " ", "place": "Cao Bằng"}
    async with world.client("secretary", now=world.at("2025-12-19")) as browser:
        page = await browser.form(prepare_path(world), wrong)
    assert page.status_code == 422
    assert "Vui lòng nhập ngày theo dạng dd/mm/yyyy." in page.text
    assert 'value="31/02/2025"' in page.text
    assert 'value="Cao Bằng"' in page.text
    assert await AwardDecision.count() == 0


async def test_a_day_before_the_session_is_said_beside_the_day(world: World) -> None:
    await approve(world)
    async with world.client("secretary", now=world.at("2025-12-19")) as browser:
        page = await browser.form(prepare_path(world), SIGNING | {"signed_on": "2025-12-11"})
    assert page.status_code == 422
    assert 'id="f-signed_on-error"' in page.text
    assert "(12/12/2025)" in page.text


async def test_a_second_signing_is_refused_in_place(world: World) -> None:
    await decided(world)
    async with world.client("leader", now=world.at("2025-12-19")) as browser:
        page = await browser.form(prepare_path(world), SIGNING)
    assert page.status_code == 409
    assert "Đợt xét này đã có quyết định khen thưởng." in page.text
    assert await AwardDecision.count() == 1


async def test_before_the_session_the_secretary_is_told_what_is_missing(world: World) -> None:
    await approve(world, session=False)
    async with world.client("secretary", now=world.at("2025-12-19")) as browser:
        page = await browser.get(prepare_path(world))
        posted = await browser.form(prepare_path(world), SIGNING)
    assert "Chưa ghi nhận kết quả phiên họp" in page.text
    assert 'name="signer_name"' not in page.text
    assert posted.status_code == 409


@pytest.mark.parametrize("login", ["staff", "officer", "member_1", "auditor", "administrator"])
async def test_others_learn_nothing_of_a_decision_to_come(world: World, login: str) -> None:
    async with world.client(login, now=world.at("2025-12-13")) as browser:
        before = (await browser.get(prepare_path(world))).text
        await approve(world)
        after = await browser.get(prepare_path(world))
        posted = await browser.form(prepare_path(world), SIGNING)
    assert after.text == before
    assert "Chưa có quyết định khen thưởng" in before
    assert posted.status_code == 404


@pytest.mark.parametrize("number", ["999", "0", str(2**31), "99999999999999999999", "x"])
async def test_unknown_rounds_and_decisions_are_not_found(world: World, number: str) -> None:
    async with world.client("secretary") as browser:
        answers = [
            await browser.get(f"/decisions/{number}"),
            await browser.get(f"/rounds/{number}/decision"),
            await browser.form(f"/rounds/{number}/decision", SIGNING),
        ]
    assert [answer.status_code for answer in answers] == [404, 404, 404]


async def test_the_pages_ask_a_fixed_number_of_questions(world: World) -> None:
    await approve(world)
    async with world.client("secretary", now=world.at("2025-12-19")) as browser:
        with world.count_queries() as preparing:
            assert (await browser.get(prepare_path(world))).status_code == 200
        answer = await browser.form(prepare_path(world), SIGNING)
        with world.count_queries() as reading:
            assert (await browser.get(answer.headers["location"])).status_code == 200
    assert (asked(preparing), asked(reading)) == (9, 7)


async def test_a_long_annex_pages_by_position(world: World) -> None:
    decision_id = await decided(world)
    page = await queries.annex_page(decision_id, None)
    assert (len(page.rows), page.next) == (len([line for line in LINES if line[7] >= 2]), None)
    async with world.client("staff", now=world.at("2025-12-20")) as browser:
        second = await browser.get(f"/decisions/{decision_id}?after={Cursor('', 2)}")
        spoilt = await browser.get(f"/decisions/{decision_id}?after=%00x")
    assert ("Lý Thị Bình" in second.text, "Hoàng Văn Ánh" in second.text) == (False, True)
    assert "Lý Thị Bình" in spoilt.text


@pytest.mark.parametrize(
    ("login", "sees"), [("auditor", True), ("leader", True), ("officer", False), ("staff", False)]
)
async def test_the_history_is_for_the_office(world: World, login: str, sees: bool) -> None:
    decision_id = await decided(world)
    async with world.client(login, now=world.at("2025-12-20")) as browser:
        page = await browser.get(f"/decisions/{decision_id}")
    assert ("Lịch sử" in page.text, "Thư ký Hội đồng" in page.text) == (sees, sees)


@pytest.mark.parametrize(
    ("chosen", "printed"), [("head", ""), ("KT.", "KT. VIỆN TRƯỞNG"), ("TL.", "TL. VIỆN TRƯỞNG")]
)
async def test_the_capacity_chosen_is_the_one_printed(
    world: World, chosen: str, printed: str
) -> None:
    await approve(world)
    async with world.client("secretary", now=world.at("2025-12-19")) as browser:
        answer = await browser.form(prepare_path(world), SIGNING | {"signer_capacity": chosen})
        none = await browser.form(prepare_path(world), SIGNING | {"signer_capacity": "TM."})
    decision_id = int(answer.headers["location"].removeprefix("/decisions/"))
    assert (await queries.decision(decision_id)).capacity_line == printed
    assert none.status_code == 422
