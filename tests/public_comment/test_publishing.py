"""Publishing a list: who is on it, until when, and what is refused."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import date

import pytest

from app.kernel.refusal import NotVisible, Refused
from app.movement.tables import ReviewRound
from app.public_comment import actions
from tests.conftest import World
from tests.decisions.approved_round import approve
from tests.nominations.prepared import (
    attest,
    freeze,
    recognised_initiative,
    submitted_person,
)
from tests.public_comment.published import LAST, NEW, publish, published, rows

pytestmark = pytest.mark.anyio

FORM = {
    "title": "Danh sách khen thưởng",
    "basis": "approved",
    "first_on": "15/12/2025",
    "working_days": "10",
    "contact": "Vụ Thi đua - Khen thưởng",
}


async def items() -> list[tuple[int, str]]:
    found = await rows("SELECT position, name FROM publication_item ORDER BY position")
    return [(row["position"], row["name"]) for row in found]


async def test_the_approved_are_listed_in_the_order_of_the_ranking(world: World) -> None:
    await published(world)
    assert await items() == [
        (1, "Phòng 1"),
        (2, "Lý Thị Bình"),
        (3, "Hoàng Văn Ánh"),
        (4, "Bế Văn Em"),
    ]


async def test_ten_working_days_end_two_weeks_later(world: World) -> None:
    await published(world)
    (row,) = await rows("SELECT first_on, last_on, working_days FROM publication")
    assert row == {
        "first_on": date(2025, 12, 15),
        "last_on": date.fromisoformat(LAST),
        "working_days": 10,
    }


async def test_new_year_is_no_working_day(world: World) -> None:
    await approve(world)
    await publish(world, replace(NEW, first_on=date(2025, 12, 22)))
    (row,) = await rows("SELECT last_on FROM publication")
    assert row["last_on"] == date(2026, 1, 5)


async def test_before_the_session_those_whose_gates_are_frozen_may_be_listed(world: World) -> None:
    await recognised_initiative(world, "anh", "phong_1", "SK-1")
    await attest(world, await submitted_person(world), "G1", "appraiser")
    await submitted_person(world, "binh")
    eligible = replace(NEW, basis="eligible")
    for new, code in ((NEW, "no-council-result"), (eligible, "gates-not-frozen")):
        with pytest.raises(Refused) as error:
            await publish(world, new)
        assert error.value.refusal.code == code
    await freeze(world)
    await publish(world, eligible)
    assert await items() == [(1, "Hoàng Văn Ánh")]


async def test_chosen_codes_are_those_of_dossiers_that_fulfil_the_conditions(world: World) -> None:
    await recognised_initiative(world, "anh", "phong_1", "SK-1")
    for person in ("anh", "binh"):
        await attest(world, await submitted_person(world, person), "G1", "appraiser")
    chosen = replace(NEW, basis="chosen", codes=("CN-2025-0001",))
    with pytest.raises(Refused) as error:
        await publish(world, chosen)
    assert error.value.refusal.code == "gates-not-frozen"
    await freeze(world)
    for codes, refused in (
        (("CN-2025-0001", "CN-2025-0009"), ("unknown-codes", "CN-2025-0009")),
        (("CN-2025-0001", "CN-2025-0002"), ("not-fulfilled", "CN-2025-0002")),
    ):
        with pytest.raises(Refused) as error:
            await publish(world, replace(chosen, codes=codes))
        found = error.value.refusal
        assert (found.code, found.values["codes"]) == refused
    await publish(world, chosen)
    assert await items() == [(1, "Hoàng Văn Ánh")]


async def test_after_the_session_only_the_approved_are_chosen(world: World) -> None:
    await approve(world)
    await rows("UPDATE nomination SET stage = 'office', submitted_at = created_at")
    await rows(
        "INSERT INTO gate_check (nomination, outcome, verdicts, by, at)"
        " SELECT id, 'pass', '{{}}', created_by, created_at FROM nomination"
    )
    chosen = replace(NEW, basis="chosen", codes=("CN-2025-0003", "CN-2025-0004"))
    with pytest.raises(Refused) as error:
        await publish(world, chosen)
    found = error.value.refusal
    assert (found.code, found.values) == ("not-approved", {"codes": "CN-2025-0004"})
    await publish(world, replace(chosen, codes=("CN-2025-0003",)))
    assert await items() == [(1, "Bế Văn Em")]


async def test_the_calendar_of_the_round_is_kept(world: World) -> None:
    await approve(world)
    await ReviewRound.update({ReviewRound.comment_close_on: date(2025, 12, 25)}).where(
        ReviewRound.id == world.ids["round_2025"]
    )
    with pytest.raises(Refused) as error:
        await publish(world)
    assert error.value.refusal.code == "after-comment-days"
    assert await rows("SELECT id FROM publication") == []


async def test_two_at_once_make_one_list(world: World) -> None:
    await approve(world)
    answers = await asyncio.gather(publish(world), publish(world), return_exceptions=True)
    refused = [answer for answer in answers if isinstance(answer, Refused)]
    assert [error.refusal.code for error in refused] == ["already-published"]
    assert len(await rows("SELECT id FROM publication")) == 1


async def test_a_withdrawn_list_makes_room_for_a_new_one(world: World) -> None:
    made, _ = await published(world)
    actor = await world.actor("secretary")
    await actions.withdraw(made, "Sai tên một đơn vị.", actor=actor, now=world.at("2025-12-16"))
    assert await publish(world, replace(NEW, first_on=date(2025, 12, 17)), day="2025-12-16") > made


@pytest.mark.parametrize("login", ["appraiser", "leader", "officer"])
async def test_only_the_secretary_publishes(world: World, login: str) -> None:
    await approve(world)
    with pytest.raises(NotVisible):
        await actions.publish(
            world.ids["round_2025"], NEW, actor=await world.actor(login), now=world.at("2025-12-15")
        )


async def test_the_form_publishes_and_leads_to_the_list(world: World) -> None:
    await approve(world)
    path = f"/rounds/{world.ids['round_2025']}/public-comment"
    async with world.client("secretary", now=world.at("2025-12-15")) as browser:
        blank = await browser.get(f"{path}/new")
        assert "Công khai đến hết ngày 26/12/2025." in blank.text
        answer = await browser.form(path, FORM)
        assert answer.status_code == 303
        shown = await browser.get(answer.headers["location"])
        listed = await browser.get(path)
    assert "từ 15/12/2025 đến hết 26/12/2025, 10 ngày làm việc" in shown.text
    assert "Danh sách khen thưởng</a>" in listed.text


async def test_the_days_can_be_tried_before_publishing(world: World) -> None:
    path = f"/rounds/{world.ids['round_2025']}/public-comment"
    async with world.client("secretary", now=world.at("2025-12-15")) as browser:
        tried = await browser.form(path, FORM | {"only": "days", "first_on": "22/12/2025"})
    assert tried.status_code == 200
    assert "Công khai đến hết ngày 05/01/2026." in tried.text
    assert "01/01/2026 (Tết Dương lịch)" in tried.text
    assert await rows("SELECT id FROM publication") == []


@pytest.mark.parametrize(
    ("wrong", "status", "said"),
    [
        ({"title": " "}, 422, "Vui lòng nhập mục này."),
        ({"working_days": "0"}, 422, "Giá trị phải từ 1 đến 60."),
        ({"first_on": "14/12/2025"}, 422, "không được trước ngày hôm nay (15/12/2025)"),
        ({"basis": "chosen", "codes": "CN-2025-0099"}, 422, "CN-2025-0099"),
    ],
)
async def test_a_refused_form_keeps_what_was_typed(
    world: World, wrong: dict[str, str], status: int, said: str
) -> None:
    await approve(world)
    path = f"/rounds/{world.ids['round_2025']}/public-comment"
    async with world.client("secretary", now=world.at("2025-12-15")) as browser:
        answer = await browser.form(path, FORM | {"contact": "Phòng 12 tầng 3"} | wrong)
    assert answer.status_code == status
    assert said in answer.text
    assert "Phòng 12 tầng 3" in answer.text
