"""A level or the office stops a dossier, and may go on with it; the nominee may withdraw."""

from __future__ import annotations

from datetime import date

import pytest

from app.kernel.refusal import NotVisible, Refused
from app.nominations import actions
from app.nominations.actions.items import ask_item
from app.nominations.actions.refusals import lift_refusal, refuse
from app.nominations.actions.withdrawing import withdraw
from app.nominations.queries.items import items_of
from app.nominations.rules.routing import Standing
from app.nominations.tables import NominationRefusal, Withdrawal
from tests.conftest import World
from tests.nominations.routed import (
    at_office,
    drafted,
    on_its_way,
    routed_round,
    send_on,
    standing,
)

pytestmark = pytest.mark.anyio


async def test_a_level_stops_a_dossier_and_goes_on_with_it_where_it_was(world: World) -> None:
    await routed_round(world)
    made = await on_its_way(world)
    await send_on(world, "kv_1", made)
    head = await world.actor("head")
    await refuse(made, "Không đủ thành tích.", actor=head, now=world.now)
    assert await standing(made) == Standing("refused")
    await lift_refusal(made, "Đã xem xét lại.", actor=head, now=world.now)
    assert await standing(made) == Standing("route", world.ids["lang_son"])
    with pytest.raises(Refused) as refused:
        await lift_refusal(made, "Lần nữa.", actor=head, now=world.now)
    assert refused.value.refusal.code == "not-refused"


async def test_the_office_stops_and_goes_on(world: World) -> None:
    await routed_round(world)
    made = await at_office(world)
    await refuse(made, "x", actor=await world.actor("appraiser"), now=world.now)
    await lift_refusal(made, "y", actor=await world.actor("secretary"), now=world.now)
    assert await standing(made) == Standing("office")


@pytest.mark.parametrize("login", ["kv_head", "appraiser", "officer", "other_head"])
async def test_only_the_level_that_stopped_it_goes_on(world: World, login: str) -> None:
    await routed_round(world)
    made = await on_its_way(world, "anh", "phong_1")
    await refuse(made, "x", actor=await world.actor("head"), now=world.now)
    with pytest.raises(NotVisible):
        await lift_refusal(made, "y", actor=await world.actor(login), now=world.now)
    assert await standing(made) == Standing("refused")


async def test_the_office_refusal_is_not_the_levels_to_lift(world: World) -> None:
    await routed_round(world)
    made = await at_office(world)
    await refuse(made, "x", actor=await world.actor("secretary"), now=world.now)
    with pytest.raises(NotVisible):
        await lift_refusal(made, "y", actor=await world.actor("head"), now=world.now)


async def test_stopping_twice_says_so(world: World) -> None:
    await routed_round(world)
    made = await at_office(world)
    appraiser = await world.actor("appraiser")
    await refuse(made, "x", actor=appraiser, now=world.now)
    with pytest.raises(Refused) as refused:
        await refuse(made, "y", actor=appraiser, now=world.now)
    assert refused.value.refusal.code == "ended"
    assert await NominationRefusal.count() == 1


async def test_what_was_asked_is_closed_when_it_stops(world: World) -> None:
    await routed_round(world)
    made = await at_office(world)
    appraiser = await world.actor("appraiser")
    await ask_item(made, "minutes", "?", date(2025, 11, 20), actor=appraiser, now=world.now)
    await refuse(made, "x", actor=appraiser, now=world.now)
    (item,) = await items_of(made)
    assert item.closed_at == world.now


