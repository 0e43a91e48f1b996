"""What the system itself can measure of a nominee: named, sourced, with the rows behind it.

The rooms that own the data say how (`indicators.py` of a room); `app/indicators.py` puts them all
together, so that a builder of criteria below and a dossier above find the same ones.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from app.kernel.period import Period


@dataclass(frozen=True, slots=True)
class Measurable:
    """Whom to measure, over which days. `id` is the caller's own; one of the two others is set.

    `period` has an end. `movement_id`: whose rounds count as the nominee's years; 0: of all.
    """

    id: int
    person_id: int | None
    collective_id: int | None
    period: Period
    movement_id: int = 0


@dataclass(frozen=True, slots=True)
class MeasuredRow:
    """One row behind a value; `note` may be empty, `href` leads to it where it has a page.

    What is shown here everybody reads who reads the dossier: nothing secret goes in.
    """

    label: str
    note: str = ""
    amount: Decimal | None = None
    href: str = ""


@dataclass(frozen=True, slots=True)
class Measured:
    """`value` None: nothing is known, which is not a zero."""

    value: Decimal | None
    rows: tuple[MeasuredRow, ...] = ()


# All at once, in a fixed number of statements; nobody may be left out of the answer.
Measure = Callable[[Sequence[Measurable]], Awaitable[Mapping[int, Measured]]]


@dataclass(frozen=True, slots=True)
class Indicator:
    """`name`, `unit`, `source`, `period` and `how` are gettext ids shown in the builder.

    `source`: where the rows come from. `period`: which days count. `how`: how the rows become
    the value. `subjects`: "individual", "collective" or both.
    """

    code: str
    name: str
    unit: str
    source: str
    period: str
    how: str
    subjects: tuple[str, ...]
    measure: Measure


_registered: dict[str, Indicator] = {}


def register(*indicators: Indicator) -> None:
    """ValueError when two rooms claim one code."""
    for indicator in indicators:
        if _registered.get(indicator.code, indicator) is not indicator:
            raise ValueError(f"two indicators are called {indicator.code}")
        _registered[indicator.code] = indicator


def registered() -> Mapping[str, Indicator]:
    """By code, in the order of registration."""
    return dict(_registered)
