"""A running list is given more working days, never fewer, and the public sees the new last day."""

from __future__ import annotations

import asyncio
from datetime import date

import pytest

from app.kernel.refusal import NotVisible, Refused
from app.movement import actions as movement
from app.movement.tables import ReviewRound
from app.public_comment import actions
from tests.conftest import World
from tests.public_comment.published import AFTER, FIRST, LAST, published, rows

pytestmark = pytest.mark.anyio

WHY = "Nhiều đơn vị chưa xem được danh sách."
DAY = "2025-12-16"


async def extend(
    world: World, publication: int, days: int = 12, *, day: str = DAY, login: str = "secretary"
) -> date:
    return await actions.extend(
        publication, days, WHY, actor=await world.actor(login), now=world.at(day)
    )


async def days_of() -> tuple[date, int]:
    (row,) = await rows("SELECT last_on, working_days FROM publication")
    return row["last_on"], row["working_days"]


async def refused(world: World, publication: int, days: int, day: str = DAY) -> str:
    before = await days_of()
    with pytest.raises(Refused) as error:
        await extend(world, publication, days, day=day)
    assert await days_of() == before
    return error.value.refusal.code


async def test_the_new_last_day_is_counted_in_working_days(world: World) -> None:
    """The first of January is none."""
    made, _ = await published(world)
    assert await extend(world, made, 14) == date(2026, 1, 2)
    assert await days_of() == (date(2026, 1, 2), 14)
    assert await rows("SELECT old_last, new_last, reason FROM publication_extension") == [
        {"old_last": date.fromisoformat(LAST), "new_last": date(2026, 1, 2), "reason": WHY}
    ]
    (entry,) = await rows("SELECT detail FROM audit_entry WHERE action = 'public_comment.extend'")
    assert "2026-01-02" in entry["detail"]
    assert WHY not in entry["detail"]


async def test_the_public_has_the_list_until_the_new_day(world: World) -> None:
    made, path = await published(world)
    shown = {}
    for extended in (False, True):
        if extended:
            await extend(world, made)
        async with world.client(now=world.at(AFTER)) as browser:
            page = (await browser.get(path)).text
        shown[extended] = ("đến hết ngày 30/12/2025" in page, "Gửi phản ánh</button>" in page)
    assert shown == {False: (False, False), True: (True, True)}


async def test_it_is_not_shortened_nor_left_as_it_was(world: World) -> None:
    made, _ = await published(world)
    assert [await refused(world, made, days) for days in (1, 9, 10)] == ["not-longer"] * 3


async def test_its_last_day_is_the_last_to_extend_it(world: World) -> None:
    made, _ = await published(world)
    assert await refused(world, made, 12, AFTER) == "already-ended"
    assert await extend(world, made, 12, day=LAST) == date(2025, 12, 30)


async def test_a_withdrawn_list_is_not_extended(world: World) -> None:
    made, _ = await published(world)
    secretary = await world.actor("secretary")
    await actions.withdraw(made, "Sai tên.", actor=secretary, now=world.at(DAY))
    assert await refused(world, made, 12) == "already-withdrawn"


async def test_the_calendar_bounds_it_until_its_stage_is_extended(world: World) -> None:
    made, _ = await published(world)
    await ReviewRound.update(
        {
            ReviewRound.comment_open_on: date(2025, 12, 15),
            ReviewRound.comment_close_on: date(2025, 12, 26),
            ReviewRound.decision_on: date(2026, 1, 15),
        }
    ).where(ReviewRound.id == world.ids["round_2025"])
    assert await refused(world, made, 11) == "after-comment-days"
    await movement.extend_stage(
        world.ids["round_2025"],
        "comment",
        date(2025, 12, 30),
        WHY,
        move_following=False,
        actor=await world.actor("secretary"),
        now=world.at(DAY),
    )
    assert await refused(world, made, 13) == "after-comment-days"
    assert await extend(world, made, 12) == date(2025, 12, 30)


async def test_twice_at_once_is_once(world: World) -> None:
    made, _ = await published(world)
    answers = await asyncio.gather(extend(world, made), extend(world, made), return_exceptions=True)
    codes = [answer.refusal.code for answer in answers if isinstance(answer, Refused)]
    assert codes == ["not-longer"]
    assert len(await rows("SELECT id FROM publication_extension")) == 1


@pytest.mark.parametrize("login", ["appraiser", "leader", "officer"])
async def test_only_the_secretary_extends(world: World, login: str) -> None:
    made, _ = await published(world)
    with pytest.raises(NotVisible):
        await extend(world, made, login=login)


async def test_the_page_extends_and_tells_who_and_why(world: World) -> None:
    made, _ = await published(world)
    path = f"/publications/{made}"
    async with world.client("secretary", now=world.at(DAY)) as browser:
        for days, status in (("", 422), ("10", 422), ("12", 303)):
            answer = await browser.form(f"{path}/extension", {"working_days": days, "because": WHY})
            assert answer.status_code == status
            if status == 422:
                assert WHY in answer.text
        assert "đang công khai 10 ngày làm việc, đến hết 26/12/2025" not in answer.text
        page = await browser.get(path)
    assert "từ 15/12/2025 đến hết 30/12/2025, 12 ngày làm việc" in page.text
    assert f"từ hết 26/12/2025 đến hết 30/12/2025: {WHY}" in page.text


async def test_a_list_that_is_over_offers_no_extension(world: World) -> None:
    made, _ = await published(world)
    offered = []
    for login, day in (("secretary", FIRST), ("secretary", AFTER), ("leader", FIRST)):
        async with world.client(login, now=world.at(day)) as browser:
            page = await browser.get(f"/publications/{made}")
        offered.append(f'action="/publications/{made}/extension"' in page.text)
    assert offered == [True, False, False]
