"""Sending a whole dossier back: to whom, until when, and what that ends."""

from __future__ import annotations

from datetime import date

import pytest

from app.kernel.refusal import NotVisible, Refused
from app.nominations import actions, queries
from app.nominations.actions.items import ask_item
from app.nominations.actions.returning import return_dossier
from app.nominations.queries.items import items_of
from app.nominations.rules.routing import Standing
from app.nominations.tables import DossierReturn, Submission
from tests.cast import WORKED
from tests.conftest import World
from tests.nominations.prepared import add_proofs
from tests.nominations.routed import at_office, on_its_way, routed_round, send_on, standing

pytestmark = pytest.mark.anyio


async def back(world: World, made: int, to_step: int, login: str, day: str = "") -> None:
    now = world.at(day) if day else world.now
    await return_dossier(made, to_step, "Thiếu biên bản.", actor=await world.actor(login), now=now)


async def test_to_the_unit_it_is_a_draft_again_and_goes_the_whole_way_anew(world: World) -> None:
    await routed_round(world)
    made = await at_office(world)
    await back(world, made, 0, "appraiser")
    assert await standing(made) == Standing("draft")
    await actions.submit(made, actor=await world.actor("kv_officer"), now=world.now)
    assert await standing(made) == Standing("route", world.ids["kv_1"])
    rows = await Submission.select(Submission.number).order_by(Submission.number)
    assert [row["number"] for row in rows] == [1, 2]


async def test_to_an_earlier_level_only_what_lies_above_is_endorsed_again(world: World) -> None:
    await routed_round(world)
    made = await at_office(world)
    await back(world, made, 2, "secretary")
    assert await standing(made) == Standing("route", world.ids["lang_son"])
    await send_on(world, "lang_son", made)
    assert await standing(made) == Standing("office")


@pytest.mark.parametrize(
    ("login", "to_step", "outcome"),
    [
        ("head", 1, None),
        ("head", 0, None),
        ("head", 2, "not-below"),
        ("head", 3, "not-below"),
    ],
)
async def test_a_level_sends_back_only_to_those_before_it(
    world: World, login: str, to_step: int, outcome: str | None
) -> None:
    await routed_round(world)
    made = await on_its_way(world)
    await send_on(world, "kv_1", made)
    if outcome is None:
        await back(world, made, to_step, login)
        assert await DossierReturn.count() == 1
        return
    with pytest.raises(Refused) as refused:
        await back(world, made, to_step, login)
    assert refused.value.refusal.code == outcome
    assert await standing(made) == Standing("route", world.ids["lang_son"])


@pytest.mark.parametrize(
    "login", ["kv_head", "kv_officer", "officer", "other_head", "member_1", "appraiser", "leader"]
)
async def test_only_who_has_it_in_hand_sends_it_back(world: World, login: str) -> None:
    await routed_round(world)
    made = await on_its_way(world)
    await send_on(world, "kv_1", made)
    with pytest.raises(NotVisible):
        await back(world, made, 0, login)


async def test_a_draft_is_nobodys_to_send_back(world: World) -> None:
    await routed_round(world)
    made = await on_its_way(world)
    await back(world, made, 0, "kv_head")
    with pytest.raises(NotVisible):
        await back(world, made, 0, "kv_head")


async def test_what_came_back_is_corrected_until_appraisal_ends(world: World) -> None:
    """The nomination days are over on 12/11; the return would be worth nothing else."""
    await routed_round(world)
    made = await at_office(world)
    await back(world, made, 0, "appraiser", "2025-11-18")
    officer = await world.actor("kv_officer")
    dossier = await queries.nomination(made, officer)
    assert (dossier.stage, dossier.returned) == ("draft", True)
    late = world.at("2025-11-23")
    with pytest.raises(Refused) as refused:
        await actions.submit(made, actor=officer, now=late)
    assert refused.value.refusal.code == "too-late"
    assert refused.value.refusal.values == {"day": "22/11/2025"}
    await actions.submit(made, actor=officer, now=world.at("2025-11-22"))
    assert await standing(made) == Standing("route", world.ids["kv_1"])


