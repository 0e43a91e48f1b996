"""From a measured value to points: four functions, exact, rounded half up to two places."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from itertools import pairwise
from typing import Any

from app.kernel.points import show_points
from app.kernel.refusal import N_, Refusal
from app.kernel.verdict import Reason

FUNCTIONS = {
    "linear": N_("Tuyến tính"),
    "steps": N_("Theo bậc"),
    "threshold": N_("Theo ngưỡng"),
    "yes_no": N_("Có hoặc không"),
}
# "up": the more the better; "down": the less the better.
DIRECTIONS = {"up": N_("Từ mức này trở lên"), "down": N_("Từ mức này trở xuống")}
_SIGNS = {"up": "≥", "down": "≤"}
# Values are kept with four places, so that what is frozen gives the same points again.
VALUE_PLACES = Decimal("0.0001")


@dataclass(frozen=True, slots=True)
class Linear:
    """No points at `zero_at`, all at `full_at`, in between in proportion; falls if it is lower."""

    zero_at: Decimal
    full_at: Decimal


@dataclass(frozen=True, slots=True)
class Step:
    at: Decimal
    points: Decimal


@dataclass(frozen=True, slots=True)
class Steps:
    """The furthest step reached counts; before the first there are no points."""

    direction: str
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Threshold:
    """All points or none."""

    direction: str
    at: Decimal


@dataclass(frozen=True, slots=True)
class YesNo:
    """All points for anything above zero."""


Function = Linear | Steps | Threshold | YesNo


def points_for(function: Function, value: Decimal | None, max_points: Decimal) -> Decimal | None:
    """None for None: what was not measured is no zero."""
    if value is None:
        return None
    if isinstance(function, Linear):
        return _linear(function, value, max_points)
    if isinstance(function, Steps):
        reached = [s.points for s in function.steps if _reached(function.direction, value, s.at)]
        return _two_places(Fraction(max(reached, default=Decimal(0))))
    full = (
        value > 0
        if isinstance(function, YesNo)
        else _reached(function.direction, value, function.at)
    )
    return _two_places(Fraction(max_points if full else 0))


def _linear(function: Linear, value: Decimal, max_points: Decimal) -> Decimal:
    zero, full = Fraction(function.zero_at), Fraction(function.full_at)
    share = min(max((Fraction(value) - zero) / (full - zero), Fraction(0)), Fraction(1))
    return _two_places(share * Fraction(max_points))


def _reached(direction: str, value: Decimal, at: Decimal) -> bool:
    return value >= at if direction == "up" else value <= at


def _two_places(points: Fraction) -> Decimal:
    """Half up; points are never negative."""
    hundredths = (200 * points.numerator + points.denominator) // (2 * points.denominator)
    return Decimal(hundredths).scaleb(-2)


def refuse_function(function: Function, max_points: Decimal) -> Refusal | None:
    """The field named is the one of the form."""
    if isinstance(function, Linear) and function.zero_at == function.full_at:
        return Refusal(
            "linear-without-slope",
            N_("Mức đạt điểm tối đa phải khác mức 0 điểm."),
            field_name="linear_full",
        )
    return _refuse_steps(function, max_points) if isinstance(function, Steps) else None


def _refuse_steps(function: Steps, max_points: Decimal) -> Refusal | None:
    steps = function.steps
    code, message = "", ""
    pairs = list(pairwise(steps))
    if not steps:
        code, message = "no-steps", N_("Vui lòng nhập ít nhất một bậc.")
    elif len({step.at for step in steps}) < len(steps):
        code, message = "step-twice", N_("Mỗi mức chỉ được dùng cho một bậc.")
    elif any(later.points <= earlier.points for earlier, later in pairs):
        code, message = "steps-not-rising", N_("Bậc cao hơn phải có nhiều điểm hơn bậc trước.")
    elif steps[-1].points != max_points:
        code, message = "steps-miss-maximum", N_("Bậc cao nhất phải đạt đúng điểm tối đa.")
    return Refusal(code, message, field_name="steps") if code else None


def in_order(direction: str, steps: tuple[Step, ...]) -> Steps:
    """As they are reached one after the other."""
    ordered = sorted(steps, key=lambda step: step.at, reverse=direction == "down")
    return Steps(direction, tuple(ordered))


def to_text(function: Function) -> str:
    """Canonical JSON: equal functions are equal texts, and so equal hashes."""
    return json.dumps(_document(function), sort_keys=True, separators=(",", ":"))


def from_text(text: str) -> Function:
    """ValueError for anything `to_text` would not have written."""
    try:
        document = json.loads(text)
        return _READ[document["kind"]](document)
    except (KeyError, TypeError, InvalidOperation) as error:
        raise ValueError(f"no function: {text}") from error


def kind_of(function: Function) -> str:
    """A key of FUNCTIONS."""
    return {Linear: "linear", Steps: "steps", Threshold: "threshold", YesNo: "yes_no"}[
        type(function)
    ]


def _document(function: Function) -> dict[str, Any]:
    kind = {"kind": kind_of(function)}
    if isinstance(function, Linear):
        return kind | {"zero_at": _plain(function.zero_at), "full_at": _plain(function.full_at)}
    if isinstance(function, Steps):
        steps = [[_plain(step.at), _plain(step.points)] for step in function.steps]
        return kind | {"direction": function.direction, "steps": steps}
    if isinstance(function, Threshold):
        return kind | {"direction": function.direction, "at": _plain(function.at)}
    return kind


_READ: Mapping[str, Callable[[dict[str, Any]], Function]] = {
    "linear": lambda d: Linear(Decimal(d["zero_at"]), Decimal(d["full_at"])),
    "steps": lambda d: Steps(
        d["direction"], tuple(Step(Decimal(at), Decimal(points)) for at, points in d["steps"])
    ),
    "threshold": lambda d: Threshold(d["direction"], Decimal(d["at"])),
    "yes_no": lambda d: YesNo(),
}


def _plain(number: Decimal) -> str:
    """Without an exponent and without trailing zeros; zero has no sign."""
    return format(number.normalize(), "f") if number else "0"


def describe(text: str) -> Reason:
    """The function in a sentence."""
    function = from_text(text)
    if isinstance(function, Linear):
        return Reason(
            "linear",
            N_("Tuyến tính: {zero} được 0 điểm, {full} được điểm tối đa."),
            {"zero": _shown(function.zero_at), "full": _shown(function.full_at)},
        )
    if isinstance(function, Steps):
        steps = (
            f"{_SIGNS[function.direction]}\u00a0{_shown(s.at)}:\u00a0{show_points(s.points)}"
            for s in function.steps
        )
        return Reason("steps", N_("Điểm theo bậc: {steps}."), {"steps": "; ".join(steps)})
    if isinstance(function, Threshold):
        return Reason(
            "threshold",
            N_("Giá trị {sign} {at} được điểm tối đa, ngoài ra được 0 điểm."),
            {"sign": _SIGNS[function.direction], "at": _shown(function.at)},
        )
    return Reason("yes_no", N_("Có thì được điểm tối đa, không có thì được 0 điểm."))


def _shown(number: Decimal) -> str:
    return _plain(number).replace(".", ",")
