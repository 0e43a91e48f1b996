from __future__ import annotations

from datetime import date

import pytest

from app.audit.tables import AuditEntry
from app.discipline import actions, queries
from app.discipline.tables import DisciplineCase
from app.kernel.refusal import NotVisible, Refused
from app.organization.tables import Posting
from tests.cast import CAST
from tests.conftest import World

pytestmark = pytest.mark.anyio


async def open_case(world: World, login: str = "discipline", **changes: object) -> int:
    arguments: dict[str, object] = {
        "kind": "discipline",
        "opened_on": date(2025, 4, 4),
        "violated_on": date(2025, 3, 3),
        "note": "Để mất hồ sơ",
    } | changes
    return await actions.open_case(
        world.ids["anh"], actor=await world.actor(login), now=world.now, **arguments
    )


async def decide(world: World, case: int, login: str = "discipline") -> None:
    await actions.decide_case(
        case,
        "warning",
        "4711/QĐ-VKS",
        date(2025, 5, 5),
        actor=await world.actor(login),
        now=world.now,
        served_until=date(2026, 5, 4),
    )


async def test_a_case_is_opened_and_decided(world: World) -> None:
    made = await open_case(world)
    await decide(world, made)
    (case,) = await queries.cases_of([world.ids["anh"]])
    assert (case.case_id, case.person_id, case.violated_on, case.form, case.served_until) == (
        made,
        world.ids["anh"],
        date(2025, 3, 3),
        "warning",
        date(2026, 5, 4),
    )
    with pytest.raises(Refused) as refused:
        await decide(world, made)
    assert refused.value.refusal.code == "case-ended"


async def test_a_case_ends_without_a_decision(world: World) -> None:
    made = await open_case(world, kind="complaint")
    officer = await world.actor("discipline")
    await actions.close_case(made, date(2025, 6, 6), actor=officer, now=world.now)
    (case,) = await queries.cases_of([world.ids["anh"]])
    assert (case.closed_on, case.form) == (date(2025, 6, 6), None)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"kind": "gossip"}, "unknown-kind"),
        ({"opened_on": date(2025, 11, 11)}, "in-the-future"),
        ({"violated_on": date(2025, 4, 5)}, "dates-in-disorder"),
    ],
)
async def test_what_cannot_be_is_refused(
    world: World, changes: dict[str, object], code: str
) -> None:
    with pytest.raises(Refused) as refused:
        await open_case(world, **changes)
    assert refused.value.refusal.code == code
    assert await DisciplineCase.count() == 0


@pytest.mark.parametrize("login", [login for login in CAST if login != "discipline"])
async def test_to_everybody_else_the_register_does_not_exist(world: World, login: str) -> None:
    made = await open_case(world)
    with pytest.raises(NotVisible):
        await open_case(world, login)
    with pytest.raises(NotVisible):
        await decide(world, made, login)
    with pytest.raises(NotVisible):
        await actions.close_case(
            made, date(2025, 6, 6), actor=await world.actor(login), now=world.now
        )


@pytest.mark.parametrize("unknown", [0, 999_999, 2**31, -1])
async def test_an_unknown_case_does_not_exist_either(world: World, unknown: int) -> None:
    with pytest.raises(NotVisible):
        await decide(world, unknown)


async def test_the_log_says_which_case_and_nothing_of_it(world: World) -> None:
    made = await open_case(world)
    await decide(world, made)
    entries = await AuditEntry.select().where(AuditEntry.object_kind == "discipline_case")
    assert [(e["action"], e["object_id"], e["detail"]) for e in entries] == [
        ("discipline.open_case", made, "{}"),
        ("discipline.decide_case", made, "{}"),
    ]


async def test_who_has_left_is_still_kept_by_the_last_unit(world: World) -> None:
    await Posting.update({Posting.valid_to: date(2025, 6, 30)}).where(
        Posting.person == world.ids["anh"]
    )
    assert await queries.units_of(world.ids["anh"], date(2025, 11, 10)) == {world.ids["phong_1"]}
    assert await queries.units_of(0, date(2025, 11, 10)) == frozenset()
    assert await open_case(world) > 0
