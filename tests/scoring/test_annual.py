"""Several frozen years joined to one figure: exact, and a year without a result is no zero."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.movement.rules.protocol import PHASE_RESULTS
from app.scoring.rules.annual import (
    AnnualResult,
    as_decimal,
    average,
    best,
    joined,
    years_awarded,
)


def result(round_id: int, value: str, awarded: bool = False) -> AnnualResult:
    return AnnualResult(round_id, f"Năm {round_id}", "Phòng 1", Decimal(value), 1, awarded)


TWO = (result(1, "80.10", True), result(2, "90.20"))
# Units 3a and 3b merged since: both answer for year 3.
MERGED = (*TWO, result(3, "70", True), result(3, "71", True))

results = st.lists(
    st.builds(result, st.integers(1, 4), st.decimals(0, 100, places=2).map(str), st.booleans())
)


@pytest.mark.parametrize(
    ("name", "found", "expected"),
    [
        ("average", TWO, "85.15"),
        ("average", (result(1, "1"), result(2, "1"), result(3, "2")), "1.333333333"),
        ("average", MERGED, "80.266666667"),
        ("average", (), None),
        ("best", MERGED, "90.2"),
        ("best", (), None),
        ("years_awarded", MERGED, "2"),
        ("years_awarded", TWO, "1"),
        ("years_awarded", (), "0"),
    ],
)
def test_joined(name: str, found: tuple[AnnualResult, ...], expected: str | None) -> None:
    assert as_decimal(joined(name, found)) == (None if expected is None else Decimal(expected))


def test_every_result_a_protocol_may_choose_is_known() -> None:
    assert [joined(name, TWO) is not None for name in PHASE_RESULTS] == [True, True, True]


@given(results)
def test_the_order_changes_nothing(found: list[AnnualResult]) -> None:
    turned = found[::-1]
    assert (average(turned), best(turned), years_awarded(turned)) == (
        average(found),
        best(found),
        years_awarded(found),
    )


@given(results.filter(bool))
def test_an_average_lies_between_the_worst_and_the_best(found: list[AnnualResult]) -> None:
    mean, most = average(found), best(found)
    assert mean is not None
    assert most is not None
    assert min(Fraction(own.value) for own in found) <= mean <= most
    assert years_awarded(found) <= len({own.round_id for own in found})


@given(
    st.lists(st.decimals(0, 100, places=2), min_size=1, max_size=7),
    st.lists(st.decimals(0, 100, places=2), min_size=1, max_size=7),
)
def test_nine_places_never_make_two_averages_one(
    first: list[Decimal], second: list[Decimal]
) -> None:
    means = [
        average([result(n, str(value)) for n, value in enumerate(years)])
        for years in (first, second)
    ]
    assert (as_decimal(means[0]) == as_decimal(means[1])) == (means[0] == means[1])
