"""Initiatives with their authors, measured benefit and recognition."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from app.demo.world.files import rows
from app.demo.world.picker import Picker
from app.demo.world.roster import Roster
from app.demo.world.selection import UnitList
from app.demo.world.story_facts import Initiative, Recognition

Row = dict[str, str]
Authors = tuple[tuple[str, int], ...]
_SHARES = (100, 85, 80, 75, 70, 60, 50)
_COUNCIL_COAUTHOR_UNIT = "truong-dhks"


def build_initiatives(
    lists: tuple[UnitList, ...], roster: Roster, picker: Picker
) -> tuple[Initiative, ...]:
    numbered = list(enumerate(rows("initiatives.csv"), start=1))
    authors = dict(_individual_authors(numbered, lists, roster, picker))
    return tuple(
        _initiative(index, row, author_shares, roster, picker)
        for index, row in numbered
        for author_shares in [authors.get(index) or team(row["unit"], roster, picker)]
    )


def _individual_authors(
    numbered: list[tuple[int, Row]], lists: tuple[UnitList, ...], roster: Roster, picker: Picker
) -> Iterator[tuple[int, Authors]]:
    """The first `shared_initiatives` of a unit have two nominees as authors, the others one."""
    for line in lists:
        own = [i for i, row in numbered if (row["subject"], row["unit"]) == _of(line)]
        people = iter(line.people)
        for position, index in enumerate(own):
            lead = next(people)
            if position < line.shared_initiatives:
                yield index, _split(lead.key, next(people).key, picker, index)
            elif line.unit == _COUNCIL_COAUTHOR_UNIT:
                # The head of the institute sits on the council: he will have to recuse himself.
                yield index, ((lead.key, 80), (roster.head("vien-khks").key, 20))
            else:
                yield index, ((lead.key, 100),)


def _of(line: UnitList) -> tuple[str, str]:
    return "individual", line.unit


def _split(lead: str, second: str, picker: Picker, index: int) -> Authors:
    share = picker.choice(_SHARES[1:], "share", index)
    return (lead, share), (second, 100 - share)


def team(unit: str, roster: Roster, picker: Picker) -> Authors:
    """Three members of the collective; the first carries what does not divide."""
    keys = [person.key for person in roster.of_unit(unit)][:3]
    share = picker.number(20, 30, "team", unit)
    return ((keys[0], 100 - share * (len(keys) - 1)), *((key, share) for key in keys[1:]))


def _initiative(
    index: int, row: Row, authors: Authors, roster: Roster, picker: Picker
) -> Initiative:
    applied_from = picker.working_day(date(2024, 12, 4), date(2025, 4, 30), "applied", index)
    delay = timedelta(days=picker.number(95, 170, "recognised", index))
    # A unit founded by the merger can recognise only afterwards what began in a predecessor.
    founded_on = roster.units[row["unit"].partition(".")[0]].founded_on
    earliest = max(applied_from + delay, founded_on + delay / 5)
    recognised_on = picker.working_day(earliest, earliest, index)
    return Initiative(
        key=f"SK-{index:02d}",
        unit=row["unit"],
        title=row["title"].replace("'", '"'),
        summary=row["summary"],
        applied_from=applied_from,
        measure=row["measure"],
        measure_unit=row["measure_unit"],
        before=int(row["before"]),
        after=int(row["after"]),
        authors=authors,
        recognition=_recognition(index, row, recognised_on),
        replicable=row["subject"] != "other",
    )


def _recognition(index: int, row: Row, on: date) -> Recognition | None:
    """The last of the list is still waiting for its decision."""
    if row["subject"] == "other" and row["unit"].startswith("vks-can-tho"):
        return None
    unit = row["unit"].partition(".")[0]
    central = not unit.startswith("vks-")
    symbol = "QĐ-VKSTC" if central else "QĐ-VKS"
    return Recognition(f"{100 + 7 * index}/{symbol}", on, "vksndtc" if central else unit)
