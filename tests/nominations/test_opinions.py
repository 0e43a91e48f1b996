"""Hiệp y: another unit reads exactly this dossier, changes nothing, and says its view in time."""

from __future__ import annotations

from datetime import date

import pytest

from app.kernel.refusal import NotVisible, Refused
from app.nominations import actions, queries
from app.nominations.actions.opinions import ask_opinion, give_opinion
from app.nominations.actions.refusals import refuse
from app.nominations.queries.opinions import opinions_of
from tests.conftest import World
from tests.nominations.routed import at_office, drafted, on_its_way, routed_round

pytestmark = pytest.mark.anyio
DUE = date(2025, 11, 14)


async def asked(
    world: World, made: int, unit: str = "cao-bang", login: str = "appraiser", due: date = DUE
) -> int:
    return await ask_opinion(
        made, unit, "Đề nghị cho ý kiến.", due, actor=await world.actor(login), now=world.now
    )


async def test_the_unit_asked_sees_this_dossier_and_nothing_else(world: World) -> None:
    await routed_round(world)
    made, other = await at_office(world, "chi"), await at_office(world, "dung")
    stranger = await world.actor("other_officer")
    with pytest.raises(NotVisible):
        await queries.nomination(made, stranger)
    await asked(world, made)
    assert (await queries.nomination(made, stranger)).id == made
    with pytest.raises(NotVisible):
        await queries.nomination(other, stranger)
    async with world.client("other_officer") as client:
        listed = (await client.get(f"/rounds/{world.ids['routed']}/nominations")).text
    assert [code in listed for code in ("CN-2025-0001", "CN-2025-0002")] == [True, False]


async def test_it_reads_and_does_not_write(world: World) -> None:
    await routed_round(world)
    made = await at_office(world)
    await asked(world, made)
    path = f"/nominations/{made}"
    async with world.client("other_head") as client:
        for tail in ("", "/route", "/items", "/opinions"):
            assert (await client.get(path + tail)).status_code == 200, tail
        for tail, data in (
            ("/evidence", {"criterion": "C1", "statement": "x"}),
            ("/withdrawal", {"reason": "x"}),
            ("/refusal", {"reason": "x"}),
            ("/return", {"to_step": "0", "reason": "x"}),
            ("/submission", {}),
            ("/items", {"item": "report", "question": "?", "due_on": "14/11/2025"}),
            ("/opinions", {"unit": "cb-kv-1", "question": "?", "due_on": "14/11/2025"}),
        ):
            assert (await client.form(path + tail, data)).status_code == 404, tail


async def test_a_unit_above_answers_for_the_one_asked_and_once(world: World) -> None:
    await routed_round(world)
    made = await at_office(world)
    opinion = await asked(world, made, "Viện kiểm sát nhân dân khu vực 1 - Cao Bằng")
    officer = await world.actor("other_officer")
    await give_opinion(made, opinion, "agree", "", actor=officer, now=world.now)
    (told,) = await opinions_of(made)
    assert (told.view, told.answered_by) == ("agree", "Cán bộ đầu mối Cao Bằng")
    with pytest.raises(Refused) as refused:
        await give_opinion(made, opinion, "disagree", "Khác.", actor=officer, now=world.now)
    assert refused.value.refusal.code == "already-answered"


async def test_the_due_day_counts_and_then_it_is_overdue(world: World) -> None:
    await routed_round(world)
    made = await at_office(world)
    first, second = await asked(world, made), await asked(world, made, "cb-kv-1")
    head = await world.actor("other_head")
    await give_opinion(made, first, "no_view", "", actor=head, now=world.at("2025-11-14"))
    with pytest.raises(Refused) as refused:
        await give_opinion(made, second, "agree", "", actor=head, now=world.at("2025-11-15"))
    assert refused.value.refusal.code == "answer-late"
    states = [opinion.state(date(2025, 11, 15)) for opinion in await opinions_of(made)]
    assert states == ["answered", "overdue"]


