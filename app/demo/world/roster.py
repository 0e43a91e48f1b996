"""Find people of the world by what they do: the cast the story is played with."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from app.demo.world.facts import Level, Person, Unit
from app.demo.world.movement import CALENDAR

_GOOD = (Level.EXCELLENT, Level.GOOD)
_LEADING = (
    "Viện trưởng",
    "Vụ trưởng",
    "Cục trưởng",
    "Chánh",
    "Hiệu trưởng",
    "Tổng",
    "Trưởng",
    "Giám đốc",
)


@dataclass(frozen=True, slots=True)
class Roster:
    units: dict[str, Unit]
    people: tuple[Person, ...]
    on: date = CALENDAR.session_on

    def person(self, key: str) -> Person:
        return next(person for person in self.people if person.key == key)

    def of_unit(self, unit: str) -> list[Person]:
        """Members of exactly this unit on that day, heads first."""
        return [person for person in self.people if self.unit_of(person) == unit]

    def below(self, unit: str) -> list[Person]:
        return [
            person
            for person in self.people
            if self.unit_of(person) == unit or self.unit_of(person).startswith(unit + ".")
        ]

    def unit_of(self, person: Person) -> str:
        return person.unit_on(self.on) or ""

    def head(self, unit: str) -> Person:
        """The first who holds a leading post; people placed by hand never do."""
        return next(p for p in self.of_unit(unit) if self.post_of(p).startswith(_LEADING))

    def deputy(self, unit: str, position: int = 0) -> Person:
        found = [p for p in self.of_unit(unit) if self.post_of(p).startswith("Phó")]
        return found[position]

    def office_of(self, unit: str) -> str:
        """The unit right below the top that `unit` belongs to on that day, or is."""
        parent = self.units[unit].parent_on(self.on)
        above = self.units[parent].parent_on(self.on) if parent else None
        return unit if parent is None or above is None else self.office_of(parent)

    def staff(self, unit: str) -> Person:
        """Who keeps the unit's dossiers: its first chuyên viên."""
        return next(p for p in self.of_unit(unit) if self.post_of(p).startswith("Chuyên viên"))

    def post_of(self, person: Person) -> str:
        return person.post_on(self.on) or ""

    def did_well(self, person: Person) -> bool:
        return all(
            line.level in _GOOD for line in person.classifications if line.year == self.on.year
        )
