"""What opens a sensitive account to others waits on the auditor's home page for a month."""

from __future__ import annotations

from datetime import timedelta

import pytest

from app.accounts import actions
from app.accounts.queries.waiting import waiting
from app.kernel.actor import Role
from tests import cast
from tests.accounts.telephone import give_telephone
from tests.conftest import World

pytestmark = pytest.mark.anyio

LINKS, FACTORS = "/audit?action=accounts.reset_link", "/audit?action=accounts.reset_second_factor"


async def told(world: World, login: str = "auditor", days: int = 0) -> list[tuple[str, object]]:
    items = await waiting(await world.actor(login), world.now + timedelta(days=days))
    return [(item.href, item.values["n"]) for item in items if item.href.startswith("/audit")]


async def test_links_and_lost_telephones_of_those_who_decide(world: World) -> None:
    admin = await world.actor("administrator")
    await give_telephone(world, "secretary")
    assert await told(world) == []
    for login in ("leader", "secretary", "secretary", "staff"):
        await actions.make_reset_link(world.ids[f"account:{login}"], actor=admin, now=world.now)
    await actions.reset_second_factor(
        world.ids["account:secretary"], "stolen", actor=admin, now=world.now
    )
    assert await told(world) == [(LINKS, 3), (FACTORS, 1)]
    assert await told(world, days=29) == [(LINKS, 3), (FACTORS, 1)]
    assert await told(world, days=30) == []
    for other in ("administrator", "secretary", "staff"):
        assert await told(world, other) == []
    async with world.client("auditor") as browser:
        home = await browser.get("/")
        assert "3 lần cấp liên kết đặt lại mật khẩu" in home.text
        assert (await browser.get(LINKS)).status_code == 200


async def test_the_link_of_a_new_account_is_nothing_to_tell(world: World) -> None:
    admin = await world.actor("administrator")
    account_id, _ = await actions.open_account(
        "moi", "", "Lê Thị Giang", "", actor=admin, now=world.now
    )
    await actions.grant(
        admin, account_id, Role.LEADER, world.ids["root"], cast.START, now=world.now
    )
    assert await told(world) == []
    await actions.make_reset_link(account_id, actor=admin, now=world.now)
    assert await told(world) == [(LINKS, 1)]
