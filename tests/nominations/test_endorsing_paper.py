"""The paper of a list names everybody on it: one dossier of one's own does not open it."""

from __future__ import annotations

from datetime import date

import pytest

from app.nominations.actions.endorsing import Paper, endorse
from app.nominations.rules.endorsing import ListLine
from tests.conftest import World
from tests.nominations.routed import on_its_way, routed_round, send_on
from tests.nominations.test_endorsement_pages import a_pdf

pytestmark = pytest.mark.anyio


async def sent_list(world: World) -> tuple[int, int, int]:
    """The province's list with `staff` and somebody of kv_1 on it, and those two dossiers."""
    await routed_round(world)
    from_below = await on_its_way(world)
    await send_on(world, "kv_1", from_below)
    own = await on_its_way(world, "anh", "phong_1")
    sent = await endorse(
        world.ids["routed"],
        world.ids["lang_son"],
        [ListLine(own, None), ListLine(from_below, None)],
        Paper("12/TTr-VKS", date(2025, 11, 10), a_pdf(), "to-trinh.pdf"),
        actor=await world.actor("head"),
        now=world.now,
    )
    return sent, own, from_below


async def test_a_dossier_on_the_list_does_not_open_it(world: World) -> None:
    sent, own, from_below = await sent_list(world)
    for login, dossier in (("staff", own), ("kv_officer", from_below), ("kv_head", from_below)):
        async with world.client(login) as client:
            assert (await client.get(f"/nominations/{dossier}")).status_code == 200
            for tail in ("", "/paper"):
                answer = await client.get(f"/endorsement-lists/{sent}{tail}")
                assert answer.status_code == 404, (login, tail)


async def test_the_level_and_who_reviews_it_read_the_list(world: World) -> None:
    sent, _, _ = await sent_list(world)
    for login in ("officer", "head", "appraiser", "secretary", "auditor"):
        async with world.client(login) as client:
            for tail in ("", "/paper"):
                answer = await client.get(f"/endorsement-lists/{sent}{tail}")
                assert answer.status_code == 200, (login, tail)
