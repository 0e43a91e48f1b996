"""What the rooms measure of their own rows."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from app import indicators  # noqa: F401 - importing makes them known
from app.initiatives import actions as initiatives
from app.initiatives.rules import Author
from app.kernel.indicators import Measurable, Measured, registered
from app.kernel.period import Period
from app.organization.indicators import classified_years
from app.organization.tables import Posting, UnitVersion, YearlyClassification
from tests.conftest import World

pytestmark = pytest.mark.anyio

D = Decimal
YEAR = Period(date(2024, 12, 1), date(2025, 11, 30))
PHASE = Period(date(2023, 12, 1), date(2025, 11, 30))


async def measure(
    world: World, code: str, *, person: str = "", unit: str = "", period: Period = YEAR
) -> Measured:
    nominee = Measurable(
        7, world.ids[person] if person else None, world.ids[unit] if unit else None, period
    )
    found = await registered()[code].measure([nominee])
    assert list(found) == [7]
    return found[7]


async def classify(world: World, person: str, year: int, level: str) -> None:
    await YearlyClassification.raw(
        "INSERT INTO yearly_classification (person, year, level) VALUES ({}, {}, {})"
        " ON CONFLICT (person, year) DO UPDATE SET level = excluded.level",
        world.ids[person],
        year,
        level,
    )


async def initiative(
    world: World,
    code: str,
    shares: dict[str, str],
    *,
    unit: str = "phong_1",
    day: date = date(2025, 6, 2),
    scope: str = "base",
    replicable: bool = False,
) -> int:
    made = await initiatives.submit(
        code,
        f"Sổ tay {code}",
        "",
        world.ids[unit],
        date(2024, 2, 3),
        "Nhanh hơn.",
        [Author(world.ids[person], D(share)) for person, share in shares.items()],
        actor=await world.actor("officer"),
        now=world.now,
    )
    await initiatives.recognise(
        made,
        scope,
        f"{code}/QĐ",
        day,
        replicable,
        actor=await world.actor("secretary"),
        now=world.at("2025-12-31"),
    )
    return made


@pytest.mark.parametrize(
    ("first", "last", "years"),
    [
        ((2024, 12, 1), (2025, 11, 30), [2025]),
        ((2025, 1, 1), (2025, 12, 31), [2025]),
        ((2023, 12, 1), (2025, 11, 30), [2024, 2025]),
        ((2024, 1, 15), (2025, 11, 30), [2024, 2025]),
        ((2024, 12, 1), (2024, 12, 31), [2024]),
    ],
)
def test_a_december_belongs_to_the_next_year(
    first: tuple[int, int, int], last: tuple[int, int, int], years: list[int]
) -> None:
    assert list(classified_years(Period(date(*first), date(*last)))) == years


async def test_good_and_excellent_years(world: World) -> None:
    await classify(world, "anh", 2025, "excellent")
    good = await measure(world, "organization.good_years", person="anh", period=PHASE)
    assert good.value == 2
    assert [(r.label, r.note, r.amount) for r in good.rows] == [
        ("2024", "Hoàn thành tốt nhiệm vụ", D(1)),
        ("2025", "Hoàn thành xuất sắc nhiệm vụ", D(1)),
    ]
    best = await measure(world, "organization.excellent_years", person="anh", period=PHASE)
    assert (best.value, [r.amount for r in best.rows]) == (D(1), [D(0), D(1)])
    await classify(world, "anh", 2025, "fair")
    assert (await measure(world, "organization.good_years", person="anh")).value == 0


async def test_a_person_nobody_classified_has_no_value(world: World) -> None:
    await YearlyClassification.delete(force=True)
    found = await measure(world, "organization.good_years", person="anh")
    assert found == Measured(None)


async def test_the_share_counts_members_below_the_collective_too(world: World) -> None:
    await classify(world, "binh", 2025, "fair")
    share = await measure(world, "organization.good_share", unit="lang_son")
    assert share.value == D(75)
    assert [(r.label, r.note, r.amount) for r in share.rows] == [("2025", "3/4", D(75))]
    room = await measure(world, "organization.good_share", unit="phong_1")
    assert room.value == D(50)


async def test_the_share_is_rounded_to_four_places_and_sums_its_years(world: World) -> None:
    await classify(world, "binh", 2025, "poor")
    await classify(world, "chi", 2024, "fair")
    await classify(world, "dung", 2024, "fair")
    await YearlyClassification.delete().where(
        YearlyClassification.person == world.ids["dung"], YearlyClassification.year == 2025
    )
    found = await measure(world, "organization.good_share", unit="lang_son", period=PHASE)
    assert [r.note for r in found.rows] == ["2/4", "2/3"]
    assert found.rows[1].amount == D("66.6667")
    assert found.value == D("57.1429")


async def test_who_left_before_the_year_ended_is_no_member(world: World) -> None:
    await classify(world, "binh", 2025, "poor")
    await Posting.raw(
        "UPDATE posting SET valid_to = '2025-11-29' WHERE person = {}", world.ids["binh"]
    )
    assert (await measure(world, "organization.good_share", unit="phong_1")).value == 100
    await Posting.raw(
        "UPDATE posting SET valid_to = '2025-11-30' WHERE person = {}", world.ids["binh"]
    )
    assert (await measure(world, "organization.good_share", unit="phong_1")).value == 50


async def test_a_collective_without_classified_members_has_no_value(world: World) -> None:
    await YearlyClassification.delete(force=True)
    assert await measure(world, "organization.good_share", unit="lang_son") == Measured(None)


async def test_recognised_initiatives_of_an_author(world: World) -> None:
    await initiative(world, "SK1", {"anh": "60", "binh": "40"}, replicable=True)
    await initiative(world, "SK2", {"anh": "100"}, day=date(2025, 11, 30), scope="sector")
    await initiative(world, "SK3", {"anh": "100"}, day=date(2025, 12, 1))
    found = await measure(world, "initiatives.recognised", person="anh")
    assert found.value == 2
    assert [(r.label, r.note) for r in found.rows] == [
        ("SK1: Sổ tay SK1", "SK1/QĐ, 02/06/2025"),
        ("SK2: Sổ tay SK2", "SK2/QĐ, 30/11/2025"),
    ]
    assert (await measure(world, "initiatives.replicable", person="anh")).value == 1
    assert (await measure(world, "initiatives.shares", person="anh")).value == D("1.6")
    assert (await measure(world, "initiatives.widest_scope", person="anh")).value == 2
    assert (await measure(world, "initiatives.shares", person="binh")).value == D("0.4")


async def test_an_initiative_recognised_twice_counts_once(world: World) -> None:
    made = await initiative(world, "SK1", {"anh": "100"})
    await initiatives.recognise(
        made,
        "national",
        "9/QĐ",
        date(2025, 9, 1),
        True,
        actor=await world.actor("secretary"),
        now=world.now,
    )
    assert (await measure(world, "initiatives.recognised", person="anh")).value == 1
    assert (await measure(world, "initiatives.replicable", person="anh")).value == 1
    assert (await measure(world, "initiatives.widest_scope", person="anh")).value == 3


async def test_initiatives_of_a_collective_are_those_of_its_units(world: World) -> None:
    await initiative(world, "SK1", {"anh": "100"}, unit="phong_1")
    await initiative(world, "SK2", {"chi": "100"}, unit="kv_1", replicable=True)
    assert (await measure(world, "initiatives.recognised", unit="lang_son")).value == 2
    assert (await measure(world, "initiatives.recognised", unit="phong_1")).value == 1
    assert (await measure(world, "initiatives.replicable", unit="lang_son")).value == 1


async def test_none_is_a_true_zero(world: World) -> None:
    for code in ("recognised", "replicable", "shares", "widest_scope"):
        found = await measure(world, f"initiatives.{code}", person="em")
        assert found == Measured(D(0))


async def test_a_unit_that_left_before_the_period_is_not_below(world: World) -> None:
    await initiative(world, "SK1", {"chi": "100"}, unit="kv_1")
    await UnitVersion.raw(
        "UPDATE unit_version SET parent = {} WHERE unit = {}",
        world.ids["cao_bang"],
        world.ids["kv_1"],
    )
    assert (await measure(world, "initiatives.recognised", unit="lang_son")).value == 0
    assert (await measure(world, "initiatives.recognised", unit="cao_bang")).value == 1


@pytest.mark.parametrize("code", sorted(registered()))
async def test_everybody_is_answered_in_as_many_statements_as_one(world: World, code: str) -> None:
    known = registered()[code]
    people = [world.ids[p] for p in ("anh", "binh", "chi", "dung", "em")]
    units = [world.ids[u] for u in ("phong_1", "kv_1", "lang_son")]
    nominees = []
    if "individual" in known.subjects:
        nominees += [Measurable(n, person, None, YEAR) for n, person in enumerate(people, 1)]
    if "collective" in known.subjects:
        nominees += [Measurable(n, None, unit, YEAR) for n, unit in enumerate(units, 11)]
    # The driver asks once for the types of what it sends.
    await known.measure(nominees)
    counts = []
    for some in (nominees[:1], nominees):
        with world.count_queries() as counter:
            found = await known.measure(some)
        counts.append(counter.count)
        assert sorted(found) == [n.id for n in some]
    assert counts[0] == counts[1]
    assert await known.measure([]) == {}
