"""The labelled levels of a judged criterion."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.movement.rules.criteria_bands import band_of, highest_first, refuse_bands
from app.movement.rules.facts import Band

D = Decimal
MAXIMUM = D(30)


def bands(*ranges: tuple[str, str]) -> tuple[Band, ...]:
    return tuple(Band(f"{first}-{last}", "", D(first), D(last)) for first, last in ranges)


PAPER = bands(("27", "30"), ("21", "26"), ("16", "20"), ("1", "15"))


@pytest.mark.parametrize(
    ("levels", "code"),
    [
        ((), None),
        (PAPER, None),
        ((*PAPER, *bands(("0", "0"))), None),
        (bands(("0", "30")), None),
        (bands(("0", "14.5"), ("14.51", "30")), None),
        (bands(("9", "8"), ("10", "30")), "band-reversed"),
        (bands(("0", "30.01")), "band-above-maximum"),
        (bands(("0", "15"), ("15", "30")), "bands-overlap"),
        (bands(("0", "30"), ("5", "6")), "bands-overlap"),
        (bands(("0", "15"), ("16.01", "30")), "bands-gap"),
        (bands(("0", "19.5"), ("20.5", "30")), "bands-gap"),
        (bands(("0", "29.99")), "bands-miss-maximum"),
        (bands(("1.01", "30")), "bands-miss-bottom"),
    ],
)
def test_levels(levels: tuple[Band, ...], code: str | None) -> None:
    refusal = refuse_bands(levels, MAXIMUM)
    assert (refusal.code if refusal else None) == code
    assert refusal is None or refusal.field_name == "bands"


@st.composite
def cut(draw: st.DrawFn) -> tuple[tuple[Band, ...], Decimal]:
    """Any levels at all, made of hundredths below the maximum."""
    most = draw(st.integers(100, 4000))
    edges = draw(st.lists(st.integers(0, most), min_size=2, max_size=8))
    pairs = zip(edges[::2], edges[1::2], strict=False)
    found = tuple(Band("x", "", D(a).scaleb(-2), D(b).scaleb(-2)) for a, b in pairs)
    return found, D(most).scaleb(-2)


@given(cut())
def test_accepted_levels_hold_every_whole_number_once(
    drawn: tuple[tuple[Band, ...], Decimal],
) -> None:
    levels, maximum = drawn
    if refuse_bands(levels, maximum) is not None:
        return
    for points in range(1, int(maximum) + 1):
        inside = [b for b in levels if b.points_from <= points <= b.points_to]
        assert len(inside) == 1
        assert band_of(levels, D(points)) == inside[0]


@given(st.lists(st.integers(1, 29), unique=True, max_size=5), st.integers(0, 3000))
def test_levels_cut_at_whole_points_are_accepted_and_hold_every_point(
    cuts: list[int], hundredths: int
) -> None:
    edges = [0, *sorted(cuts)]
    ends = [*(edge - 1 for edge in edges[1:]), 30]
    # A level of one single point is one, too.
    levels = bands(*((str(a), str(max(a, b))) for a, b in zip(edges, ends, strict=True)))
    assert refuse_bands(levels, MAXIMUM) is None
    points = D(hundredths).scaleb(-2)
    reached = band_of(levels, points)
    assert reached is not None
    assert reached.points_from <= points
    assert all(b.points_from > points for b in levels if b.points_from > reached.points_from)


def test_half_points_between_two_levels_belong_to_the_lower() -> None:
    found = band_of(PAPER, D("26.5"))
    assert found is not None
    assert found.label == "21-26"
    assert band_of(PAPER, D("0.99")) is None


def test_the_highest_level_is_written_first() -> None:
    assert highest_first(PAPER[::-1]) == PAPER
