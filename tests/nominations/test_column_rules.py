"""The columns of points side by side: a missing mark is never a zero."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.kernel.refusal import Refusal
from app.nominations.rules import (
    GIVERS,
    Cell,
    Column,
    Dossier,
    OpenReturn,
    open_criteria,
    refuse_column,
    refuse_marks,
    sheet,
)
from tests.nominations.dossiers import CRITERIA, LATE, NOMINATIONS, TODAY, dossier

RETURNED = OpenReturn(1, "criterion", "C2", date(2025, 11, 25))
NOMINEE = 3
POINTS = st.none() | st.decimals(0, 20, places=2)


def column(**marks: object) -> Column:
    given_ = {code: Decimal(str(points)) for code, points in marks.items() if points is not None}
    return Column(given_, version=1)


def test_each_difference_is_to_the_nearest_column_before_that_has_a_mark() -> None:
    columns = {
        "self": column(C1=18, C2=30, C3=10),
        "unit": column(C1="17.5", C3=10),
        "appraisal": column(C1=15, C2=25, C3=10),
    }
    made = sheet(CRITERIA, columns, {"C4": Decimal("12.5")})
    assert [line.criterion.code for line in made.lines] == ["C1", "C2", "C3", "C4"]
    first, second, third, measured = (line.cells for line in made.lines)
    assert [first[name] for name in columns] == [
        Cell(Decimal(18)),
        Cell(Decimal("17.5"), Decimal("-0.5")),
        Cell(Decimal(15), Decimal("-2.5")),
    ]
    assert [second[name] for name in columns] == [
        Cell(Decimal(30)),
        Cell(None),
        Cell(Decimal(25), Decimal(-5)),
    ]
    assert third["appraisal"] == Cell(Decimal(10), Decimal(0))
    assert set(measured.values()) == {Cell(Decimal("12.5"))}
    assert made.totals == {
        "self": Cell(Decimal("70.5")),
        # One mark is missing: the sum is what is there, and it is compared with nothing.
        "unit": Cell(Decimal("40.0")),
        "appraisal": Cell(Decimal("62.5"), Decimal("-8.0")),
    }
    assert made.missing == {"self": 0, "unit": 1, "appraisal": 0}


def test_an_empty_column_has_no_total_although_the_system_measured() -> None:
    made = sheet(CRITERIA, {"self": Column()}, {"C4": Decimal(5)})
    assert (made.totals["self"], made.missing["self"]) == (Cell(None), 3)


def test_what_could_not_be_measured_is_missing() -> None:
    made = sheet(CRITERIA, {"self": column(C1=0, C2=0, C3=0)}, {"C4": None})
    assert (made.totals["self"].points, made.missing["self"]) == (Decimal(0), 1)


@given(st.lists(st.tuples(POINTS, POINTS, POINTS), min_size=2, max_size=4))
def test_totals_and_gaps_add_up_whatever_was_given(
    rows: list[tuple[Decimal | None, Decimal | None, Decimal | None]],
) -> None:
    names = ("self", "unit", "appraisal", "council")[: len(rows)]
    columns = {
        name: column(**dict(zip(("C1", "C2", "C3"), row, strict=True)))
        for name, row in zip(names, rows, strict=True)
    }
    made = sheet(CRITERIA, columns, {"C4": Decimal(1)})
    for name, row in zip(names, rows, strict=True):
        known = [points for points in row if points is not None]
        assert made.missing[name] == 3 - len(known)
        assert made.totals[name].points == (sum(known, Decimal(1)) if known else None)
    for line in made.lines:
        walked: Decimal | None = None
        for name in names:
            cell = line.cells[name]
            if cell.difference is not None:
                assert walked is not None
                assert cell.points == walked + cell.difference
            walked = cell.points if cell.points is not None else walked


@pytest.mark.parametrize(
    ("changes", "giver", "today", "person", "code"),
    [
        ({}, "self", TODAY, NOMINEE, None),
        ({}, "unit", TODAY, None, None),
        ({}, "unit", TODAY, NOMINEE, "own-nomination"),
        ({}, "self", LATE, None, "nominations-closed"),
        ({}, "appraisal", TODAY, None, "not-at-office"),
        ({"stage": "office"}, "self", TODAY, None, "already-submitted"),
        ({"stage": "office"}, "appraisal", TODAY, None, None),
        ({"stage": "office"}, "appraisal", TODAY, NOMINEE, "own-nomination"),
        # Without a last day of its own, appraisal ends when scoring opens.
        ({"stage": "office"}, "appraisal", LATE, None, None),
        ({"stage": "office", "verdicts": {}}, "appraisal", TODAY, None, "scoring-opened"),
        ({"stage": "withdrawn"}, "appraisal", TODAY, None, "ended"),
        ({"stage": "withdrawn"}, "unit", TODAY, None, "ended"),
        ({"stage": "office", "open_returns": (RETURNED,)}, "self", LATE, None, None),
        ({"criteria": CRITERIA[3:]}, "self", TODAY, None, "nothing-to-mark"),
    ],
)
def test_who_may_fill_in_which_column_when(
    changes: dict[str, object], giver: str, today: date, person: int | None, code: str | None
) -> None:
    refusal = refuse_column(dossier(**changes), giver, today, person)
    assert (refusal.code if refusal else None) == code


def test_appraisal_gives_points_until_its_last_day() -> None:
    review = replace(dossier().review, appraisal_close_on=TODAY)
    found = dossier(stage="office", review=review)
    assert refuse_column(found, "appraisal", TODAY, None) is None
    assert refuse_column(found, "appraisal", TODAY + timedelta(days=1), None) == Refusal(
        "too-late", "Đã hết hạn thẩm định (hết ngày {day}).", {"day": "10/11/2025"}
    )


def test_what_was_sent_back_opens_its_own_row_only_until_its_day() -> None:
    sent = dossier(stage="office", open_returns=(RETURNED,))
    assert open_criteria(sent, "self", LATE) == ("C2",)
    assert open_criteria(sent, "self", date(2025, 11, 25)) == ("C2",)
    assert open_criteria(sent, "self", date(2025, 11, 26)) == ()
    assert open_criteria(sent, "appraisal", LATE) == ("C1", "C2", "C3")
    assert open_criteria(dossier(), "unit", TODAY) == ("C1", "C2", "C3")


def refused(
    found: Dossier, marks: dict[str, Decimal | None], version: int = 1, giver: str = "self"
) -> str | None:
    stored = column(C1=10, C2=20)
    refusal = refuse_marks(found, giver, stored, marks, version, TODAY, None)
    return refusal.code if refusal else None


def test_a_sheet_is_taken_whole_or_in_part() -> None:
    assert refused(dossier(), {"C1": Decimal(20), "C2": None}) is None


@pytest.mark.parametrize(
    ("marks", "code"),
    [
        ({"C1": Decimal("20.01")}, "above-maximum"),
        ({"C1": Decimal(-1)}, "above-maximum"),
        # Nobody types points where the system measures, nor on a gate, nor on what is not there.
        ({"C4": Decimal(1)}, "above-maximum"),
        ({"G1": Decimal(1)}, "above-maximum"),
        ({"C9": Decimal(1)}, "above-maximum"),
    ],
)
def test_points_beyond_the_criterion_are_refused(marks: dict[str, Decimal], code: str) -> None:
    assert refused(dossier(), dict(marks)) == code


def test_another_version_is_refused_before_the_marks_are_looked_at() -> None:
    assert refused(dossier(), {"C1": Decimal(99)}, version=0) == "changed-meanwhile"


def test_a_row_that_was_not_sent_back_stays_as_it_is() -> None:
    sent = dossier(stage="office", open_returns=(RETURNED,))
    assert refused(sent, {"C2": Decimal(25)}) is None
    assert refused(sent, {"C1": Decimal(10), "C2": Decimal(25)}) is None
    assert refused(sent, {"C1": Decimal(11), "C2": Decimal(25)}) == "criterion-closed"


def test_a_round_without_days_opens_no_column() -> None:
    review = replace(dossier().review, nominations=None)
    assert NOMINATIONS is not None
    codes = {
        refusal.code
        if (refusal := refuse_column(dossier(review=review), giver, TODAY, None))
        else ""
        for giver in GIVERS
    }
    assert codes == {"round-not-open", "not-at-office"}
