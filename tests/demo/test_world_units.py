"""Units of the demo world against the provinces' merger of 1 July 2025."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest

from app.demo.world import World, build_world
from app.demo.world.facts import LAST_OLD_DAY, REORGANIZED_ON, EventKind, Unit, UnitKind
from app.demo.world.files import rows
from tests.demo.naming import name_on

SESSION = date(2025, 12, 12)


@pytest.fixture(scope="module")
def world() -> World:
    return build_world()


@pytest.fixture(scope="module")
def units(world: World) -> dict[str, Unit]:
    return {unit.key: unit for unit in world.units}


def count_on(world: World, day: date) -> Counter[UnitKind]:
    return Counter(unit.kind for unit in world.units if unit.exists_on(day))


def test_keys_are_unique(world: World, units: dict[str, Unit]) -> None:
    assert len(units) == len(world.units)


def test_after_the_merger_27_central_34_provincial_and_355_regional_units(world: World) -> None:
    now = count_on(world, SESSION)
    assert (now[UnitKind.SUPREME], now[UnitKind.CENTRAL]) == (1, 27)
    assert (now[UnitKind.PROVINCE], now[UnitKind.REGIONAL]) == (34, 355)
    assert (now[UnitKind.HIGH], now[UnitKind.DISTRICT]) == (0, 0)


def test_until_the_last_old_day_63_provinces_and_3_high_procuracies(world: World) -> None:
    before = count_on(world, LAST_OLD_DAY)
    assert (before[UnitKind.PROVINCE], before[UnitKind.HIGH]) == (63, 3)
    assert before[UnitKind.REGIONAL] == 0


def test_every_province_has_at_least_four_regional_units(world: World) -> None:
    per_province = Counter(
        unit.parent_on(SESSION) for unit in world.units if unit.kind is UnitKind.REGIONAL
    )
    assert len(per_province) == 34
    assert min(per_province.values()) >= 4
    assert sum(per_province.values()) == 355


def test_merged_provinces_are_new_units_and_their_predecessors_end_the_day_before(
    units: dict[str, Unit],
) -> None:
    merged = [u for u in units.values() if u.kind is UnitKind.PROVINCE and u.predecessors]
    gone = [key for unit in merged for key in unit.predecessors]
    assert len(merged) == 23
    assert len(gone) == len(set(gone)) == 52
    assert {unit.founded_on for unit in merged} == {REORGANIZED_ON}
    assert {units[key].dissolved_on for key in gone} == {LAST_OLD_DAY}


def test_each_new_province_names_the_predecessors_of_the_data_file(units: dict[str, Unit]) -> None:
    by_place = {
        name_on(unit, SESSION).removeprefix("Viện kiểm sát nhân dân "): unit
        for unit in units.values()
        if unit.kind is UnitKind.PROVINCE and unit.exists_on(SESSION)
    }
    for row in rows("provinces.csv"):
        name = row["name"]
        unit = by_place.get(f"{row['rank']} {name}") or by_place[name]
        sources = [units[key] for key in unit.predecessors] or [unit]
        former = [name_on(source, LAST_OLD_DAY) for source in sources]
        wanted = row["predecessors"].split(";")
        assert len(former) == len(wanted)
        assert all(line.endswith(place) for line, place in zip(former, wanted, strict=True))


def test_hue_is_the_same_unit_under_a_new_name(units: dict[str, Unit]) -> None:
    hue = units["vks-thua-thien-hue"]
    assert name_on(hue, LAST_OLD_DAY) == "Viện kiểm sát nhân dân tỉnh Thừa Thiên Huế"
    assert name_on(hue, REORGANIZED_ON) == "Viện kiểm sát nhân dân thành phố Huế"
    assert hue.predecessors == ()


def test_events_say_what_happened_to_each_province(world: World, units: dict[str, Unit]) -> None:
    provinces = [e for e in world.events if units[e.target].kind is UnitKind.PROVINCE]
    assert Counter(event.kind for event in provinces) == {
        EventKind.MERGE: 23,
        EventKind.UNCHANGED: 10,
        EventKind.RENAME: 1,
    }


def test_every_reference_resolves_and_parents_come_first(world: World) -> None:
    seen: set[str] = set()
    for unit in world.units:
        assert {placement.parent for placement in unit.placements} <= seen
        assert set(unit.predecessors) <= seen
        seen.add(unit.key)


def test_a_unit_lies_under_a_parent_that_exists_as_long_as_it_does(
    world: World, units: dict[str, Unit]
) -> None:
    for unit in world.units:
        for day in (unit.founded_on, unit.dissolved_on or SESSION):
            assert name_on(unit, day)
            if unit.kind is not UnitKind.SUPREME:
                assert units[str(unit.parent_on(day))].exists_on(day)


def test_numbers_per_province_are_marked_illustrative(world: World) -> None:
    regional = [unit for unit in world.units if unit.kind is UnitKind.REGIONAL]
    assert all(unit.illustrative for unit in regional)
    central = [u for u in world.units if u.kind is UnitKind.CENTRAL and u.exists_on(SESSION)]
    assert Counter(unit.illustrative for unit in central) == {False: 12, True: 15}
