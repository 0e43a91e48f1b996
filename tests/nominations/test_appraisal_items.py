"""Single items go back: only they may be edited, only the asker looks again, until their day."""

from __future__ import annotations

from datetime import date

import pytest

from app.kernel.refusal import NotVisible, Refused
from app.nominations import actions
from app.nominations.actions.items import accept_item, answer_item, ask_item, ask_item_again
from app.nominations.queries.appraisal import desk_counts, desk_page
from app.nominations.queries.items import items_of
from app.nominations.tables import ItemReturn
from tests.cast import WORKED
from tests.conftest import World
from tests.nominations.routed import at_office, on_its_way, routed_round

pytestmark = pytest.mark.anyio
DUE = date(2025, 11, 14)


async def asked(world: World, made: int, key: str = "criterion:C2") -> int:
    return await ask_item(
        made,
        key,
        "Nêu số liệu trước khi áp dụng.",
        DUE,
        actor=await world.actor("appraiser"),
        now=world.now,
    )


async def add(world: World, made: int, code: str, day: str = "2025-11-10") -> None:
    await actions.add_evidence(
        made,
        code,
        f"Bổ sung {code} ngày {day}.",
        None,
        None,
        "",
        "",
        days=WORKED,
        actor=await world.actor("kv_officer"),
        now=world.at(day),
    )


async def test_only_the_item_asked_for_may_be_edited_until_it_is_answered(world: World) -> None:
    await routed_round(world)
    made = await at_office(world)
    item = await asked(world, made)
    await add(world, made, "C2")
    with pytest.raises(Refused) as refused:
        await add(world, made, "C1")
    assert refused.value.refusal.code == "already-submitted"
    await answer_item(made, item, "Đã thêm.", actor=await world.actor("kv_officer"), now=world.now)
    with pytest.raises(Refused):
        await add(world, made, "C2", "2025-11-11")


async def test_the_due_day_counts_and_the_next_is_too_late(world: World) -> None:
    await routed_round(world)
    made = await at_office(world)
    item = await asked(world, made)
    await add(world, made, "C2", "2025-11-14")
    officer = await world.actor("kv_officer")
    with pytest.raises(Refused) as refused:
        await add(world, made, "C2", "2025-11-15")
    assert refused.value.refusal.code == "answer-late"
    with pytest.raises(Refused) as refused:
        await answer_item(made, item, "Muộn.", actor=officer, now=world.at("2025-11-15"))
    assert refused.value.refusal.code == "answer-late"
    await answer_item(made, item, "Kịp.", actor=officer, now=world.at("2025-11-14"))


@pytest.mark.parametrize(
    ("key", "due", "code"),
    [
        ("criterion:T1", DUE, "not-offered"),
        ("criterion:G1", DUE, "not-offered"),
        ("G3", DUE, "not-offered"),
        ("nonsense", DUE, "not-offered"),
        ("report", date(2025, 11, 9), "past"),
        ("report", date(2025, 11, 23), "after-appraisal"),
        ("criterion:C2", DUE, "already-asked"),
    ],
)
async def test_what_cannot_be_asked(world: World, key: str, due: date, code: str) -> None:
    await routed_round(world)
    made = await at_office(world)
    await asked(world, made)
    with pytest.raises(Refused) as refused:
        await ask_item(made, key, "?", due, actor=await world.actor("appraiser"), now=world.now)
    assert refused.value.refusal.code == code
    assert await ItemReturn.count() == 1


async def test_nothing_is_asked_before_it_arrived_or_after_appraisal(world: World) -> None:
    await routed_round(world)
    made, on_way = await at_office(world), await on_its_way(world, "dung")
    appraiser = await world.actor("appraiser")
    for nomination, day, code in (
        (on_way, "2025-11-10", "not-at-office"),
        (made, "2025-11-23", "too-late"),
    ):
        with pytest.raises(Refused) as refused:
            await ask_item(
                nomination, "report", "?", date(2025, 11, 22), actor=appraiser, now=world.at(day)
            )
        assert refused.value.refusal.code == code


