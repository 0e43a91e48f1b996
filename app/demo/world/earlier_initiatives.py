"""Initiatives of 2024, each held by one nominee of that year."""

from __future__ import annotations

from datetime import date, timedelta

from app.demo.world.files import rows
from app.demo.world.initiatives import team
from app.demo.world.picker import Picker
from app.demo.world.roster import Roster
from app.demo.world.story_facts import Initiative, Recognition
from app.demo.world.units import ROOT


def build_initiatives_2024(roster: Roster, picker: Picker) -> tuple[Initiative, ...]:
    return tuple(
        _initiative(number, row, roster, picker)
        for number, row in enumerate(rows("initiatives_2024.csv"), start=1)
    )


def _initiative(number: int, row: dict[str, str], roster: Roster, picker: Picker) -> Initiative:
    holder = row["holder"]
    by_unit = holder in roster.units
    unit = holder if by_unit else roster.office_of(roster.unit_of(roster.person(holder)))
    top = roster.office_of(unit)
    applied_from = picker.working_day(date(2024, 1, 22), date(2024, 4, 26), "applied", 2024, number)
    after = applied_from + timedelta(days=picker.number(95, 170, "recognised", 2024, number))
    central = not top.startswith("vks-")
    symbol = "QĐ-VKSTC" if central else "QĐ-VKS"
    return Initiative(
        key=f"SK-24-{number:02d}",
        unit=unit,
        title=row["title"],
        summary=row["summary"],
        applied_from=applied_from,
        measure=row["measure"],
        measure_unit=row["measure_unit"],
        before=int(row["before"]),
        after=int(row["after"]),
        authors=team(unit, roster, picker) if by_unit else ((holder, 100),),
        recognition=Recognition(
            f"{120 + 9 * number}/{symbol}",
            picker.working_day(after, after, 2024, number),
            ROOT if central else top,
        ),
        replicable=True,
    )
