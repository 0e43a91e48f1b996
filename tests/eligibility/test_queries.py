"""What the gates are given, from the register, the postings and the initiatives as they stand."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

import pytest

from app.discipline.tables import DisciplineCase
from app.eligibility.queries import Measure, Nominee, facts_of
from app.eligibility.rules import EligibilityFacts, GateSettings, gate_verdicts
from app.initiatives.tables import Initiative, InitiativeAuthor, InitiativeRecognition
from app.kernel.period import Period
from app.organization.tables import Posting, Unit, UnitSuccession, UnitVersion
from tests.conftest import World

pytestmark = pytest.mark.anyio
WINDOW = Period(date(2024, 12, 1), date(2025, 11, 30))
ON = date(2025, 11, 24)
MEASURE = Measure("annual", WINDOW, GateSettings())


def person(world: World, name: str, number: int = 1) -> Nominee:
    return Nominee(number, "individual", world.ids[name], None, 2, {"G1": True, "G4": True})


def collective(world: World, unit: str, number: int = 2) -> Nominee:
    words = {"G1": True, "G3": True, "G4": True}
    return Nominee(number, "collective", None, world.ids[unit], 2, words)


async def facts(nominee: Nominee) -> EligibilityFacts:
    return (await facts_of([nominee], MEASURE, ON))[nominee.nomination_id]


def outcomes(found: EligibilityFacts) -> Mapping[str, str]:
    return {gate: verdict.outcome.value for gate, verdict in gate_verdicts(found).items()}


async def initiative(world: World, code: str, unit: str, authors: tuple[str, ...]) -> int:
    made = Initiative(
        code=code,
        title=code,
        summary="",
        unit=world.ids[unit],
        applied_from=date(2025, 2, 3),
        benefit="",
    )
    await made.save()
    for author in authors:
        await InitiativeAuthor(
            initiative=made.id, person=world.ids[author], share=Decimal(100) / len(authors)
        ).save()
    await InitiativeRecognition(
        initiative=made.id,
        scope="base",
        number="1/QĐ",
        recognised_on=date(2025, 6, 2),
        replicable=True,
    ).save()
    return int(made.id)


async def case(world: World, name: str, **days: date) -> None:
    await DisciplineCase(
        person=world.ids[name],
        kind="discipline",
        opened_on=days.pop("opened_on", date(2025, 4, 4)),
        note="",
        **days,
    ).save()


async def test_a_person_brings_the_own_year_initiatives_and_cases(world: World) -> None:
    own = await initiative(world, "SK-01", "phong_1", ("anh", "binh"))
    await initiative(world, "SK-02", "phong_1", ("binh",))
    await case(world, "binh")
    found = await facts(person(world, "anh"))
    assert [i.id for i in found.initiatives] == [own]
    assert (found.classifications, found.cases, found.members) == (
        {2025: "good"},
        (),
        {},
    )
    assert set(outcomes(found).values()) == {"pass"}
    assert outcomes(await facts(person(world, "binh")))["G5"] == "hold"


async def test_a_collective_counts_what_lies_below_it(world: World) -> None:
    of_unit = await initiative(world, "SK-01", "kv_1", ("em",))
    of_member = await initiative(world, "SK-02", "cao_bang", ("anh",))
    await initiative(world, "SK-03", "cao_bang", ("em",))
    found = await facts(collective(world, "lang_son"))
    assert [i.id for i in found.initiatives] == [of_unit, of_member]
    assert sorted(found.members) == sorted(world.ids[n] for n in ("anh", "binh", "chi", "dung"))
    assert outcomes(found)["G5"] == "pass"
    await case(world, "chi")
    assert outcomes(await facts(collective(world, "lang_son")))["G5"] == "hold"
    assert outcomes(await facts(collective(world, "kv_1")))["G5"] == "hold"
    assert outcomes(await facts(collective(world, "phong_1")))["G5"] == "pass"


async def moved(world: World, name: str, left: date, unit: str) -> None:
    await Posting.update({Posting.valid_to: left}).where(Posting.person == world.ids[name])
    await Posting(
        person=world.ids[name],
        unit=world.ids[unit],
        post="Kiểm sát viên",
        valid_from=date.fromordinal(left.toordinal() + 1),
    ).save()


async def test_who_moved_is_answered_for_where_it_happened(world: World) -> None:
    await moved(world, "anh", date(2025, 3, 31), "kv_1")
    await case(world, "anh", violated_on=date(2025, 3, 3))
    assert outcomes(await facts(collective(world, "phong_1")))["G5"] == "hold"
    assert outcomes(await facts(collective(world, "kv_1")))["G5"] == "pass"


async def test_who_left_before_the_window_is_nobodys_any_more(world: World) -> None:
    await moved(world, "anh", date(2024, 11, 30), "kv_1")
    await case(world, "anh", violated_on=date(2024, 11, 3))
    found = await facts(collective(world, "phong_1"))
    assert world.ids["anh"] not in found.members
    assert outcomes(found)["G5"] == "pass"


async def successor(world: World) -> int:
    """A unit that takes over from phong_1 on 1 July 2025; only `anh` goes there."""
    unit = Unit(code="moi", kind="room", founded_on=date(2025, 7, 1))
    await unit.save()
    await UnitVersion(
        unit=unit.id,
        name="Phòng mới",
        search_key="",
        order_key="",
        parent=world.ids["lang_son"],
        valid_from=date(2025, 7, 1),
    ).save()
    await UnitSuccession(
        predecessor=world.ids["phong_1"],
        successor=unit.id,
        happened_on=date(2025, 7, 1),
        event="conversion",
    ).save()
    world.ids["moi"] = unit.id
    await moved(world, "anh", date(2025, 6, 30), "moi")
    return int(unit.id)


async def test_a_violation_before_a_merger_follows_into_the_new_unit(world: World) -> None:
    await successor(world)
    await case(world, "anh", violated_on=date(2025, 3, 3))
    assert outcomes(await facts(collective(world, "moi")))["G5"] == "hold"


async def test_who_did_not_come_along_does_not_burden_the_new_unit(world: World) -> None:
    await successor(world)
    await case(world, "binh", violated_on=date(2025, 3, 3))
    found = await facts(collective(world, "moi"))
    assert sorted(found.members) == [world.ids["anh"]]
    assert outcomes(found)["G5"] == "pass"


async def test_a_collective_without_people_has_facts_too(world: World) -> None:
    await Posting.delete().where(Posting.unit == world.ids["phong_1"])
    found = await facts(collective(world, "phong_1"))
    assert (dict(found.members), found.cases, found.initiatives) == ({}, (), ())


async def test_an_initiative_is_listed_once_however_it_is_held(world: World) -> None:
    made = await initiative(world, "SK-01", "kv_1", ("chi", "dung"))
    found = await facts(collective(world, "kv_1"))
    assert [i.id for i in found.initiatives] == [made]


async def test_all_nominees_of_a_round_in_as_many_statements_as_one(world: World) -> None:
    # The driver asks about types it has not met yet; that is over after the first time.
    await facts_of([person(world, "anh")], MEASURE, ON)
    with world.count_queries() as one:
        await facts_of([person(world, "anh")], MEASURE, ON)
    several = [
        person(world, "anh", 1),
        person(world, "binh", 2),
        collective(world, "kv_1", 3),
        collective(world, "phong_1", 4),
    ]
    with world.count_queries() as many:
        found = await facts_of(several, MEASURE, ON)
    assert sorted(found) == [1, 2, 3, 4]
    own = "pg_advisory_unlock_all"
    counted = [sum(own not in s for s in c.statements) for c in (one, many)]
    assert counted == [3, 4]
