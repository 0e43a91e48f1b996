"""Evidence per criterion: a statement with a quantity before and after, and its document."""

from __future__ import annotations

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
    nominee: str, criteria: tuple[Criterion, ...], symbol: str, picker: Picker
) -> tuple[Evidence, ...]:
    found: list[Evidence] = []
    for criterion in criteria:
        lines = picker.shuffled(_lines(criterion.code), "evidence", nominee, criterion.code)
        for row in lines[: 2 if criterion.code in _TWO_PROOFS else 1]:
            found.append(_evidence(nominee, len(found), row, symbol, picker))
    return tuple(found)


@cache
def _lines(criterion: str) -> tuple[dict[str, str], ...]:
    return tuple(row for row in rows("evidence.csv") if row["criterion"] == criterion)


def _evidence(
    nominee: str, position: int, row: dict[str, str], symbol: str, picker: Picker
) -> Evidence:
    label = ("evidence", nominee, position)
    before = picker.number(int(row["before_low"]), int(row["before_high"]), *label, "before")
    after = picker.number(int(row["after_low"]), int(row["after_high"]), *label, "after")
    # Confirmations by local bodies carry those bodies' own symbols.
    series = row["symbol"].format(unit=symbol)
    return Evidence(
        criterion=row["criterion"],
        statement=row["statement"].format(before=before, after=after),
        before=before,
        after=after,
        unit=row["unit"],
        document=row["document"],
        document_number=f"{picker.number(11, 480, *label, 'number')}/{series}",
        document_date=picker.working_day(date(2025, 8, 4), date(2025, 11, 10), *label, "date"),
    )
