"""From a value to points: exact, bounded, and never less for more."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from app.movement.rules.measuring import (
    Function,
    Linear,
    Step,
    Steps,
    Threshold,
    YesNo,
    describe,
    from_text,
    in_order,
    kind_of,
    points_for,
    refuse_function,
    to_text,
)

D = Decimal
MAXIMUM = D("12.5")
VALUES = st.decimals(min_value=-1000, max_value=1000, places=4)
MAXIMA = st.decimals(min_value=D("0.01"), max_value=100, places=2)
DIRECTIONS = st.sampled_from(("up", "down"))
LINEAR = st.builds(Linear, VALUES, VALUES).filter(lambda f: f.zero_at != f.full_at)
THRESHOLDS = st.builds(Threshold, DIRECTIONS, VALUES)


@st.composite
def steps(draw: st.DrawFn, maximum: Decimal) -> Steps:
    """Accepted ones: distinct levels, rising points, the last with the maximum."""
    most = int(maximum * 100)
    points = [*sorted(draw(st.sets(st.integers(0, most - 1), max_size=5))), most]
    levels = draw(
        st.lists(VALUES, min_size=len(points), max_size=len(points), unique_by=lambda v: v)
    )
    direction = draw(DIRECTIONS)
    ordered = sorted(levels, reverse=direction == "down")
    return Steps(
        direction,
        tuple(Step(at, D(n).scaleb(-2)) for at, n in zip(ordered, points, strict=True)),
    )


@st.composite
def functions(draw: st.DrawFn) -> tuple[Function, Decimal]:
    maximum = draw(MAXIMA)
    chosen: Function = draw(st.one_of(LINEAR, THRESHOLDS, st.just(YesNo()), steps(maximum)))
    return chosen, maximum


def rises(function: Function) -> bool:
    if isinstance(function, Linear):
        return function.full_at > function.zero_at
    return isinstance(function, YesNo) or function.direction == "up"


@given(functions(), VALUES)
def test_points_lie_between_none_and_the_maximum(
    drawn: tuple[Function, Decimal], value: Decimal
) -> None:
    function, maximum = drawn
    points = points_for(function, value, maximum)
    assert points is not None
    assert 0 <= points <= maximum
    assert points == points.quantize(D("0.01"))


@given(functions(), VALUES, VALUES)
def test_more_never_gives_less(
    drawn: tuple[Function, Decimal], one: Decimal, other: Decimal
) -> None:
    function, maximum = drawn
    low, high = sorted((one, other))
    lower, higher = (points_for(function, value, maximum) for value in (low, high))
    assert lower is not None
    assert higher is not None
    assert lower <= higher if rises(function) else lower >= higher


@given(LINEAR, MAXIMA, VALUES)
def test_a_line_is_rounded_half_up_and_only_once(
    function: Linear, maximum: Decimal, value: Decimal
) -> None:
    exact = Fraction(value - function.zero_at) / Fraction(function.full_at - function.zero_at)
    assume(0 < exact < 1)
    points = points_for(function, value, maximum)
    assert points is not None
    off = Fraction(points) - exact * Fraction(maximum)
    assert Fraction(-1, 200) < off <= Fraction(1, 200)


@given(LINEAR, MAXIMA)
def test_a_line_ends_exactly(function: Linear, maximum: Decimal) -> None:
    assert points_for(function, function.zero_at, maximum) == 0
    assert points_for(function, function.full_at, maximum) == maximum


@pytest.mark.parametrize("function", [Linear(D(0), D(5)), Threshold("down", D(3)), YesNo()])
def test_nothing_measured_is_no_zero(function: Function) -> None:
    assert points_for(function, None, MAXIMUM) is None


@pytest.mark.parametrize(
    ("function", "value", "points"),
    [
        (Linear(D(0), D(3)), "1", "4.17"),  # 12.5 / 3 = 4.1666…
        (Linear(D(0), D(4)), "1", "3.13"),  # 3.125
        (Linear(D(10), D(0)), "2.5", "9.38"),  # falls: 9.375
        (Linear(D(0), D(3)), "-1", "0"),
        (Linear(D(0), D(3)), "7", "12.5"),
        (Steps("up", (Step(D(1), D(5)), Step(D(2), D("12.5")))), "0.9999", "0"),
        (Steps("up", (Step(D(1), D(5)), Step(D(2), D("12.5")))), "1", "5"),
        (Steps("up", (Step(D(1), D(5)), Step(D(2), D("12.5")))), "2", "12.5"),
        (Steps("down", (Step(D(9), D(5)), Step(D(3), D("12.5")))), "9.5", "0"),
        (Steps("down", (Step(D(9), D(5)), Step(D(3), D("12.5")))), "4", "5"),
        (Steps("down", (Step(D(9), D(5)), Step(D(3), D("12.5")))), "3", "12.5"),
        (Threshold("up", D(80)), "80", "12.5"),
        (Threshold("up", D(80)), "79.9999", "0"),
        (Threshold("down", D(80)), "80", "12.5"),
        (Threshold("down", D(80)), "80.0001", "0"),
        (YesNo(), "0", "0"),
        (YesNo(), "0.0001", "12.5"),
    ],
)
def test_points(function: Function, value: str, points: str) -> None:
    assert points_for(function, D(value), MAXIMUM) == D(points)


@given(functions())
def test_what_is_written_is_read_again(drawn: tuple[Function, Decimal]) -> None:
    function, _ = drawn
    text = to_text(function)
    assert from_text(text) == function
    assert to_text(from_text(text)) == text


@pytest.mark.parametrize(
    ("function", "text"),
    [
        (Linear(D("0.00"), D("10")), '{"full_at":"10","kind":"linear","zero_at":"0"}'),
        (Threshold("up", D("80.50")), '{"at":"80.5","direction":"up","kind":"threshold"}'),
        (YesNo(), '{"kind":"yes_no"}'),
        (
            Steps("up", (Step(D("100"), D("5.00")),)),
            '{"direction":"up","kind":"steps","steps":[["100","5"]]}',
        ),
    ],
)
def test_equal_functions_are_equal_texts(function: Function, text: str) -> None:
    assert to_text(function) == text


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"kind":"linear"}', '{"kind":"else"}', "3"])
def test_what_is_no_function_is_not_read(text: str) -> None:
    with pytest.raises(ValueError, match="|".join(("no function", "Expecting"))):
        from_text(text)


@pytest.mark.parametrize(
    ("function", "code"),
    [
        (Linear(D(0), D(1)), None),
        (Linear(D(1), D("1.0")), "linear-without-slope"),
        (Threshold("up", D(0)), None),
        (YesNo(), None),
        (Steps("up", ()), "no-steps"),
        (Steps("up", (Step(D(1), D(5)), Step(D(1), MAXIMUM))), "step-twice"),
        (Steps("up", (Step(D(1), MAXIMUM), Step(D(2), MAXIMUM))), "steps-not-rising"),
        (Steps("up", (Step(D(1), D(5)), Step(D(2), D(12)))), "steps-miss-maximum"),
        (Steps("up", (Step(D(1), D(5)), Step(D(2), MAXIMUM))), None),
    ],
)
def test_functions_that_are_refused(function: Function, code: str | None) -> None:
    refusal = refuse_function(function, MAXIMUM)
    assert (refusal.code if refusal else None) == code


@given(MAXIMA.flatmap(lambda maximum: st.tuples(steps(maximum), st.just(maximum))))
def test_rising_steps_are_accepted_in_any_order_typed(drawn: tuple[Steps, Decimal]) -> None:
    function, maximum = drawn
    typed = in_order(function.direction, function.steps[::-1])
    assert typed == function
    assert refuse_function(typed, maximum) is None


@pytest.mark.parametrize(
    ("function", "sentence"),
    [
        (Linear(D(0), D("2.5")), "Tuyến tính: 0 được 0 điểm, 2,5 được điểm tối đa."),
        (
            Steps("up", (Step(D(1), D("5.50")), Step(D(2), D(10)))),
            "Điểm theo bậc: ≥\u00a01:\u00a05,5; ≥\u00a02:\u00a010.",
        ),
        (Threshold("down", D(3)), "Giá trị ≤ 3 được điểm tối đa, ngoài ra được 0 điểm."),
        (YesNo(), "Có thì được điểm tối đa, không có thì được 0 điểm."),
    ],
)
def test_a_function_in_words(function: Function, sentence: str) -> None:
    said = describe(to_text(function))
    assert said.message.format(**said.values) == sentence
    assert said.code == kind_of(function)
