"""Vietnamese đồng: whole numbers only."""

from __future__ import annotations

from decimal import ROUND_CEILING, Decimal

ROUNDING_STEP = 10_000


def bonus(coefficient: Decimal, base_salary: int) -> int:
    """Coefficient x base salary in đồng, rounded up to the next 10.000 (NĐ 98/2023, art. 53)."""
    steps = (coefficient * base_salary / ROUNDING_STEP).to_integral_value(ROUND_CEILING)
    return int(steps) * ROUNDING_STEP


def show_money(amount: int) -> str:
    """`1520000` -> `1.520.000`; the currency sign belongs to the template."""
    return f"{amount:,}".replace(",", ".")
