"""No decision is signed while the public may still speak."""

from __future__ import annotations

from datetime import date

import pytest

from app.decisions import actions as decisions
from app.decisions.rules import refuse_while_public
from app.kernel.refusal import Refused
from app.public_comment import actions
from app.public_comment.rules import NewComment
from tests.conftest import World
from tests.public_comment.published import path_of, published

pytestmark = pytest.mark.anyio


async def decide(world: World, signed_on: date, today: str = "2025-12-30") -> int:
    return await decisions.decide(
        world.ids["round_2025"],
        signed_on,
        "Hà Nội",
        "",
        "Viện trưởng",
        "Nguyễn Văn A",
        actor=await world.actor("leader"),
        now=world.at(today),
    )


def test_without_a_list_nothing_stands_in_the_way() -> None:
    assert refuse_while_public(None) is None


@pytest.mark.parametrize("day", [date(2025, 12, 16), date(2025, 12, 26)])
async def test_the_last_day_still_belongs_to_the_public(world: World, day: date) -> None:
    await published(world)
    with pytest.raises(Refused) as error:
        await decide(world, day)
    assert error.value.refusal.code == "public-comment-open"
    assert error.value.refusal.values == {"day": "26/12/2025"}
    assert error.value.refusal.field_name == "signed_on"


async def test_the_day_after_it_may_be_signed(world: World) -> None:
    await published(world)
    assert await decide(world, date(2025, 12, 27)) > 0


async def test_a_withdrawn_list_holds_nothing_up(world: World) -> None:
    made, _ = await published(world)
    actor = await world.actor("secretary")
    await actions.withdraw(made, "Sai tên.", actor=actor, now=world.at("2025-12-16"))
    assert await decide(world, date(2025, 12, 17)) > 0


async def comment(world: World, publication_id: int, text: str = "Cần xem lại.") -> int:
    code = (await path_of(publication_id)).rpartition("/")[2]
    return await actions.receive(code, NewComment(None, "", "", text), now=world.at("2025-12-17"))


async def test_a_comment_nobody_has_handled_holds_the_decision_up(world: World) -> None:
    made, _ = await published(world)
    first, second = await comment(world, made), await comment(world, made, "Còn một việc.")
    secretary = await world.actor("secretary")
    for handled, left in ((first, 2), (second, 1)):
        with pytest.raises(Refused) as error:
            await decide(world, date(2025, 12, 29))
        assert error.value.refusal.code == "comments-open"
        assert error.value.refusal.values == {"n": left}
        await actions.handle(
            made, handled, "unfounded", "Đã xem.", actor=secretary, now=world.at("2025-12-28")
        )
    assert await decide(world, date(2025, 12, 29)) > 0


async def test_comments_on_a_withdrawn_list_hold_nothing_up(world: World) -> None:
    made, _ = await published(world)
    await comment(world, made)
    actor = await world.actor("secretary")
    await actions.withdraw(made, "Sai tên.", actor=actor, now=world.at("2025-12-18"))
    assert await decide(world, date(2025, 12, 18)) > 0


async def test_the_page_says_what_is_left_to_handle(world: World) -> None:
    made, _ = await published(world)
    await comment(world, made)
    path = f"/rounds/{world.ids['round_2025']}/decision"
    async with world.client("secretary", now=world.at("2025-12-29")) as browser:
        page = await browser.get(path)
    assert "Còn 1 ý kiến chưa được xử lý" in page.text
    assert f'href="/rounds/{world.ids["round_2025"]}/public-comment"' in page.text
    assert "signer_name" not in page.text
