"""Who holds a role over one province and stands in for it in another acts by the right one."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest

from app.accounts import actions as accounts
from app.audit.tables import AuditEntry
from app.award_history import actions as award_history
from app.award_history.rules import NewAward
from app.kernel.actor import Actor, Role
from app.kernel.period import Period
from app.organization import actions as organization
from app.organization.rules import NewUnit, PersonFacts, PersonRecord
from tests import cast
from tests.conftest import World
from tests.imports.given import bring_in, sheet

pytestmark = pytest.mark.anyio

OWN = ("Viện kiểm sát nhân dân tỉnh Lạng Sơn", "")
STANDING_IN = ("Viện kiểm sát nhân dân tỉnh Cao Bằng", "Viện trưởng Cao Bằng")
DAY = date(2025, 11, 10)


async def told(action: str) -> list[tuple[str, str]]:
    """(unit, for whom) of the newest entry of that action."""
    rows = await AuditEntry.raw(
        "SELECT acted_as FROM audit_entry WHERE action = {} ORDER BY id DESC LIMIT 1", action
    )
    return sorted(
        (held["unit_name"], held["stands_in_for"]) for held in json.loads(rows[0]["acted_as"])
    )


async def of_two_provinces(world: World, role: Role) -> Actor:
    """Somebody holds the role over Lạng Sơn, and over Cao Bằng for the head of Cao Bằng."""
    holder, other = world.ids["account:initiative_member"], world.ids["account:other_head"]
    for account_id, unit, more in (
        (holder, "lang_son", {}),
        (other, "cao_bang", {}),
        (holder, "cao_bang", {"stands_in_for": other, "valid_to": date(2025, 12, 31)}),
    ):
        given: dict[str, Any] = more
        await accounts.grant(
            None, account_id, role, world.ids[unit], cast.START, now=world.now, **given
        )
    return await world.actor("initiative_member")


def award(world: World) -> NewAward:
    form = world.ids["award_form"]
    day = date(2024, 12, 20)
    return NewAward(form, "Giấy khen", "merit", "5/QĐ", day, "VKSND", None, "")


async def test_an_event_of_units(world: World) -> None:
    actor = await of_two_provinces(world, Role.PERSONNEL_OFFICER)
    new = NewUnit("cb-moi", "regional", "Khu vực mới")
    await organization.found(new, world.ids["cao_bang"], DAY, actor=actor, now=world.now)
    assert await told("organization.found") == [STANDING_IN]
    await organization.rename(world.ids["kv_1"], "Khu vực 1", DAY, actor=actor, now=world.now)
    assert await told("organization.rename") == [OWN]
    await organization.move(
        world.ids["cb_kv_1"], world.ids["lang_son"], DAY, actor=actor, now=world.now
    )
    assert await told("organization.move") == [STANDING_IN, OWN]


async def test_a_unit_of_the_past_belongs_to_who_is_over_its_successor(world: World) -> None:
    await of_two_provinces(world, Role.COUNCIL_SECRETARY)
    personnel = await world.actor("personnel")
    gone = world.ids["cb_kv_1"]
    await organization.absorb(
        [gone], world.ids["cao_bang"], "", date(2025, 11, 1), actor=personnel, now=world.now
    )
    actor = await world.actor("initiative_member")
    await award_history.add_award(None, gone, award(world), actor=actor, now=world.now)
    assert await told("award_history.add_award") == [STANDING_IN]


async def test_somebody_new_and_somebody_put_right(world: World) -> None:
    actor = await of_two_provinces(world, Role.PERSONNEL_OFFICER)
    new = PersonFacts(
        "KS9", "Lê Thị Giang", date(1990, 3, 5), "female", "Tày", "civil_servant", date(2014, 9, 1)
    )
    await organization.add_person(
        new, world.ids["cb_kv_1"], "Chuyên viên", DAY, actor=actor, now=world.now
    )
    assert await told("organization.add_person") == [STANDING_IN]


async def test_a_record_of_a_person(world: World) -> None:
    actor = await of_two_provinces(world, Role.PERSONNEL_OFFICER)
    level = PersonRecord(0, "excellent", Period(date(2022, 1, 1), date(2022, 12, 31)))
    for person, held in (("em", STANDING_IN), ("anh", OWN)):
        await organization.add_record(
            world.ids[person], "classifications", level, actor=actor, now=world.now
        )
        assert await told("organization.add_record") == [held]


async def test_an_account(world: World) -> None:
    actor = await of_two_provinces(world, Role.ADMINISTRATOR)
    there, here = world.ids["account:other_officer"], world.ids["account:officer"]
    await accounts.make_reset_link(there, actor=actor, now=world.now)
    assert await told("accounts.reset_link") == [STANDING_IN]
    await accounts.deactivate(here, actor=actor, now=world.now)
    assert await told("accounts.deactivate") == [OWN]
    period = Period(DAY)
    unit = world.ids["cb_kv_1"]
    await accounts.give_role(there, Role.STAFF, unit, period, actor=actor, now=world.now)
    assert await told("accounts.grant") == [STANDING_IN]
    await accounts.open_account("em", "", "", "KS0005", actor=actor, now=world.now)
    assert await told("accounts.create") == [STANDING_IN]


async def test_a_sheet(world: World) -> None:
    actor = await of_two_provinces(world, Role.PERSONNEL_OFFICER)
    there, here = ("KS0005", 2022, "HTNV"), ("KS0001", 2022, "HTNV")
    for rows, held in (([there], [STANDING_IN]), ([here], [OWN])):
        await bring_in(world, actor, "classifications", sheet("classifications", *rows))
        assert await told("imports.apply") == held


async def test_an_earlier_award(world: World) -> None:
    actor = await of_two_provinces(world, Role.COUNCIL_SECRETARY)
    await award_history.add_award(world.ids["em"], None, award(world), actor=actor, now=world.now)
    assert await told("award_history.add_award") == [STANDING_IN]
    await award_history.add_award(
        None, world.ids["phong_1"], award(world), actor=actor, now=world.now
    )
    assert await told("award_history.add_award") == [OWN]
