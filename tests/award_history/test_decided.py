"""A decision of this system writes what it awards into the history, in its own transaction."""

from __future__ import annotations

from datetime import date

import pytest

from app.award_history import queries
from app.award_history.rules import Award
from app.decisions import actions as decisions
from app.kernel.period import Period
from tests.conftest import World
from tests.decisions.approved_round import ACHIEVEMENT, approve

pytestmark = pytest.mark.anyio


async def decide(world: World) -> None:
    round_id = await approve(world)
    await decisions.decide(
        round_id,
        date(2025, 12, 15),
        "Hà Nội",
        "",
        "Viện trưởng",
        "Nguyễn Văn A",
        actor=await world.actor("leader"),
        now=world.at("2025-12-16"),
    )


async def of(world: World, person: str = "", unit: str = "") -> tuple[Award, ...]:
    actor = await world.actor("auditor")
    if person:
        holder = await queries.person_holder(world.ids[person], actor, date(2025, 12, 16))
    else:
        holder = await queries.unit_holder(world.ids[unit])
    return await queries.awards_of_holder(holder, removed=True)


async def test_each_approved_nominee_gets_one_award(world: World) -> None:
    await decide(world)
    (award,) = await of(world, person="anh")
    assert award == Award(
        id=award.id,
        person_id=world.ids["anh"],
        collective_id=None,
        holder_name="Hoàng Văn Ánh",
        award_form="Giấy khen",
        method="thematic",
        decision_number="01/QĐ-VKSTC",
        decided_on=date(2025, 12, 15),
        issuer="Viện trưởng Viện kiểm sát nhân dân tối cao",
        period=Period(date(2024, 12, 1), date(2025, 11, 30)),
        achievement=ACHIEVEMENT,
        from_decision=True,
        worked_in="Phòng 1",
    )


async def test_a_collective_gets_its_own(world: World) -> None:
    await decide(world)
    (award,) = await of(world, unit="phong_1")
    assert (award.collective_id, award.person_id) == (world.ids["phong_1"], None)


async def test_who_was_not_approved_gets_none(world: World) -> None:
    await decide(world)
    assert await of(world, person="chi") == ()
