"""Counting working days, against a plain walk through the calendar."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.public_comment.days_off import days_off
from app.public_comment.rules import (
    DaysOff,
    is_working,
    last_working_day,
    skipped,
    working_days,
)

NONE = DaysOff()
days = st.dates(date(2024, 1, 1), date(2027, 12, 31))
offs = st.builds(
    DaysOff,
    st.dictionaries(days, st.just("Nghỉ"), max_size=40),
    st.frozensets(days, max_size=10),
)
counts = st.integers(1, 30)


def test_ten_days_without_holidays_are_two_weeks() -> None:
    assert last_working_day(date(2025, 11, 10), 10, NONE) == date(2025, 11, 21)


def test_a_first_day_that_is_no_working_day_does_not_count() -> None:
    assert last_working_day(date(2025, 11, 8), 1, NONE) == date(2025, 11, 10)


def test_a_single_working_day_is_its_own_last() -> None:
    assert last_working_day(date(2025, 11, 10), 1, NONE) == date(2025, 11, 10)


def test_no_days_at_all_is_an_error() -> None:
    with pytest.raises(ValueError, match="at least one"):
        last_working_day(date(2025, 11, 10), 0, NONE)


def test_a_weekend_day_worked_in_exchange_counts() -> None:
    off = DaysOff({date(2026, 8, 31): "Nghỉ hoán đổi"}, frozenset({date(2026, 8, 22)}))
    assert is_working(date(2026, 8, 22), off)
    assert not is_working(date(2026, 8, 23), off)
    assert not is_working(date(2026, 8, 31), off)


def test_skipped_days_say_why() -> None:
    off = DaysOff({date(2025, 11, 11): "Ngày lễ"})
    assert skipped(date(2025, 11, 10), date(2025, 11, 16), off) == (
        (date(2025, 11, 11), "Ngày lễ"),
        (date(2025, 11, 15), ""),
        (date(2025, 11, 16), ""),
    )


@given(days, counts, offs)
def test_from_first_to_last_there_are_as_many_working_days_as_asked(
    first: date, count: int, off: DaysOff
) -> None:
    last = last_working_day(first, count, off)
    assert working_days(first, last, off) == count
    assert is_working(last, off)


@given(days, counts, offs)
def test_one_day_more_is_the_next_working_day(first: date, count: int, off: DaysOff) -> None:
    last = last_working_day(first, count, off)
    following = last_working_day(first, count + 1, off)
    assert following == last_working_day(last + timedelta(days=1), 1, off)


@given(days, counts, offs)
def test_a_day_is_either_counted_or_skipped(first: date, count: int, off: DaysOff) -> None:
    last = last_working_day(first, count, off)
    assert len(skipped(first, last, off)) + count == (last - first).days + 1


@given(days, counts, offs, days)
def test_a_holiday_more_never_ends_sooner(
    first: date, count: int, off: DaysOff, holiday: date
) -> None:
    more = DaysOff({**off.holidays, holiday: "Thêm"}, off.worked)
    assert last_working_day(first, count, more) >= last_working_day(first, count, off)


def test_lunar_new_year_and_national_day_of_vietnam_are_known() -> None:
    known = days_off(date(2026, 2, 1)).holidays
    assert known[date(2026, 2, 17)] == "Tết Nguyên Đán"
    assert known[date(2026, 9, 2)] == "Quốc khánh"
    assert date(2027, 2, 6) in known


def test_days_exchanged_by_the_government_are_known() -> None:
    off = days_off(date(2026, 8, 1))
    assert date(2026, 8, 31) in off.holidays
    assert off.worked == frozenset({date(2026, 8, 22)})


def test_a_list_over_lunar_new_year_2026() -> None:
    """16 to 20 February are off, and four weekend days lie between."""
    off = days_off(date(2026, 2, 9))
    assert last_working_day(date(2026, 2, 9), 10, off) == date(2026, 2, 27)
