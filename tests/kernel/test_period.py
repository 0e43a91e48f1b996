from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.kernel.period import Period, in_words, today_in_vietnam


def test_both_ends_of_a_period_count() -> None:
    period = Period(date(2025, 10, 20), date(2025, 11, 20))
    days = [date(2025, 10, 19), date(2025, 10, 20), date(2025, 11, 20), date(2025, 11, 21)]
    assert [day in period for day in days] == [False, True, True, False]


def test_a_running_period_has_no_end() -> None:
    assert date(9999, 1, 1) in Period(date(2025, 1, 1))
    with pytest.raises(ValueError, match="no last year"):
        Period(date(2025, 1, 1)).years()


@given(*(st.dates(date(2024, 1, 1), date(2024, 2, 1)) for _ in range(4)))
def test_periods_overlap_when_they_share_a_day(a: date, b: date, c: date, d: date) -> None:
    first, second = Period(min(a, b), max(a, b)), Period(min(c, d), max(c, d))
    days = [date(2024, 1, 1 + n) for n in range(31)] + [date(2024, 2, 1)]
    shared = any(day in first and day in second for day in days)
    assert first.overlaps(second) == second.overlaps(first) == shared


def test_the_day_is_that_of_vietnam() -> None:
    assert today_in_vietnam(datetime(2025, 11, 20, 16, 59, tzinfo=UTC)) == date(2025, 11, 20)
    assert today_in_vietnam(datetime(2025, 11, 20, 17, 0, tzinfo=UTC)) == date(2025, 11, 21)
    with pytest.raises(ValueError, match="time zone"):
        today_in_vietnam(datetime(2025, 11, 20))  # noqa: DTZ001 - what is refused


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2025, 9, 5), "ngày 05 tháng 9 năm 2025"),
        (date(2025, 1, 15), "ngày 15 tháng 01 năm 2025"),
        (date(2025, 2, 1), "ngày 01 tháng 02 năm 2025"),
        (date(2025, 12, 19), "ngày 19 tháng 12 năm 2025"),
    ],
)
def test_dates_in_words_take_their_zeros_and_never_break(day: date, words: str) -> None:
    assert in_words(day) == words.replace(" ", "\u00a0")