@pytest.mark.parametrize(
    ("unit", "due", "code"),
    [
        ("nowhere", DUE, "unknown-unit"),
        ("kv-1", DUE, "own-unit"),
        ("cao-bang", date(2025, 11, 9), "past"),
        ("cao-bang", date(2025, 11, 23), "after-appraisal"),
        ("cb-kv-1", DUE, "already-asked"),
    ],
)
async def test_what_cannot_be_asked(world: World, unit: str, due: date, code: str) -> None:
    await routed_round(world)
    made = await at_office(world)
    await asked(world, made, "cb-kv-1")
    with pytest.raises(Refused) as refused:
        await asked(world, made, unit, due=due)
    assert refused.value.refusal.code == code


@pytest.mark.parametrize("login", ["kv_head", "officer", "leader", "member_1", "other_head"])
async def test_only_who_has_the_dossier_in_hand_asks(world: World, login: str) -> None:
    await routed_round(world)
    made = await at_office(world)
    with pytest.raises(NotVisible):
        await asked(world, made, login=login)


async def test_a_level_asks_while_it_waits_there_and_nobody_about_a_draft(world: World) -> None:
    await routed_round(world)
    made, draft = await on_its_way(world, "anh", "phong_1"), await drafted(world)
    assert await asked(world, made, login="head")
    with pytest.raises(NotVisible):
        await asked(world, draft, login="head")


async def test_a_stopped_or_frozen_dossier_takes_no_view_any_more(world: World) -> None:
    await routed_round(world)
    stopped, frozen = await at_office(world, "chi"), await at_office(world, "dung")
    opinions = [await asked(world, stopped), await asked(world, frozen)]
    appraiser, head = await world.actor("appraiser"), await world.actor("other_head")
    await refuse(stopped, "x", actor=appraiser, now=world.now)
    secretary = await world.actor("secretary")
    await actions.freeze_gates(world.ids["routed"], actor=secretary, now=world.now)
    for nomination, opinion in zip((stopped, frozen), opinions, strict=True):
        with pytest.raises(Refused) as refused:
            await give_opinion(nomination, opinion, "agree", "", actor=head, now=world.now)
        assert refused.value.refusal.code == "scoring-opened"


async def test_who_reads_what_was_said(world: World) -> None:
    """The nominee and the nominating unit do not; each unit asked only its own."""
    await routed_round(world)
    made = await at_office(world, "anh", "phong_1")
    await asked(world, made)
    opinion = await asked(world, made, "kv-1")
    kv_head = await world.actor("kv_head")
    words = "Còn đơn thư chưa xong."
    await give_opinion(made, opinion, "disagree", words, actor=kv_head, now=world.now)
    here = f"/nominations/{made}/opinions"
    for login, status, told in (
        ("appraiser", 200, True),
        ("member_1", 200, True),
        ("kv_officer", 200, True),
        ("other_head", 200, False),
        ("staff", 404, False),
        ("head", 404, False),
    ):
        async with world.client(login) as client:
            if login != "head":  # over kv_1 too, so the province answers for it
                page = await client.get(here)
                assert (page.status_code, words in page.text) == (status, told), login
            route = await client.get(f"/nominations/{made}/route")
            shown = words in route.text
            assert shown == (login in ("appraiser", "member_1")), login


async def test_the_form_keeps_what_was_typed(world: World) -> None:
    await routed_round(world)
    made = await at_office(world)
    here = f"/nominations/{made}/opinions"
    new = {"unit": "không có", "question": "Câu hỏi đã viết.", "due_on": "14/11/2025"}
    async with world.client("appraiser") as client:
        bad = await client.form(here, new)
        assert (bad.status_code, "Câu hỏi đã viết." in bad.text) == (422, True)
        assert "Không tìm thấy đúng một đơn vị" in bad.text
        assert (await client.form(here, {**new, "unit": "cao-bang"})).status_code == 303
    opinion = (await opinions_of(made))[0].id
    async with world.client("other_head") as client:
        why = await client.form(f"{here}/{opinion}", {"view": "disagree", "answer": ""})
        assert (why.status_code, "Vui lòng nhập mục này." in why.text) == (422, True)
        given = await client.form(f"{here}/{opinion}", {"view": "disagree", "answer": "Vì sao."})
        assert given.status_code == 303
        again = await client.form(f"{here}/{opinion}", {"view": "agree", "answer": "Đổi ý."})
        assert (again.status_code, "Đổi ý." in again.text) == (409, True)
        assert "Đơn vị đã gửi ý kiến." in again.text
