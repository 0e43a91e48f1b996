"""A level sends its list on: all of it or nothing, in its order, and may take it back in time."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import date

import pytest

from app.audit.tables import AuditEntry
from app.kernel.refusal import NotVisible, Refused
from app.nominations import actions
from app.nominations.actions.endorsing import endorse, undo_endorsement
from app.nominations.actions.items import ask_item
from app.nominations.actions.refusals import refuse
from app.nominations.actions.returning import return_dossier
from app.nominations.actions.withdrawing import withdraw
from app.nominations.queries.endorsing_lists import list_rows
from app.nominations.rules.endorsing import ListLine
from app.nominations.rules.routing import Standing
from app.nominations.tables import Endorsement, EndorsementList
from tests.conftest import World
from tests.nominations.routed import (
    PAPER,
    at_office,
    on_its_way,
    routed_round,
    send_on,
    standing,
)

pytestmark = pytest.mark.anyio


async def test_a_dossier_passes_each_level_and_arrives_at_the_office(world: World) -> None:
    await routed_round(world)
    made = await on_its_way(world)
    assert await standing(made) == Standing("route", world.ids["kv_1"])
    await send_on(world, "kv_1", made)
    assert await standing(made) == Standing("route", world.ids["lang_son"])
    await send_on(world, "lang_son", made)
    assert await standing(made) == Standing("office")


async def test_a_dossier_of_the_province_itself_has_one_level(world: World) -> None:
    await routed_round(world)
    made = await on_its_way(world, "anh", "phong_1")
    assert await standing(made) == Standing("route", world.ids["lang_son"])


async def test_the_list_keeps_the_levels_order_and_votes(world: World) -> None:
    await routed_round(world)
    first, second = await on_its_way(world, "chi"), await on_its_way(world, "dung")
    head = await world.actor("kv_head")
    sent = await endorse(
        world.ids["routed"],
        world.ids["kv_1"],
        [ListLine(second, 9), ListLine(first, None)],
        PAPER,
        11,
        actor=head,
        now=world.now,
    )
    rows = (await list_rows(sent, head)).rows
    assert [(row.id, row.position, row.votes) for row in rows] == [(second, 1, 9), (first, 2, None)]
    entry = (
        await AuditEntry.select(AuditEntry.detail).where(AuditEntry.action == "nominations.endorse")
    )[0]
    assert '"count": 2' in entry["detail"]


@pytest.mark.parametrize(
    ("lines", "total", "code"),
    [
        ([], None, "nothing-chosen"),
        ([12], 11, "more-votes-than-voters"),
        ([1], None, "votes-without-total"),
    ],
)
async def test_votes_must_add_up(
    world: World, lines: list[int], total: int | None, code: str
) -> None:
    await routed_round(world)
    made = await on_its_way(world)
    with pytest.raises(Refused) as refused:
        await endorse(
            world.ids["routed"],
            world.ids["kv_1"],
            [ListLine(made, votes) for votes in lines],
            PAPER,
            total,
            actor=await world.actor("kv_head"),
            now=world.now,
        )
    assert refused.value.refusal.code == code
    assert await EndorsementList.count() == 0


@pytest.mark.parametrize("login", ["kv_officer", "other_head", "officer", "secretary", "staff"])
async def test_only_the_head_over_the_level_endorses(world: World, login: str) -> None:
    await routed_round(world)
    made = await on_its_way(world)
    with pytest.raises(NotVisible):
        await send_on(world, "kv_1", made, login=login)


async def test_what_moved_meanwhile_stops_the_whole_list_and_is_named(world: World) -> None:
    await routed_round(world)
    gone, stays = await on_its_way(world, "chi"), await on_its_way(world, "dung")
    await send_on(world, "kv_1", gone)
    with pytest.raises(Refused) as refused:
        await send_on(world, "kv_1", gone, stays)
    assert refused.value.refusal.code == "moved-meanwhile"
    assert refused.value.refusal.values == {"n": 1, "codes": "CN-2025-0001"}
    assert await standing(stays) == Standing("route", world.ids["kv_1"])


async def test_two_clicks_at_once_make_one_list(world: World) -> None:
    await routed_round(world)
    made = [await on_its_way(world, "chi"), await on_its_way(world, "dung")]
    answers = await asyncio.gather(
        send_on(world, "kv_1", *made),
        send_on(world, "kv_1", *reversed(made)),
        return_exceptions=True,
    )
    assert sorted(type(answer).__name__ for answer in answers) == ["Refused", "int"]
    assert await EndorsementList.count() == 1
    assert await Endorsement.count() == 2


async def test_the_last_day_counts_and_the_next_is_too_late(world: World) -> None:
    await routed_round(world)
    first, second = await on_its_way(world, "chi"), await on_its_way(world, "dung")
    head, round_id, unit = await world.actor("kv_head"), world.ids["routed"], world.ids["kv_1"]
    with pytest.raises(Refused) as refused:
        await endorse(
            round_id, unit, [ListLine(first, None)], PAPER, actor=head, now=world.at("2025-11-16")
        )
    assert refused.value.refusal.code == "endorsement-closed"
    assert refused.value.refusal.values == {"day": "15/11/2025"}
    await endorse(
        round_id, unit, [ListLine(second, None)], PAPER, actor=head, now=world.at("2025-11-15")
    )
    assert await standing(second) == Standing("route", world.ids["lang_son"])


async def test_without_a_last_day_it_may_go_up_until_scoring_opens(world: World) -> None:
    await routed_round(world, endorsement_close_on=None, appraisal_close_on=None)
    left_behind = await on_its_way(world, "dung")
    await at_office(world)
    await actions.freeze_gates(
        world.ids["routed"],
        actor=await world.actor("secretary"),
        now=world.at("2025-11-24"),
    )
    with pytest.raises(Refused) as refused:
        await send_on(world, "kv_1", left_behind)
    assert refused.value.refusal.code == "scoring-opened"


async def test_what_came_back_late_may_still_go_up_until_appraisal_ends(world: World) -> None:
    await routed_round(world)
    made = await at_office(world)
    await return_dossier(
        made, 1, "Thiếu phiếu.", actor=await world.actor("appraiser"), now=world.at("2025-11-20")
    )
    head, lines = await world.actor("kv_head"), [ListLine(made, None)]
    round_id, unit = world.ids["routed"], world.ids["kv_1"]
    with pytest.raises(Refused):
        await endorse(round_id, unit, lines, PAPER, actor=head, now=world.at("2025-11-23"))
    await endorse(round_id, unit, lines, PAPER, actor=head, now=world.at("2025-11-22"))
    assert await standing(made) == Standing("route", world.ids["lang_son"])


async def test_a_list_is_taken_back_as_a_whole_and_may_be_sent_again(world: World) -> None:
    await routed_round(world)
    made = [await on_its_way(world, "chi"), await on_its_way(world, "dung")]
    sent = await send_on(world, "kv_1", *made)
    head = await world.actor("kv_head")
    await undo_endorsement(sent, actor=head, now=world.now)
    for nomination in made:
        assert await standing(nomination) == Standing("route", world.ids["kv_1"])
    with pytest.raises(Refused) as refused:
        await undo_endorsement(sent, actor=head, now=world.now)
    assert refused.value.refusal.code == "already-undone"
    await send_on(world, "kv_1", *made)
    assert await standing(made[0]) == Standing("route", world.ids["lang_son"])


async def _endorsed(world: World, made: int) -> None:
    await send_on(world, "lang_son", made)


async def _returned(world: World, made: int) -> None:
    await return_dossier(made, 0, "x", actor=await world.actor("head"), now=world.now)


async def _refused(world: World, made: int) -> None:
    await refuse(made, "x", actor=await world.actor("head"), now=world.now)


@pytest.mark.parametrize("act", [_endorsed, _returned, _refused])
async def test_not_once_the_next_level_has_acted(
    world: World, act: Callable[[World, int], Awaitable[None]]
) -> None:
    await routed_round(world)
    made = [await on_its_way(world, "chi"), await on_its_way(world, "dung")]
    sent = await send_on(world, "kv_1", *made)
    await act(world, made[1])
    with pytest.raises(Refused) as refused:
        await undo_endorsement(sent, actor=await world.actor("kv_head"), now=world.now)
    assert refused.value.refusal.code == "acted-on"
    assert refused.value.refusal.values == {"n": 1, "codes": "CN-2025-0002"}
    assert await standing(made[0]) == Standing("route", world.ids["lang_son"])


async def _asked(world: World, made: int) -> None:
    await ask_item(
        made, "report", "?", date(2025, 11, 20), actor=await world.actor("appraiser"), now=world.now
    )


async def _attested(world: World, made: int) -> None:
    await actions.attest(
        made, "G1", True, "Đủ.", actor=await world.actor("appraiser"), now=world.now
    )


@pytest.mark.parametrize("act", [_asked, _attested])
async def test_not_once_the_office_has_acted(
    world: World, act: Callable[[World, int], Awaitable[None]]
) -> None:
    await routed_round(world)
    made = await on_its_way(world, "anh", "phong_1")
    sent = await send_on(world, "lang_son", made)
    await act(world, made)
    with pytest.raises(Refused) as refused:
        await undo_endorsement(sent, actor=await world.actor("head"), now=world.now)
    assert refused.value.refusal.code == "acted-on"


async def test_a_withdrawal_does_not_hold_up_the_rest_of_the_list(world: World) -> None:
    await routed_round(world)
    made = [await on_its_way(world, "chi"), await on_its_way(world, "dung")]
    sent = await send_on(world, "kv_1", *made)
    await withdraw(made[0], "Chuyển công tác.", actor=await world.actor("officer"), now=world.now)
    await undo_endorsement(sent, actor=await world.actor("kv_head"), now=world.now)
    assert await standing(made[0]) == Standing("withdrawn")
    assert await standing(made[1]) == Standing("route", world.ids["kv_1"])


async def test_another_levels_list_does_not_exist(world: World) -> None:
    await routed_round(world)
    sent = await send_on(world, "kv_1", await on_its_way(world))
    for login in ("kv_officer", "other_head", "secretary"):
        with pytest.raises(NotVisible):
            await undo_endorsement(sent, actor=await world.actor(login), now=world.now)


async def test_the_number_of_statements_does_not_grow_with_the_list(world: World) -> None:
    await routed_round(world)
    one, two = await on_its_way(world, "chi"), await on_its_way(world, "dung")
    head = await world.actor("kv_head")
    counts = []
    for lines in ([one], [one, two]):
        with world.count_queries() as asked:
            sent = await endorse(
                world.ids["routed"],
                world.ids["kv_1"],
                [ListLine(nomination, None) for nomination in lines],
                PAPER,
                actor=head,
                now=world.now,
            )
        await undo_endorsement(sent, actor=head, now=world.now)
        counts.append(asked.count)
    assert counts[0] == counts[1]