@pytest.mark.parametrize("login", ["officer", "head", "kv_head", "member_1", "leader", "staff"])
async def test_only_the_office_asks(world: World, login: str) -> None:
    await routed_round(world)
    made = await at_office(world)
    with pytest.raises(NotVisible):
        await ask_item(made, "report", "?", DUE, actor=await world.actor(login), now=world.now)


async def test_only_the_asker_looks_again(world: World) -> None:
    await routed_round(world)
    made = await at_office(world)
    item = await asked(world, made)
    secretary, appraiser = await world.actor("secretary"), await world.actor("appraiser")
    with pytest.raises(NotVisible):
        await accept_item(made, item, actor=secretary, now=world.now)
    with pytest.raises(NotVisible):
        await ask_item_again(made, item, "?", DUE, actor=secretary, now=world.now)
    await accept_item(made, item, actor=appraiser, now=world.now)
    with pytest.raises(Refused) as refused:
        await accept_item(made, item, actor=appraiser, now=world.now)
    assert refused.value.refusal.code == "item-closed"


async def test_asking_anew_closes_the_old_question_and_opens_the_item_again(world: World) -> None:
    await routed_round(world)
    made = await at_office(world)
    first = await asked(world, made)
    officer, appraiser = await world.actor("kv_officer"), await world.actor("appraiser")
    await answer_item(made, first, "Đã rõ.", actor=officer, now=world.now)
    second = await ask_item_again(
        made, first, "Chưa có số liệu.", date(2025, 11, 18), actor=appraiser, now=world.now
    )
    items = {item.id: item for item in await items_of(made)}
    assert (items[first].accepted, items[second].accepted) == (False, None)
    assert items[second].key == "criterion:C2"
    await add(world, made, "C2", "2025-11-18")


async def test_of_the_units_own_words_only_the_unit_answers(world: World) -> None:
    await routed_round(world)
    made = await at_office(world, "anh", "phong_1")
    of_nominee, of_unit = await asked(world, made), await asked(world, made, "G4")
    staff = await world.actor("staff")
    await answer_item(made, of_nominee, "Tôi đã thêm.", actor=staff, now=world.now)
    with pytest.raises(NotVisible):
        await answer_item(made, of_unit, "x", actor=staff, now=world.now)
    await answer_item(made, of_unit, "Đơn vị.", actor=await world.actor("head"), now=world.now)


async def test_two_answers_at_once_the_second_sees_what_happened(world: World) -> None:
    await routed_round(world)
    made = await at_office(world)
    item = await asked(world, made)
    path = f"/nominations/{made}/items/{item}/answer"
    async with world.client("kv_officer") as one, world.client("kv_head") as two:
        assert (await one.form(path, {"answer": "Đã thêm."})).status_code == 303
        second = await two.form(path, {"answer": "Tôi viết sau."})
    assert second.status_code == 409
    assert "Yêu cầu này đã được trả lời." in second.text
    assert "Tôi viết sau." in second.text
    assert "Đã thêm." in second.text


async def test_after_scoring_opened_nothing_asked_may_be_edited_any_more(world: World) -> None:
    await routed_round(world)
    made = await at_office(world)
    item = await asked(world, made)
    await actions.freeze_gates(
        world.ids["routed"], actor=await world.actor("secretary"), now=world.now
    )
    with pytest.raises(Refused) as refused:
        await add(world, made, "C2")
    assert refused.value.refusal.code == "scoring-opened"
    with pytest.raises(Refused):
        await answer_item(made, item, "x", actor=await world.actor("kv_officer"), now=world.now)


