"""Deputies belong to one period of the role they stand in for."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest

from app.accounts import actions
from app.accounts.queries import deputies_of, roles_of
from app.accounts.rules import HeldRole
from app.accounts.tables import RoleHeld
from app.audit.tables import AuditEntry
from app.kernel.actor import Role
from app.kernel.period import Period
from tests.conftest import World

pytestmark = pytest.mark.anyio

NEXT_YEAR = Period(date(2026, 1, 1))
SOON, NOW_ON, LATER = (
    Period(date(2025, 11, 20), date(2025, 11, 25)),
    Period(date(2025, 11, 11), date(2025, 11, 18)),
    Period(date(2026, 1, 5), date(2026, 1, 10)),
)


async def held_twice(world: World) -> tuple[HeldRole, HeldRole]:
    """The role of `head` until the end of November and from January on, each with deputies."""
    admin, head = await world.actor("administrator"), world.ids["account:head"]
    (first,) = await roles_of([head])
    await actions.end_role(head, first.id, date(2025, 11, 30), actor=admin, now=world.now)
    await actions.give_role(head, first.role, first.unit_id, NEXT_YEAR, actor=admin, now=world.now)
    second, first = await roles_of([head])
    for role, login, period in (
        (first, "staff", NOW_ON),
        (first, "officer", SOON),
        (second, "staff", LATER),
    ):
        await actions.appoint_deputy(head, role.id, login, period, actor=admin, now=world.now)
    return first, second


async def standing_in() -> list[Period]:
    rows = await RoleHeld.raw(
        "SELECT valid_from, valid_to FROM role_held WHERE stands_in_for IS NOT NULL"
        " ORDER BY valid_from"
    )
    return [Period(row["valid_from"], row["valid_to"]) for row in rows]


async def test_each_period_has_its_own(world: World) -> None:
    first, second = await held_twice(world)
    assert [deputy.period for deputy in await deputies_of(first)] == [SOON, NOW_ON]
    assert [deputy.period for deputy in await deputies_of(second)] == [LATER]


async def test_the_end_of_one_period_leaves_those_of_the_next(world: World) -> None:
    first, _ = await held_twice(world)
    head, last = world.ids["account:head"], date(2025, 11, 15)
    admin = await world.actor("administrator")
    await actions.end_role(head, first.id, last, actor=admin, now=world.now)
    assert await standing_in() == [Period(NOW_ON.first, last), LATER]


async def test_the_log_tells_of_each_deputy(world: World) -> None:
    first, _ = await held_twice(world)
    head = world.ids["account:head"]
    admin = await world.actor("administrator")
    await actions.end_role(head, first.id, date(2025, 11, 15), actor=admin, now=world.now)
    rows: list[dict[str, Any]] = await AuditEntry.raw(
        "SELECT object_id, detail FROM audit_entry WHERE action = 'accounts.end_role'"
        " ORDER BY id OFFSET 1"
    )
    told = {"role": Role.UNIT_HEAD, "unit": world.ids["lang_son"], "last": "2025-11-15"}
    assert [(row["object_id"], json.loads(row["detail"])) for row in rows] == [
        (world.ids["account:officer"], {**told, "stands_in_for": head}),
        (world.ids["account:staff"], {**told, "stands_in_for": head}),
        (head, told),
    ]
