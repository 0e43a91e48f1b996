"""Which reminder is due on which day, and what makes two of them the same."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.kernel.waiting import WaitingItem
from app.reminders.rules import DAYS_BEFORE, YearlyDate, due_reminders, next_time, remind_for

DAY = date(2025, 11, 20)
ITEM = WaitingItem("{n} hồ sơ của {round}", "/rounds/1", {"n": 3, "round": "2025"}, DAY)
REVIEW = YearlyDate(
    1, "Sơ kết quý I", 3, 31, 5, "Phong trào", date(2024, 1, 15), date(2030, 12, 31)
)


@pytest.mark.parametrize(
    ("left", "step"),
    [(-1, None), (0, 0), (1, 1), (2, 3), (3, 3), (4, 7), (7, 7), (8, None), (400, None)],
)
def test_the_nearest_step_not_before_the_distance(left: int, step: int | None) -> None:
    assert remind_for(DAY, DAY - timedelta(days=left)) == step


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.integers(0, 60), st.integers(0, 60))
def test_every_step_comes_once_and_in_order_whatever_days_are_missed(
    due: date, begins: int, missed: int
) -> None:
    """From `begins` days before on, every day, with a gap of `missed` days behind the first."""
    days = [due - timedelta(days=left) for left in range(begins, -1, -1)]
    told: list[int] = []
    for day in days[:1] + days[1 + missed :]:
        step = remind_for(due, day)
        if step is not None and step not in told:
            told.append(step)
    assert told == sorted(told, reverse=True)
    assert set(told) <= set(DAYS_BEFORE)
    if missed == 0:
        latest = min((s for s in DAYS_BEFORE if s >= begins), default=max(DAYS_BEFORE))
        assert told == [step for step in DAYS_BEFORE if step <= latest]


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.integers(1, 1000))
def test_nothing_comes_after_the_day(due: date, late: int) -> None:
    assert remind_for(due, due + timedelta(days=late)) is None


def occasions(*items: WaitingItem, today: date = DAY) -> list[str]:
    return [found.occasion for found in due_reminders(items, today)]


def test_work_without_a_day_is_never_due() -> None:
    assert occasions(replace(ITEM, due=None)) == []


def test_other_figures_are_the_same_occasion_and_come_once() -> None:
    fewer = replace(ITEM, values={"n": 2, "round": "2025"})
    assert occasions(ITEM, fewer) == occasions(ITEM)
    assert len(occasions(ITEM)) == 1


@pytest.mark.parametrize(
    "other",
    [
        replace(ITEM, href="/rounds/2"),
        replace(ITEM, message="Khác"),
        replace(ITEM, values={"n": 3, "round": "2026"}),
    ],
)
def test_other_work_is_another_occasion(other: WaitingItem) -> None:
    assert len(set(occasions(ITEM, other))) == 2


def test_another_day_and_another_step_are_other_occasions() -> None:
    later = replace(ITEM, due=DAY + timedelta(days=1))
    before = DAY - timedelta(days=1)
    assert len({*occasions(ITEM), *occasions(ITEM, today=before), *occasions(later)}) == 3


def test_an_occasion_fits_its_column() -> None:
    long = replace(ITEM, message="x" * 500, href="/" + "y" * 199)
    assert len(occasions(long)[0]) <= 120


@pytest.mark.parametrize(
    ("today", "day"),
    [
        (date(2020, 5, 5), date(2024, 3, 31)),
        (date(2025, 3, 31), date(2025, 3, 31)),
        (date(2025, 4, 1), date(2026, 3, 31)),
        (date(2030, 3, 31), date(2030, 3, 31)),
        (date(2030, 4, 1), None),
    ],
)
def test_a_yearly_day_comes_back_within_the_movement(today: date, day: date | None) -> None:
    assert next_time(REVIEW, today) == day


def test_a_movement_without_an_end_goes_on() -> None:
    assert next_time(replace(REVIEW, last=None), date(2040, 4, 1)) == date(2041, 3, 31)