async def test_the_desk_tells_how_each_dossier_stands(world: World) -> None:
    await routed_round(world)
    waits, quiet = await at_office(world, "chi"), await at_office(world, "dung")
    await on_its_way(world, "anh", "phong_1")
    answered = await asked(world, waits, "report")
    await asked(world, waits)
    officer, appraiser = await world.actor("kv_officer"), await world.actor("appraiser")
    await answer_item(waits, answered, "Rồi.", actor=officer, now=world.now)
    await actions.attest(quiet, "G1", True, "Đủ.", actor=appraiser, now=world.now)
    round_id = world.ids["routed"]
    assert await desk_counts(round_id, appraiser, date(2025, 11, 14)) == {
        "all": 2,
        "waiting": 1,
        "answered": 1,
        "overdue": 0,
        "mine": 1,
        "word": 1,
        "none": 1,
    }
    late = await desk_page(round_id, appraiser, date(2025, 11, 15), state="overdue")
    assert [(row.id, row.overdue, row.waiting, row.answered) for row in late.rows] == [
        (waits, 1, 0, 1)
    ]
    named = await desk_page(round_id, appraiser, date(2025, 11, 10), search="dung")
    assert [row.id for row in named.rows] == [quiet]
    secretary = await world.actor("secretary")
    mine = await desk_page(round_id, secretary, date(2025, 11, 10), state="mine")
    assert mine.rows == ()


async def test_the_desk_is_the_offices(world: World) -> None:
    await routed_round(world)
    await at_office(world)
    path = f"/rounds/{world.ids['routed']}/appraisal"
    for login, status in (("appraiser", 200), ("secretary", 200), ("head", 404), ("leader", 404)):
        async with world.client(login) as client:
            assert (await client.get(path)).status_code == status, login


async def test_the_page_shows_the_clock_and_the_forms_to_whom_they_belong(world: World) -> None:
    await routed_round(world)
    made = await at_office(world)
    here = f"/nominations/{made}/items"
    new = {"item": "criterion:C2", "question": "Nêu số liệu.", "due_on": "14/11/2025"}
    async with world.client("appraiser") as client:
        assert (await client.get(here)).text.count("<option") == 8
        bad = await client.form(here, {**new, "due_on": "09/11/2025"})
        assert (bad.status_code, "Nêu số liệu." in bad.text) == (422, True)
        assert "Hạn trả lời không thể ở trong quá khứ." in bad.text
        unread = await client.form(here, {**new, "due_on": "mai"})
        assert (unread.status_code, 'value="mai"' in unread.text) == (422, True)
        assert (await client.form(here, new)).status_code == 303
        assert "/acceptance" in (await client.get(here)).text
    async with world.client("kv_officer", now=world.at("2025-11-14")) as client:
        page = (await client.get(here)).text
        assert "hôm nay là ngày cuối" in page
        assert "/answer" in page
        assert "/acceptance" not in page
    async with world.client("kv_officer") as client:
        assert "còn 5 ngày" in (await client.get(here)).text
    async with world.client("kv_officer", now=world.at("2025-11-15")) as client:
        page = (await client.get(here)).text
        assert "quá hạn" in page
        assert "/answer" not in page
        item = (await items_of(made))[0].id
        late = await client.form(f"{here}/{item}/answer", {"answer": "Viết xong muộn."})
        assert (late.status_code, "Viết xong muộn." in late.text) == (409, True)
        assert "Đã hết hạn bổ sung mục này (hết ngày 14/11/2025)." in late.text
    async with world.client("secretary") as client:
        page = (await client.get(here)).text
        assert "Nêu số liệu." in page
        assert "/acceptance" not in page


async def test_a_question_of_another_dossier_does_not_exist(world: World) -> None:
    await routed_round(world)
    made, other = await at_office(world, "chi"), await at_office(world, "dung")
    item = await asked(world, made)
    async with world.client("kv_officer") as client:
        answer = await client.form(f"/nominations/{other}/items/{item}/answer", {"answer": "x"})
    assert answer.status_code == 404
