from __future__ import annotations

import json

import pytest

from app.accounts.tables import Account
from app.audit.tables import AuditEntry
from app.kernel.refusal import NotVisible, Refused
from app.nominations.tables import GateCheck
from app.organization.tables import Posting
from app.scoring.actions import open_scoring
from app.scoring.tables import PanelMember, Recusal, ScoringOpening
from tests.conftest import World
from tests.scoring import given

pytestmark = pytest.mark.anyio


def accounts(world: World) -> list[int]:
    return [world.ids[f"account:{login}"] for login in given.MEMBERS]


async def open_it(world: World, day: str = given.OPENED, login: str = "secretary") -> None:
    await open_scoring(
        world.ids["round_2025"],
        accounts(world),
        actor=await world.actor(login),
        now=world.at(day),
    )


async def test_opening_seats_the_panel_and_freezes_the_gates(world: World) -> None:
    await given.nominations(world, 2, outcome=None)
    await open_it(world)
    seats = await PanelMember.select(PanelMember.account, PanelMember.label)
    assert {seat["account"] for seat in seats} == set(accounts(world))
    assert sorted(seat["label"] for seat in seats) == ["M1", "M2", "M3"]
    assert await GateCheck.count() == 2
    entry = await AuditEntry.select().order_by(AuditEntry.id, ascending=False).first()
    assert entry is not None
    assert (entry["action"], entry["object_kind"]) == ("scoring.open", "round")
    assert json.loads(entry["detail"]) == {"members": 3}


@pytest.mark.parametrize(
    ("day", "code"), [("2025-11-20", "nominations-open"), ("2025-12-06", "scoring-over")]
)
async def test_opening_is_refused(world: World, day: str, code: str) -> None:
    await given.nominations(world, 1, outcome=None)
    with pytest.raises(Refused) as refused:
        await open_it(world, day)
    assert refused.value.refusal.code == code
    assert (await ScoringOpening.count(), await GateCheck.count()) == (0, 0)


async def test_opening_twice_is_refused(world: World) -> None:
    await given.nominations(world, 1, outcome=None)
    await open_it(world)
    with pytest.raises(Refused) as refused:
        await open_it(world)
    assert refused.value.refusal.code == "scoring-already-open"


@pytest.mark.parametrize("login", ["member_1", "leader", "officer", "administrator"])
async def test_only_the_secretary_opens(world: World, login: str) -> None:
    with pytest.raises(NotVisible):
        await open_it(world, login=login)


async def test_a_member_steps_aside_from_self_and_own_collective(world: World) -> None:
    """The member works in a room: the room and the procuracy it belongs to are both their own."""
    await given.nominations(world, 1)
    mine = await given.nominations(world, 1, first=2)
    room, other = [await given.collective(world, unit) for unit in ("phong_1", "kv_1")]
    province = await given.collective(world, "lang_son")
    person = await Posting.raw("SELECT person FROM nomination WHERE id = {}", mine[0])
    await Posting(
        person=person[0]["person"],
        unit=world.ids["phong_1"],
        post="Trưởng phòng",
        valid_from=world.at("2024-01-01").date(),
        valid_to=world.at("2025-01-31").date(),
    ).save()
    await Account.update({Account.person: person[0]["person"]}).where(Account.login == "member_2")
    await given.nominations(world, 1, first=9, outcome=None)
    await open_it(world)
    found = await Recusal.raw(
        "SELECT pm.account, rc.nomination FROM recusal rc JOIN panel_member pm ON pm.id = rc.member"
    )
    member = world.ids["account:member_2"]
    assert {(row["account"], row["nomination"]) for row in found} == {
        (member, mine[0]),
        (member, room),
        (member, province),
    }
    assert other not in {row["nomination"] for row in found}
