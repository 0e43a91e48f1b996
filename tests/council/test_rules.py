from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.council.rules import (
    Seat,
    Share,
    refuse_attendance,
    refuse_ballot,
    refuse_day,
    refuse_establishing,
    refuse_recording,
    refuse_votes,
    share,
)
from app.kernel.refusal import Refusal
from app.movement.rules import default_protocol

TWO_THIRDS = Share(2, 3)
CLOSED_ON = date(2025, 12, 6)

shares = st.integers(1, 20).flatmap(
    lambda whole: st.builds(Share, st.integers(0, whole), st.just(whole))
)


def code(refusal: Refusal | None) -> str | None:
    return refusal.code if refusal else None


@given(shares, st.integers(0, 60), st.integers(1, 60))
def test_a_threshold_is_exact(threshold: Share, part: int, whole: int) -> None:
    wanted = Fraction(threshold.numerator, threshold.denominator)
    assert threshold.reached(part, whole) == (Fraction(part, whole) >= wanted)
    least = threshold.least(whole)
    assert threshold.reached(least, whole)
    assert least == 0 or not threshold.reached(least - 1, whole)


@pytest.mark.parametrize(
    ("agree", "total", "reached"),
    [(6, 9, True), (5, 9, False), (7, 10, True), (6, 10, False), (2, 3, True), (0, 3, False)],
)
def test_two_thirds_of_all_members(agree: int, total: int, reached: bool) -> None:
    assert TWO_THIRDS.reached(agree, total) == reached


def test_the_threshold_comes_from_the_frozen_protocol() -> None:
    assert share(default_protocol(), "approval") == TWO_THIRDS
    assert str(TWO_THIRDS) == "2/3"


@pytest.mark.parametrize(
    ("closed_on", "recorded", "wanted"),
    [
        (CLOSED_ON, False, None),
        (None, False, "scoring-not-closed"),
        (CLOSED_ON, True, "already-recorded"),
        (None, True, "already-recorded"),
    ],
)
def test_when_a_result_may_be_recorded(
    closed_on: date | None, recorded: bool, wanted: str | None
) -> None:
    assert code(refuse_recording(closed_on, recorded=recorded)) == wanted


@pytest.mark.parametrize(
    ("held_on", "wanted"),
    [
        (CLOSED_ON, None),
        (date(2025, 12, 12), None),
        (date(2025, 12, 5), "before-scoring-closed"),
        (date(2025, 12, 13), "in-the-future"),
    ],
)
def test_the_day_of_the_session(held_on: date, wanted: str | None) -> None:
    refusal = refuse_day(held_on, CLOSED_ON, date(2025, 12, 12))
    assert code(refusal) == wanted
    assert refusal is None or refusal.field_name == "held_on"


@pytest.mark.parametrize(
    ("present", "total", "wanted"),
    [(6, 9, None), (9, 9, None), (5, 9, "no-quorum"), (10, 9, "more-than-members")],
)
def test_attendance(present: int, total: int, wanted: str | None) -> None:
    refusal = refuse_attendance(present, total, TWO_THIRDS)
    assert code(refusal) == wanted
    assert refusal is None or refusal.field_name == "members_present"


def test_without_a_council_there_is_no_session() -> None:
    assert code(refuse_attendance(1, 0, TWO_THIRDS)) == "no-council"


@pytest.mark.parametrize(("agree", "wanted"), [(0, None), (9, None), (10, "votes-above-total")])
def test_votes_are_bound_by_all_members(agree: int, wanted: str | None) -> None:
    assert code(refuse_votes(agree, 9)) == wanted


@pytest.mark.parametrize(
    ("votes", "wanted"),
    [({1: 5, 2: 0}, None), ({1: 5}, "not-the-ranked"), ({1: 5, 2: 5, 3: 5}, "not-the-ranked")],
)
def test_each_ranked_candidate_is_voted_on(votes: dict[int, int], wanted: str | None) -> None:
    assert code(refuse_ballot(votes, [1, 2])) == wanted


@pytest.mark.parametrize(
    ("seats", "wanted"),
    [
        ([Seat(1, "chair"), Seat(2, "vice_chair"), Seat(3)], None),
        ([Seat(1, "chair"), Seat(1)], "member-twice"),
        ([Seat(1), Seat(2)], "not-one-chair"),
        ([Seat(1, "chair"), Seat(2, "chair")], "not-one-chair"),
        ([Seat(1, "chair"), Seat(2, "guest")], "unknown-office"),
        ([], "not-one-chair"),
    ],
)
def test_establishing(seats: list[Seat], wanted: str | None) -> None:
    assert code(refuse_establishing(seats)) == wanted
