"""People of the demo world: names of every difficulty, and pasts that fit their units."""

from __future__ import annotations

import unicodedata
from collections import Counter
from datetime import date, timedelta
from itertools import pairwise

import pytest

from app.demo.world import World, build_world
from app.demo.world.facts import LAST_OLD_DAY, REORGANIZED_ON, Unit
from app.demo.world.files import document
from app.kernel.vietnamese import person_order_key, tidy


@pytest.fixture(scope="module")
def world() -> World:
    return build_world()


@pytest.fixture(scope="module")
def units(world: World) -> dict[str, Unit]:
    return {unit.key: unit for unit in world.units}


def test_four_hundred_people_with_codes_of_their_own(world: World) -> None:
    assert len(world.people) == 400
    assert len({person.staff_code for person in world.people}) == 400
    assert len({person.key for person in world.people}) == 400


def test_names_are_composed_even_when_typed_decomposed(world: World) -> None:
    assert all(unicodedata.is_normalized("NFC", person.name) for person in world.people)
    assert all(person.name == tidy(person.name_as_typed) for person in world.people)
    typed = [p.name for p in world.people if p.name != p.name_as_typed]
    assert typed == ["Phùng Thị Hường", "Đỗ Thị Kiều Thuở"]


def test_homonyms_are_only_the_ones_placed_by_hand(world: World) -> None:
    counted = Counter(person.name for person in world.people)
    assert {name: n for name, n in counted.items() if n > 1} == {
        "Trần Minh Hoàng": 3,
        "Nguyễn Thị Thu Hằng": 2,
    }


def test_one_pair_shares_name_and_unit_but_not_the_birth_date(world: World) -> None:
    pair = [person for person in world.people if person.name == "Nguyễn Thị Thu Hằng"]
    assert {person.unit_on(LAST_OLD_DAY) for person in pair} == {"vks-huyen-bac-son"}
    assert {person.unit_on(REORGANIZED_ON) for person in pair} == {"vks-lang-son.khu-vuc-3"}
    assert len({person.born_on for person in pair}) == 2


def test_names_run_from_two_to_seven_words(world: World) -> None:
    lengths = {len(person.name.split()) for person in world.people}
    assert (min(lengths), max(lengths)) == (2, 7)


def test_given_names_that_differ_by_marks_only_sort_as_a_dictionary_does(world: World) -> None:
    wanted = ["Nguyễn Thị Ánh", "Nguyễn Thị Ân", "Nguyễn Văn Ẩn", "Hoàng Văn Ất"]
    found = sorted((p.name for p in world.people if p.name in wanted), key=person_order_key)
    assert found == wanted


def test_no_known_person_is_named(world: World) -> None:
    assert {person.name for person in world.people} & set(document("names.json")["avoid"]) == set()


def test_peoples_other_than_kinh_are_present(world: World) -> None:
    peoples = {person.ethnicity for person in world.people}
    assert {"Tày", "Nùng", "Mông", "Ê Đê", "Chăm", "Khmer", "Ba Na"} <= peoples


def test_nobody_is_recruited_before_the_age_of_21(world: World) -> None:
    ages = [(p.recruited_on - p.born_on) / timedelta(days=365.25) for p in world.people]
    assert min(ages) >= 21
    assert max(ages) < 30


def test_postings_lie_within_the_life_of_their_unit(world: World, units: dict[str, Unit]) -> None:
    for person in world.people:
        for posting in person.postings:
            unit, period = units[posting.unit], posting.period
            assert unit.exists_on(period.first)
            assert unit.exists_on(period.last or date(2025, 12, 31))
            assert period.last is None or period.first <= period.last


def test_main_postings_follow_one_another_without_gap_or_overlap(world: World) -> None:
    for person in world.people:
        main = [posting.period for posting in person.postings if posting.main]
        assert main[-1].last is None
        for earlier, later in pairwise(main):
            assert earlier.last is not None
            assert later.first == earlier.last + timedelta(days=1)


def test_many_moved_from_a_former_unit_on_the_day_of_the_merger(
    world: World, units: dict[str, Unit]
) -> None:
    moved = [p for p in world.people if p.unit_on(LAST_OLD_DAY) != p.unit_on(REORGANIZED_ON)]
    from_dissolved = [p for p in moved if units[str(p.unit_on(LAST_OLD_DAY))].dissolved_on]
    assert len(moved) > 100
    assert len(from_dissolved) > 100


def test_everybody_is_classified_for_both_years(world: World) -> None:
    years = {tuple(line.year for line in person.classifications) for person in world.people}
    assert years == {(2024, 2025)}
    levels = Counter(line.level.value for p in world.people for line in p.classifications)
    assert sum(levels.values()) == 800
    assert levels["excellent"] + levels["good"] > 700
    assert levels["poor"] > 0
