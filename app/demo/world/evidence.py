"""Evidence per criterion: a statement with a quantity before and after, and its document."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from functools import cache

from app.demo.world.files import rows
from app.demo.world.picker import Picker
from app.demo.world.story_facts import Criterion, Evidence

# The heaviest criteria carry two proofs.
_TWO_PROOFS = frozenset({"C1", "C2", "T4"})


def quantity(number: int, unit: str) -> str:
    return f"{number}%" if unit == "%" else f"{number} {unit}"


def evidence_for(
    nominee: str, criteria: tuple[Criterion, ...], symbol: str, years: Sequence[int], picker: Picker
) -> tuple[Evidence, ...]:
    """Proofs of several years take turns."""
    found: list[Evidence] = []
    for criterion in criteria:
        lines = picker.shuffled(_lines(criterion.code), "evidence", nominee, criterion.code)
        for row in lines[: 2 if criterion.code in _TWO_PROOFS else 1]:
            year = years[len(found) % len(years)]
            found.append(_evidence(nominee, len(found), row, symbol, year, picker))
    return tuple(found)


@cache
def _lines(criterion: str) -> tuple[dict[str, str], ...]:
    return tuple(row for row in rows("evidence.csv") if row["criterion"] == criterion)


def _evidence(
    nominee: str, position: int, row: dict[str, str], symbol: str, year: int, picker: Picker
) -> Evidence:
    label = ("evidence", nominee, position)
    before = picker.number(int(row["before_low"]), int(row["before_high"]), *label, "before")
    after = picker.number(int(row["after_low"]), int(row["after_high"]), *label, "after")
    # Confirmations by local bodies carry those bodies' own symbols.
    series = row["symbol"].format(unit=symbol)
    return Evidence(
        criterion=row["criterion"],
        statement=_in_year(row["statement"], year).format(before=before, after=after),
        before=before,
        after=after,
        unit=row["unit"],
        document=row["document"],
        document_number=f"{picker.number(11, 480, *label, 'number')}/{series}",
        document_date=picker.working_day(date(year, 8, 4), date(year, 11, 10), *label, "date"),
    )


def _in_year(statement: str, year: int) -> str:
    """The lines are written for 2025 and compare it with 2024."""
    return re.sub("202[45]", lambda found: str(int(found[0]) + year - 2025), statement)
