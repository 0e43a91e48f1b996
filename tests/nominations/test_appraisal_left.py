"""A question whose asker left the office is looked at by whoever is there now."""

from __future__ import annotations

from datetime import date

import pytest

from app.accounts.tables import RoleHeld
from app.kernel.refusal import NotVisible
from app.nominations.actions.items import accept_item
from app.nominations.queries.items import items_of
from tests.conftest import World
from tests.nominations.routed import at_office, routed_round
from tests.nominations.test_appraisal_items import asked

pytestmark = pytest.mark.anyio


async def test_another_closes_it_once_the_asker_holds_no_such_role(world: World) -> None:
    await routed_round(world)
    made = await at_office(world)
    item = await asked(world, made)
    secretary = await world.actor("secretary")
    with pytest.raises(NotVisible):
        await accept_item(made, item, actor=secretary, now=world.now)
    await RoleHeld.update({RoleHeld.valid_to: date(2025, 11, 10)}).where(
        RoleHeld.account == world.ids["account:appraiser"]
    )
    later = world.at("2025-11-11")
    with pytest.raises(NotVisible):  # the last day still counts
        await accept_item(made, item, actor=secretary, now=world.now)
    for login, shown in (("kv_officer", False), ("secretary", True)):
        async with world.client(login, now=later) as client:
            page = (await client.get(f"/nominations/{made}/items")).text
            assert (f"/items/{item}/acceptance" in page) == shown
    await accept_item(made, item, actor=secretary, now=later)
    assert (await items_of(made))[0].accepted is True