async def test_evidence_of_a_returned_dossier_may_be_added_again(world: World) -> None:
    await routed_round(world)
    made = await on_its_way(world, "anh", "phong_1")
    with pytest.raises(Refused):
        await _add(world, made)
    await back(world, made, 0, "head")
    await _add(world, made)
    dossier = await queries.nomination(made, await world.actor("head"))
    assert len(dossier.evidence) == 3


async def _add(world: World, made: int) -> None:
    await actions.add_evidence(
        made,
        "C2",
        "Thêm.",
        None,
        None,
        "",
        "",
        days=WORKED,
        actor=await world.actor("head"),
        now=world.now,
    )


async def test_nothing_is_sent_back_after_appraisal_or_once_scoring_opened(world: World) -> None:
    await routed_round(world)
    made = await at_office(world)
    with pytest.raises(Refused) as refused:
        await back(world, made, 0, "appraiser", "2025-11-23")
    assert refused.value.refusal.code == "too-late"
    await actions.freeze_gates(
        world.ids["routed"], actor=await world.actor("secretary"), now=world.now
    )
    with pytest.raises(Refused) as refused:
        await back(world, made, 0, "appraiser")
    assert refused.value.refusal.code == "scoring-opened"


async def test_what_was_asked_of_it_is_asked_no_more(world: World) -> None:
    await routed_round(world)
    made = await at_office(world)
    appraiser = await world.actor("appraiser")
    await ask_item(made, "report", "?", date(2025, 11, 20), actor=appraiser, now=world.now)
    await back(world, made, 0, "appraiser")
    (item,) = await items_of(made)
    assert (item.accepted, item.closed_at) == (False, world.now)


async def test_its_readers_keep_seeing_it_while_it_is_corrected(world: World) -> None:
    await routed_round(world)
    made = await at_office(world)
    await back(world, made, 0, "appraiser")
    assert (await queries.nomination(made, await world.actor("appraiser"))).stage == "draft"


async def test_a_second_look_at_a_moved_dossier_keeps_the_reason(world: World) -> None:
    """The form was open in two tabs; the dossier went up meanwhile."""
    await routed_round(world)
    made = await on_its_way(world)
    async with world.client("head") as client:
        page = await client.get(f"/nominations/{made}/route")
        assert f'action="/nominations/{made}/return"' in page.text
        data = {"to_step": "2", "reason": "Lý do đã viết."}
        answer = await client.form(f"/nominations/{made}/return", data)
        assert answer.status_code == 422
        assert "Chỉ trả lại được cho cấp trước" in answer.text
        assert "Lý do đã viết." in answer.text
        empty = await client.form(f"/nominations/{made}/return", {"to_step": "0", "reason": " "})
        assert (empty.status_code, "Vui lòng nhập mục này." in empty.text) == (422, True)
    async with world.client("head", now=world.at("2025-11-23")) as client:
        late = await client.form(f"/nominations/{made}/return", {**data, "to_step": "0"})
        assert late.status_code == 409
        assert "Đã hết hạn thẩm định" in late.text
        assert "Lý do đã viết." in late.text
    assert await DossierReturn.count() == 0


async def test_the_way_tells_who_when_and_why(world: World) -> None:
    await routed_round(world)
    made = await at_office(world)
    await back(world, made, 1, "appraiser")
    async with world.client("kv_officer") as client:
        page = (await client.get(f"/nominations/{made}/route")).text
    assert "Cơ quan thường trực Hội đồng trả lại hồ sơ cho Viện kiểm sát nhân dân khu vực 1" in page
    assert "Thiếu biên bản." in page
    assert "Viện kiểm sát nhân dân tỉnh Lạng Sơn trình danh sách, văn bản số 12/TTr-VKS" in page


async def test_a_late_first_draft_is_still_bound_by_the_nomination_days(world: World) -> None:
    await routed_round(world)
    made = await on_its_way(world, "anh", "phong_1")
    with pytest.raises(Refused):
        await add_proofs(world, made, "individual")


async def test_the_unit_is_told_until_when_to_send_it_again(world: World) -> None:
    await routed_round(world)
    made = await at_office(world)
    await back(world, made, 0, "appraiser")
    async with world.client("kv_officer") as client:
        page = (await client.get(f"/nominations/{made}")).text
    assert "Nộp lại hồ sơ" in page
    assert "Hạn nộp lại: hết ngày 22/11/2025." in page
    assert f'href="/nominations/{made}/route#events"' in page
