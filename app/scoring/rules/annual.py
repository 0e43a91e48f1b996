"""What a phase round cites: the frozen results of its annual rounds, joined to one figure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from app.scoring.rules.exact import show_ratio

# Two averages of up to seven rounds differ by more than this, whatever the rounds' decimals are.
KEY_PLACES = 9


@dataclass(frozen=True, slots=True)
class AnnualResult:
    """One nomination as the ranking of one annual round froze it.

    `value` is the frozen one, rounded as that round's protocol says; who was not ranked has no
    result. `awarded`: a decision of that round names the nomination.
    """

    round_id: int
    round_name: str
    name: str
    value: Decimal
    rank: int
    awarded: bool = False


@dataclass(frozen=True, slots=True)
class Cited:
    """`value` as the protocol's `phase.result` joins the results; None where none is known."""

    results: tuple[AnnualResult, ...]
    value: Decimal | None


def joined(result: str, results: Iterable[AnnualResult]) -> Fraction | None:
    """`result`: a key of PHASE_RESULTS. A year without a result is no zero: it is left out."""
    if result == "years_awarded":
        return Fraction(years_awarded(results))
    return {"average": average, "best": best}[result](results)


def average(results: Iterable[AnnualResult]) -> Fraction | None:
    """Of the years with a result. Units that merged since count together as one year."""
    years = [sum(values, Fraction(0)) / len(values) for values in _by_round(results)]
    return sum(years, Fraction(0)) / len(years) if years else None


def best(results: Iterable[AnnualResult]) -> Fraction | None:
    return max((Fraction(result.value) for result in results), default=None)


def years_awarded(results: Iterable[AnnualResult]) -> int:
    return len({result.round_id for result in results if result.awarded})


def as_decimal(value: Fraction | None) -> Decimal | None:
    """Half up at nine places, without trailing zeros: `90`, `88.333333333`."""
    if value is None:
        return None
    text = show_ratio(value.numerator, value.denominator, KEY_PLACES)
    return Decimal(text.rstrip("0").rstrip("."))


def _by_round(results: Iterable[AnnualResult]) -> Iterable[list[Fraction]]:
    found: dict[int, list[Fraction]] = {}
    for result in results:
        found.setdefault(result.round_id, []).append(Fraction(result.value))
    return found.values()
