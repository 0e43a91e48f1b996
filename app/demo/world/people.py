"""About four hundred invented people, each with a past that fits the units' own."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from datetime import date, timedelta

from app.demo.world.careers import classifications, postings
from app.demo.world.facts import Person, Sex, StaffCategory, Unit
from app.demo.world.files import rows
from app.demo.world.names import NameMaker
from app.demo.world.picker import Picker
from app.demo.world.slots import Slot, build_slots
from app.kernel.vietnamese import tidy

PEOPLE = 400
_NEWEST_RECRUIT = date(2024, 3, 1)


def build_people(units: tuple[Unit, ...], picker: Picker) -> tuple[Person, ...]:
    special = rows("special_people.csv")
    maker = NameMaker(picker, {row["name"] for row in special})
    by_key = {unit.key: unit for unit in units}
    people = [_special(row, index, by_key, picker) for index, row in enumerate(special, start=1)]
    slots = [*build_slots(units), *_spare(units)]
    for index in range(len(special) + 1, PEOPLE + 1):
        slot = slots[index - len(special) - 1]
        people.append(_invented(slot, index, by_key, maker))
    return tuple(people)


def _spare(units: tuple[Unit, ...]) -> Iterator[Slot]:
    """Lạng Sơn and the offices take whoever is left, until the number is round."""
    for unit in units:
        if unit.key.startswith("vks-lang-son.") or unit.key.startswith("van-phong."):
            yield Slot(unit.key, "Chuyên viên")
            yield Slot(unit.key, "Nhân viên", StaffCategory.CONTRACT_WORKER)


def _special(row: dict[str, str], index: int, units: dict[str, Unit], picker: Picker) -> Person:
    slot = Slot(row["unit"], row["post"], StaffCategory(row["category"]), senior=True)
    typed = unicodedata.normalize("NFD", row["name"]) if row["typed"] == "nfd" else row["name"]
    born_on = date.fromisoformat(row["birth_date"])
    return _person(slot, index, typed, Sex(row["sex"]), row["ethnicity"], born_on, units, picker)


def _invented(slot: Slot, index: int, units: dict[str, Unit], maker: NameMaker) -> Person:
    picker = maker.picker
    sex = slot.sex or picker.choice(tuple(Sex), "sex", index)
    ethnicity = maker.ethnicity_near(slot.unit.partition(".")[0], index)
    name = maker.make(sex, ethnicity, index)
    first, last = (1970, 1982) if slot.senior else (1980, 1998)
    born_on = picker.day(date(first, 1, 1), date(last, 12, 31), "born", index)
    return _person(slot, index, name, sex, ethnicity, born_on, units, picker)


def _person(
    slot: Slot,
    index: int,
    typed: str,
    sex: Sex,
    ethnicity: str,
    born_on: date,
    units: dict[str, Unit],
    picker: Picker,
) -> Person:
    recruited_on = _recruited_on(born_on, index, picker)
    return Person(
        key=f"p{index:03d}",
        staff_code=f"KS{10_000 + index:05d}",
        name=tidy(typed),
        name_as_typed=typed,
        sex=sex,
        ethnicity=ethnicity,
        category=slot.category,
        born_on=born_on,
        recruited_on=recruited_on,
        postings=postings(slot, recruited_on, units, picker, index),
        classifications=classifications(slot, picker, index),
    )


def _recruited_on(born_on: date, index: int, picker: Picker) -> date:
    """Between 22 and 26 years of age, on the first of a month, as recruitment decisions run."""
    day = born_on + timedelta(days=picker.number(22 * 366, 26 * 365, "recruited", index))
    return min(day, _NEWEST_RECRUIT).replace(day=1)
