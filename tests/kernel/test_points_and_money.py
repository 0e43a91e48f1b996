from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.kernel.money import bonus, show_money
from app.kernel.points import parse_points, show_points
from app.kernel.refusal import Refusal


@pytest.mark.parametrize(
    ("text", "points"),
    [("17,5", "17.5"), ("17.5", "17.5"), (" 0 ", "0"), ("25", "25"), ("24,99", "24.99")],
)
def test_points_are_read_with_comma_or_point(text: str, points: str) -> None:
    assert parse_points(text, Decimal(25)) == Decimal(points)


@pytest.mark.parametrize(
    "text", ["", "-1", "1e1", "NaN", "Infinity", "1,234", "1.2.3", "mười", "１２", "1 0"]
)
def test_what_is_no_mark_is_refused(text: str) -> None:
    refusal = parse_points(text, Decimal(25))
    assert isinstance(refusal, Refusal)
    assert refusal.code == "not-points"


def test_a_mark_above_the_maximum_names_the_maximum() -> None:
    refusal = parse_points("25,01", Decimal("25.00"))
    assert isinstance(refusal, Refusal)
    assert (refusal.code, refusal.values) == ("above-maximum", {"maximum": "25"})


@pytest.mark.parametrize(
    ("points", "decimals", "shown"),
    [
        ("87.50", None, "87,5"),
        ("80.00", None, "80"),
        ("80", 2, "80,00"),
        ("0.125", 2, "0,13"),
        ("100", None, "100"),
    ],
)
def test_points_are_shown_the_vietnamese_way(points: str, decimals: int | None, shown: str) -> None:
    assert show_points(Decimal(points), decimals) == shown


@pytest.mark.parametrize(
    ("coefficient", "salary", "amount"),
    [
        ("0.3", 2_340_000, 710_000),
        ("0.3", 2_530_000, 760_000),
        ("0.6", 2_530_000, 1_520_000),
        ("1.5", 2_530_000, 3_800_000),
        ("1.0", 2_530_000, 2_530_000),
        ("0.3", 1_490_000, 450_000),
        ("4.5", 2_530_000, 11_390_000),
        ("0", 2_530_000, 0),
    ],
)
def test_the_bonus_is_rounded_up_to_ten_thousand(
    coefficient: str, salary: int, amount: int
) -> None:
    assert bonus(Decimal(coefficient), salary) == amount


@given(st.decimals("0", "20", places=3), st.integers(1, 10_000_000))
def test_the_bonus_is_the_least_step_that_covers_the_exact_amount(
    coefficient: Decimal, salary: int
) -> None:
    amount = bonus(coefficient, salary)
    exact = Fraction(coefficient) * salary
    assert amount % 10_000 == 0
    assert exact <= amount < exact + 10_000


def test_money_is_grouped_with_points() -> None:
    assert show_money(1_520_000) == "1.520.000"
