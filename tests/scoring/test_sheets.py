"""The rules of one sheet: no table, no clock."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.kernel.period import VIETNAM
from app.movement.rules import CriterionFacts
from app.scoring.rules.sheets import (
    MeasuredMark,
    Sheet,
    SheetRow,
    changed,
    merged,
    missing,
    refuse_marks,
    refuse_recusal,
    refuse_save,
    total,
    unmeasured,
)
from app.scoring.rules.stages import Stage

CRITERIA = tuple(
    CriterionFacts(position, code, "judged", "", "", Decimal(most), position)
    for position, (code, most) in enumerate((("C1", 25), ("C2", 40)), start=1)
)
LAST_DAY = date(2025, 12, 5)
OPEN = Stage(LAST_DAY, datetime(2025, 11, 21, 9, tzinfo=VIETNAM))
CLOSED = Stage(LAST_DAY, OPEN.opened_at, datetime(2025, 12, 4, 9, tzinfo=VIETNAM))
FULL = Sheet(3, {"C1": Decimal("20.5"), "C2": Decimal(0)})

points = st.decimals(0, 25, places=2)
marks = st.dictionaries(st.sampled_from(["C1", "C2"]), points)
typed_marks = st.dictionaries(st.sampled_from(["C1", "C2"]), st.none() | points)


def row(
    stored: Mapping[str, Decimal], measured: Mapping[str, MeasuredMark] | None = None
) -> SheetRow:
    return SheetRow(1, "N", "individual", "", "", "", "", Sheet(1, stored), measured or {})


def code_of(*args: object) -> str | None:
    refusal = refuse_save(*args)  # type: ignore[arg-type]
    return refusal.code if refusal else None


@pytest.mark.parametrize(
    ("stored", "absent"),
    [({}, ("C1", "C2")), ({"C2": Decimal(0)}, ("C1",)), (FULL.marks, ())],
)
def test_a_zero_is_a_mark_and_nothing_is_not(
    stored: dict[str, Decimal], absent: tuple[str, ...]
) -> None:
    assert missing(CRITERIA, stored) == absent


def test_the_total_of_an_empty_sheet_is_nothing() -> None:
    assert total(row({})) is None
    assert total(row(FULL.marks)) == Decimal("20.5")


def test_what_was_measured_counts_once_there_is_a_mark() -> None:
    measured = {
        "C5": MeasuredMark(Decimal(2), Decimal("7.25")),
        "C6": MeasuredMark(None, None),
    }
    assert total(row({}, measured)) is None
    assert total(row(FULL.marks, measured)) == Decimal("27.75")
    assert unmeasured(row(FULL.marks, measured)) == ("C6",)


@pytest.mark.parametrize(
    ("stage", "day", "code"),
    [
        (OPEN, LAST_DAY, None),
        (OPEN, date(2025, 12, 6), "scoring-over"),
        (CLOSED, date(2025, 12, 4), "scoring-closed"),
        (Stage(LAST_DAY), LAST_DAY, "scoring-not-open"),
        (Stage(None, OPEN.opened_at), LAST_DAY, "scoring-not-open"),
    ],
)
def test_the_last_day_counts_and_the_next_does_not(
    stage: Stage, day: date, code: str | None
) -> None:
    assert code_of(Sheet(), stage, CRITERIA, {"C1": Decimal(1)}, 0, day) == code
    recusal = refuse_recusal(Sheet(), stage, day)
    assert (recusal.code if recusal else None) == code


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ({"C1": Decimal(25)}, None),
        ({"C1": Decimal("25.01")}, "above-maximum"),
        ({"C1": Decimal("-0.01")}, "not-points"),
        ({"C1": Decimal("1.001")}, "not-points"),
        ({"C1": Decimal("NaN")}, "not-points"),
        ({"C1": Decimal("Infinity")}, "not-points"),
        ({"G1": Decimal(1)}, "unknown-criterion"),
        ({"C1": None}, None),
    ],
)
def test_marks_stay_within_their_criterion(
    typed: dict[str, Decimal | None], code: str | None
) -> None:
    refusal = refuse_marks(CRITERIA, typed)
    assert (refusal.code if refusal else None) == code


@pytest.mark.parametrize(
    ("version", "typed", "code"),
    [
        (3, {"C1": Decimal(1)}, None),
        (2, {"C1": Decimal(1)}, "stale-sheet"),
        (None, {"C1": Decimal(1)}, "stale-sheet"),
        (4, {"C1": Decimal(1)}, "stale-sheet"),
        # The same marks again, after an answer that got lost, contradict nothing.
        (2, {"C1": Decimal("20.50"), "C2": Decimal(0)}, None),
        (2, {"C1": None}, "stale-sheet"),
    ],
)
def test_an_older_version_may_not_save_over_a_newer_one(
    version: int | None, typed: dict[str, Decimal | None], code: str | None
) -> None:
    assert code_of(FULL, OPEN, CRITERIA, typed, version, LAST_DAY) == code


def test_no_sheet_is_version_nought_or_none() -> None:
    for version in (None, 0):
        assert code_of(Sheet(), OPEN, CRITERIA, {"C1": Decimal(1)}, version, LAST_DAY) is None


def test_a_recused_member_marks_nothing() -> None:
    sheet = Sheet(recusal="vợ")
    assert code_of(sheet, OPEN, CRITERIA, {"C1": Decimal(1)}, 0, LAST_DAY) == "recused"


@pytest.mark.parametrize(
    ("sheet", "code"),
    [
        (Sheet(), None),
        (Sheet(2, {}), None),
        (FULL, "sheet-not-empty"),
        (Sheet(recusal="vợ"), "already-recused"),
    ],
)
def test_stepping_aside_drops_no_marks(sheet: Sheet, code: str | None) -> None:
    refusal = refuse_recusal(sheet, OPEN, LAST_DAY)
    assert (refusal.code if refusal else None) == code


@given(marks, typed_marks)
def test_merging_says_nothing_twice(
    stored: dict[str, Decimal], typed: dict[str, Decimal | None]
) -> None:
    after = merged(stored, typed)
    assert not changed(after, typed)
    assert {code: p for code, p in after.items() if code not in typed} == {
        code: p for code, p in stored.items() if code not in typed
    }
    assert merged(after, typed) == after