async def test_nothing_is_stopped_withdrawn_or_lifted_once_scoring_opened(world: World) -> None:
    await routed_round(world)
    made, stopped = await at_office(world, "chi"), await at_office(world, "dung")
    appraiser = await world.actor("appraiser")
    await refuse(stopped, "x", actor=appraiser, now=world.now)
    secretary = await world.actor("secretary")
    await actions.freeze_gates(world.ids["routed"], actor=secretary, now=world.now)
    officer = await world.actor("kv_officer")
    for attempt in (
        refuse(made, "x", actor=appraiser, now=world.now),
        lift_refusal(stopped, "x", actor=appraiser, now=world.now),
        withdraw(made, "x", actor=officer, now=world.now),
        withdraw(stopped, "x", actor=officer, now=world.now),
    ):
        with pytest.raises(Refused) as refused:
            await attempt
        assert refused.value.refusal.code == "scoring-opened"


@pytest.mark.parametrize("where", ["draft", "route", "office", "refused"])
async def test_a_unit_withdraws_from_anywhere_and_for_good(world: World, where: str) -> None:
    await routed_round(world)
    make = {"draft": drafted, "route": on_its_way}.get(where, at_office)
    made = await make(world)
    if where == "refused":
        await refuse(made, "x", actor=await world.actor("secretary"), now=world.now)
    officer = await world.actor("kv_officer")
    await withdraw(made, "Chuyển ngành.", actor=officer, now=world.now)
    assert await standing(made) == Standing("withdrawn")
    with pytest.raises(Refused) as refused:
        await withdraw(made, "Nữa.", actor=officer, now=world.now)
    assert refused.value.refusal.code == "withdrawn"
    assert await Withdrawal.count() == 1


async def test_the_nominee_withdraws_the_own_nomination_and_nobody_elses(world: World) -> None:
    await routed_round(world)
    own = await on_its_way(world, "anh", "phong_1")
    foreign = await on_its_way(world, "chi")
    staff = await world.actor("staff")
    await withdraw(own, "Không nhận.", actor=staff, now=world.now)
    with pytest.raises(NotVisible):
        await withdraw(foreign, "x", actor=staff, now=world.now)


@pytest.mark.parametrize("login", ["appraiser", "secretary", "member_1", "other_officer"])
async def test_others_do_not_withdraw(world: World, login: str) -> None:
    await routed_round(world)
    made = await at_office(world)
    with pytest.raises(NotVisible):
        await withdraw(made, "x", actor=await world.actor(login), now=world.now)


async def test_the_pages_say_it_and_offer_only_what_is_possible(world: World) -> None:
    await routed_round(world)
    made = await at_office(world, "anh", "phong_1")
    here = f"/nominations/{made}"
    async with world.client("secretary") as client:
        empty = await client.form(f"{here}/refusal", {"reason": ""})
        assert (empty.status_code, "Vui lòng nhập mục này." in empty.text) == (422, True)
        done = await client.form(f"{here}/refusal", {"reason": "Chưa đủ năm công tác."})
        assert (done.status_code, done.headers["location"]) == (303, f"{here}/route")
        again = await client.form(f"{here}/refusal", {"reason": "Viết dở."})
        assert again.status_code == 409
        assert "Hồ sơ đã dừng xét trong đợt này." in again.text
        assert "Viết dở." in again.text
    async with world.client("staff") as client:
        page = (await client.get(f"{here}/route")).text
        assert "Cơ quan thường trực Hội đồng không trình tiếp hồ sơ này" in page
        assert "Chưa đủ năm công tác." in page
        assert f'action="{here}/withdrawal"' in page
        assert f'action="{here}/refusal/lifting"' not in page
        assert (await client.form(f"{here}/refusal/lifting", {"reason": "x"})).status_code == 404
    async with world.client("appraiser") as client:
        assert f'action="{here}/refusal/lifting"' in (await client.get(f"{here}/route")).text
        lifted = await client.form(f"{here}/refusal/lifting", {"reason": "Đủ rồi."})
        assert lifted.status_code == 303
    async with world.client("staff") as client:
        gone = await client.form(f"{here}/withdrawal", {"reason": "Không nhận."})
        assert gone.status_code == 303
        page = (await client.get(f"{here}/route")).text
        assert "Đã rút" in page
        assert f'action="{here}/withdrawal"' not in page
