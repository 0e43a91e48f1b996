"""The tab of a dossier and the list of a round; grounds chosen from the history."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from app.catalogue.tables import LegalSource
from app.kernel.refusal import NotVisible, Refused
from app.nominations import actions
from app.nominations.rules.warnings_facts import KINDS
from app.nominations.tables import NominationGround
from app.organization.tables import Posting
from tests.cast import WORKED
from tests.conftest import World
from tests.nominations.prepared import (
    add_proofs,
    draft_person,
    submitted_collective,
    submitted_person,
)
from tests.nominations.warnings_world import award, open_next_round, put_file

pytestmark = pytest.mark.anyio


async def grounds() -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = await NominationGround.raw(
        "SELECT nomination, award FROM nomination_ground"
    )
    return found


async def test_the_tab_counts_and_explains(world: World) -> None:
    nomination = await draft_person(world)
    await award(world, period_from=date(2025, 1, 1), period_to=date(2025, 6, 30))
    async with world.client("officer") as browser:
        page = await browser.get(f"/nominations/{nomination}/warnings")
    for words in (
        "1 điều cần lưu ý",
        "Trùng thời kỳ thành tích: 1",
        "01/01/2025 – 30/06/2025 của Giấy khen, quyết định 5/QĐ-VKS.",
        f'href="/people/{world.ids["anh"]}/awards"',
    ):
        assert words in page.text


async def test_a_clean_dossier_says_so(world: World) -> None:
    nomination = await draft_person(world)
    async with world.client("officer") as browser:
        page = await browser.get(f"/nominations/{nomination}/warnings")
    assert "Không có điều gì cần lưu ý" in page.text


async def test_who_does_not_see_the_dossier_does_not_see_its_warnings(world: World) -> None:
    nomination = await draft_person(world)
    for login in ("other_officer", "appraiser", "member_1", "auditor", "personnel"):
        async with world.client(login) as browser:
            assert (await browser.get(f"/nominations/{nomination}/warnings")).status_code == 404


async def test_a_ground_is_chosen_from_the_history_and_taken_back(world: World) -> None:
    nomination = await draft_person(world)
    made = await award(world)
    path = f"/nominations/{nomination}"
    async with world.client("staff") as browser:
        page = await browser.get(f"{path}/warnings")
        assert f'<option value="{made}">Giấy khen · 5/QĐ-VKS · 20/12/2024</option>' in page.text
        answer = await browser.form(f"{path}/grounds", {"award": str(made)})
        assert answer.status_code == 303
        assert await grounds() == [{"nomination": nomination, "award": made}]
        page = await browser.get(f"{path}/warnings")
        assert "quyết định 5/QĐ-VKS ngày 20/12/2024" in page.text
        assert f'<option value="{made}">' not in page.text
        answer = await browser.form(f"{path}/grounds/1/removal")
        assert answer.status_code == 303
    assert await grounds() == []


async def test_only_an_award_of_the_nominee_is_a_ground(world: World) -> None:
    nomination = await draft_person(world)
    other = await award(world, person=world.ids["binh"])
    removed = await award(world)
    await NominationGround.raw("UPDATE award_record SET removed_at = now() WHERE id = {}", removed)
    actor = await world.actor("officer")
    for award_id in (other, removed, 999):
        with pytest.raises(Refused) as error:
            await actions.add_ground(nomination, award_id, actor=actor, now=world.now)
        assert error.value.refusal.code == "not-their-award"
    assert await grounds() == []


async def test_the_same_ground_twice_is_one(world: World) -> None:
    nomination = await draft_person(world)
    made = await award(world)
    async with world.client("officer") as browser:
        for status in (303, 422):
            answer = await browser.form(f"/nominations/{nomination}/grounds", {"award": str(made)})
            assert answer.status_code == status
    assert "Khen thưởng này đã được nêu làm căn cứ." in answer.text
    assert len(await grounds()) == 1


async def test_nothing_chosen_comes_back_with_words(world: World) -> None:
    nomination = await draft_person(world)
    async with world.client("officer") as browser:
        answer = await browser.form(f"/nominations/{nomination}/grounds", {"award": ""})
    assert answer.status_code == 422
    assert "Vui lòng chọn một mục trong danh sách." in answer.text


async def test_a_submitted_dossier_keeps_its_grounds(world: World) -> None:
    nomination = await submitted_person(world)
    made = await award(world)
    async with world.client("officer") as browser:
        answer = await browser.form(f"/nominations/{nomination}/grounds", {"award": str(made)})
        page = await browser.get(f"/nominations/{nomination}/warnings")
    assert answer.status_code == 409
    assert "Nêu căn cứ</button>" not in page.text
    with pytest.raises(NotVisible):
        await actions.add_ground(
            nomination, made, actor=await world.actor("appraiser"), now=world.now
        )
    assert await grounds() == []


async def test_thematic_grounds_of_a_merit_round_are_warned_of(world: World) -> None:
    round_id = await open_next_round(world, method="merit")
    now = world.at("2026-11-10")
    officer = await world.actor("officer", now)
    nomination = await actions.nominate_person(
        round_id, world.ids["anh"], world.ids["phong_1"], "x", actor=officer, now=now
    )
    made = await award(world)
    await actions.add_ground(nomination, made, actor=officer, now=now)
    async with world.client("officer", now=now) as browser:
        page = await browser.get(f"/nominations/{nomination}/warnings")
    assert "không được làm căn cứ đề nghị khen thưởng công trạng" in page.text
    assert "Nghị định số 152/2025/NĐ-CP" in page.text


async def plant(world: World) -> dict[str, int]:
    """Three submitted dossiers: one with a shared file, one with a bare figure, one clean."""
    shared, bare = await submitted_person(world), await draft_person(world, "binh")
    officer = await world.actor("officer")
    await actions.add_evidence(
        bare,
        "C1",
        "Có số liệu.",
        None,
        Decimal(5),
        "lượt",
        "",
        days=WORKED,
        actor=officer,
        now=world.now,
    )
    await actions.submit(bare, actor=officer, now=world.now)
    clean = await submitted_collective(world)
    for nomination in (shared, clean):
        await put_file(world, nomination)
    await NominationGround.raw(
        "UPDATE evidence_file SET removed_at = now(), removed_by = by WHERE nomination = {}", clean
    )
    other = await draft_person(world, "em", "cb_kv_1")
    await put_file(world, other)
    await add_proofs(world, other, "individual", "other_officer")
    await actions.submit(other, actor=await world.actor("other_officer"), now=world.now)
    return {"shared": shared, "bare": bare, "clean": clean, "other": other}


async def on_page(world: World, planted: dict[str, int], query: str = "") -> set[str]:
    async with world.client("appraiser") as browser:
        page = await browser.get(f"/rounds/{world.ids['round_2025']}/warnings?{query}")
    assert page.status_code == 200
    return {name for name, key in planted.items() if f'/nominations/{key}/warnings"' in page.text}


async def test_the_list_of_a_round_names_who_has_one(world: World) -> None:
    planted = await plant(world)
    assert await on_page(world, planted) == {"shared", "bare", "other"}
    assert await on_page(world, planted, "kind=same_file") == {"shared", "other"}
    assert await on_page(world, planted, "kind=no_evidence") == {"bare"}
    assert await on_page(world, planted, "kind=overlap") == set()
    assert await on_page(world, planted, "kind=nonsense") == {"shared", "bare", "other"}


async def test_each_kind_can_be_asked_for(world: World) -> None:
    planted = await plant(world)
    await award(world, period_from=date(2025, 1, 1), period_to=date(2025, 6, 30))
    await Posting.update({Posting.post: "Phó Trưởng phòng"}).where(
        Posting.person == world.ids["anh"]
    )
    found = {kind: await on_page(world, planted, f"kind={kind}") for kind in KINDS}
    assert found["overlap"] == {"shared"}
    assert {kind for kind, names in found.items() if names} == {
        "overlap",
        "same_file",
        "no_evidence",
    }


async def test_a_draft_is_not_on_the_appraiser_s_list(world: World) -> None:
    draft = await draft_person(world)
    await award(world, period_from=date(2025, 1, 1), period_to=date(2025, 6, 30))
    assert await on_page(world, {"draft": draft}) == set()


@pytest.mark.parametrize(
    ("login", "status"),
    [("appraiser", 200), ("secretary", 200), ("auditor", 200), ("officer", 404), ("member_1", 404)],
)
async def test_who_has_the_list(world: World, login: str, status: int) -> None:
    async with world.client(login) as browser:
        page = await browser.get(f"/rounds/{world.ids['round_2025']}/warnings")
    assert page.status_code == status


async def test_the_list_asks_as_much_for_one_dossier_as_for_four(world: World) -> None:
    await submitted_person(world, "dung", "kv_1")
    await award(
        world, person=world.ids["dung"], period_from=date(2025, 1, 1), period_to=date(2025, 6, 30)
    )
    counts = []
    for more in (False, True):
        if more:
            await plant(world)
        async with world.client("appraiser") as browser:
            with world.count_queries() as counter:
                await browser.get(f"/rounds/{world.ids['round_2025']}/warnings")
        counts.append(counter.count)
    assert counts[0] == counts[1]


async def bare_figures(world: World, count: int) -> None:
    """So many people more, each with a submitted dossier and one figure without a paper."""
    await NominationGround.raw(
        "INSERT INTO person (staff_code, full_name, search_key, order_key, birth_date, sex,"
        " ethnicity, staff_category, recruited_on) SELECT 'X' || i, 'Người ' || i, 'nguoi',"
        " lpad(i::text, 4, '0'), '1985-01-01', 'male', 'Kinh', 'civil_servant', '2010-01-01'"
        " FROM generate_series(1, {}) AS i",
        count,
    )
    await NominationGround.raw(
        "INSERT INTO nomination (code, round, subject, person, nominating_unit, award_form, name,"
        " post, unit_name, search_key, order_key, achievement, created_by, created_at, stage,"
        " submitted_at) SELECT 'CN-X-' || order_key, {}, 'individual', id, {}, {}, full_name, '',"
        " '', search_key, order_key, '', {}, '2025-11-10', 'office', '2025-11-10'"
        " FROM person WHERE staff_code LIKE 'X%'",
        world.ids["round_2025"],
        world.ids["phong_1"],
        world.ids["award_form"],
        world.ids["account:officer"],
    )
    await NominationGround.raw(
        "INSERT INTO evidence_item (nomination, criterion, statement, quantity_after,"
        " quantity_unit, document, first_on, last_on, by, at) SELECT n.id, c.id, 'Có số liệu.', 5,"
        " 'lượt', '', '2025-02-10', '2025-10-17', {}, '2025-11-10' FROM nomination n"
        " JOIN criterion c ON c.code = 'C1' WHERE n.code LIKE 'CN-X-%'",
        world.ids["account:officer"],
    )


async def test_each_dossier_is_on_one_page_of_the_list(world: World) -> None:
    await bare_figures(world, 103)
    seen: list[str] = []
    pages = 0
    path = f"/rounds/{world.ids['round_2025']}/warnings?kind=no_evidence"
    async with world.client("appraiser") as browser:
        while path:
            page = (await browser.get(path)).text
            seen += re.findall(r"CN-X-\d+", page)
            links = re.findall(r'href="([^"]*after=[^"]*)"', page)
            path = links[0].replace("&amp;", "&") if links else ""
            pages += 1
    assert seen == [f"CN-X-{number:04d}" for number in range(1, 104)]
    assert pages == 3


async def out_of_force(number: str) -> None:
    await LegalSource(
        number=number, title="Quyết định", issuer="x", effective_to=date(2025, 6, 30), note=""
    ).save()


@pytest.mark.parametrize("number", ["387/QĐ-TTg", "11-CT/TW", "12/2024/QĐ-TTg", "Luật cũ"])
async def test_the_list_finds_a_paper_out_of_force_by_any_number(world: World, number: str) -> None:
    planted = await plant(world)
    await out_of_force(number)
    assert await on_page(world, planted, "kind=expired_source") == set()
    await NominationGround.raw(
        "UPDATE evidence_item SET document = {} WHERE nomination = {}",
        f"Theo {number.lower()}.",
        planted["bare"],
    )
    assert await on_page(world, planted, "kind=expired_source") == {"bare"}


async def test_a_page_that_finds_nothing_leads_on_to_the_next(world: World) -> None:
    """A number that begins like a paper's makes a candidate of every one; none is out of force."""
    await bare_figures(world, 301)
    await out_of_force("387/QĐ-TTg")
    await NominationGround.raw("UPDATE evidence_item SET document = '1387/QĐ-TTg'")
    path = f"/rounds/{world.ids['round_2025']}/warnings?kind=expired_source"
    async with world.client("appraiser") as browser:
        page = (await browser.get(path)).text
        assert "Đã so 300 hồ sơ; vui lòng xem trang sau." in page
        following = re.findall(r'href="([^"]*after=[^"]*)"', page)[0].replace("&amp;", "&")
        page = (await browser.get(following)).text
    assert "Không có hồ sơ nào cần lưu ý trên trang này" in page
    assert "Trang sau" not in page
