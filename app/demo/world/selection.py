"""Who is nominated by whom: forty people and twelve collectives of eight units."""

from __future__ import annotations

from dataclasses import dataclass

from app.demo.world.facts import Person
from app.demo.world.files import rows
from app.demo.world.picker import Picker
from app.demo.world.roster import Roster

# Placed by hand in special_people.csv: the story tells something about each of them.
DISCIPLINED = "p033"
HOMONYM_OF_THE_DISCIPLINED = "p032"
UNDER_CONSIDERATION = "p003"
DISCIPLINED_LONG_AGO = "p018"
SEVEN_WORD_NAME = "p017"
NAME_WITH_APOSTROPHE = "p020"
NAME_TYPED_DECOMPOSED = "p037"
GIVEN_NAME_ANH = "p001"
SAME_NAME_SAME_UNIT = ("p035", "p036")
CAST = (
    DISCIPLINED,
    HOMONYM_OF_THE_DISCIPLINED,
    UNDER_CONSIDERATION,
    DISCIPLINED_LONG_AGO,
    SEVEN_WORD_NAME,
    NAME_WITH_APOSTROPHE,
    NAME_TYPED_DECOMPOSED,
    GIVEN_NAME_ANH,
    *SAME_NAME_SAME_UNIT,
)


@dataclass(frozen=True, slots=True)
class UnitList:
    unit: str
    symbol: str
    people: tuple[Person, ...]
    collectives: tuple[str, ...]
    shared_initiatives: int
    head: Person
    """Signs and attests for the unit."""


def build_lists(roster: Roster, picker: Picker) -> tuple[UnitList, ...]:
    return tuple(
        UnitList(
            row["unit"],
            row["symbol"],
            _people(row["unit"], int(row["people"]), roster, picker),
            tuple(row["collectives"].split(";")),
            int(row["shared_initiatives"]),
            roster.head(row["unit"]),
        )
        for row in rows("nominating_units.csv")
    )


def _people(unit: str, count: int, roster: Roster, picker: Picker) -> tuple[Person, ...]:
    """The cast first, then two thirds difficult names, then whoever is drawn."""
    by_hand = len(rows("special_people.csv"))
    able = [p for p in roster.below(unit) if _may_stand(p, unit, roster)]
    drawn = picker.shuffled(able, "nominees", unit)
    difficult = [p for p in drawn if int(p.key[1:]) <= by_hand][: count * 2 // 3]
    cast = [p for p in able if p.key in CAST]
    others = [p for p in drawn if int(p.key[1:]) > by_hand]
    ordered = list(dict.fromkeys([*cast, *difficult, *others]))
    return tuple(ordered[:count])


def _may_stand(person: Person, unit: str, roster: Roster) -> bool:
    """Nobody attests, collects or appraises the own dossier."""
    busy = (roster.head(unit), roster.staff(unit))
    office = roster.unit_of(person) == "van-phong.tdkt"
    return person not in busy and not office and roster.did_well(person)
