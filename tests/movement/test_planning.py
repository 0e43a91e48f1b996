"""What a movement and a round may look like."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.kernel.period import Period
from app.movement.rules import (
    AnnualRound,
    Calendar,
    MovementPlan,
    RoundPlan,
    a_year_later,
    calendar_a_year_later,
    citable,
    refuse_joining,
    refuse_leaving,
    refuse_movement,
    refuse_parent,
    refuse_renaming_only,
    refuse_round,
    refuse_window,
    refuse_yearly_day,
    words_a_year_later,
)

MOVEMENT = MovementPlan(
    "XHHT", "Phong trào", "", 1, date(2024, 1, 15), date(2030, 12, 31), "", None
)
LIFE = MOVEMENT.life
YEAR_2025 = Period(date(2024, 12, 1), date(2025, 11, 30))
ROUND = RoundPlan("VKS-2026", "Năm 2026", "annual", "thematic", YEAR_2025, None, None, None)


def period(first: str, last: str) -> Period:
    return Period(date.fromisoformat(first), date.fromisoformat(last))


@pytest.mark.parametrize(
    ("window", "code"),
    [
        (YEAR_2025, None),
        # Launched in the first months of 2024, its first phase is counted from 2023.
        (period("2023-01-01", "2025-12-31"), None),
        (period("2022-12-31", "2025-12-31"), "before-the-movement"),
        (period("2023-01-01", "2024-01-15"), None),
        (period("2023-01-01", "2024-01-14"), "before-the-launch"),
        (period("2023-01-01", "2030-12-31"), None),
        (period("2023-01-01", "2031-01-01"), "after-the-movement"),
        (period("2025-11-30", "2025-11-29"), "window-backwards"),
    ],
)
def test_a_window_lies_in_the_movement(window: Period, code: str | None) -> None:
    refusal = refuse_window(window, LIFE)
    assert (refusal.code if refusal else None) == code


def test_a_movement_without_an_end_takes_any_later_window() -> None:
    assert refuse_window(period("2040-01-01", "2040-12-31"), Period(LIFE.first)) is None


@pytest.mark.parametrize(
    ("window", "other", "code"),
    [
        (YEAR_2025, period("2023-12-01", "2024-11-30"), None),
        (YEAR_2025, period("2025-11-30", "2026-11-30"), "annual-overlap"),
        (YEAR_2025, period("2025-12-01", "2026-11-30"), None),
        (period("2024-01-01", "2024-12-31"), None, None),  # 366 days of a leap year
        (period("2025-01-01", "2025-12-31"), None, None),
        (period("2025-01-01", "2026-01-01"), None, None),
        (period("2025-01-01", "2026-01-02"), None, "longer-than-a-year"),
        (period("2020-01-01", "2020-12-31"), None, "before-the-launch"),
    ],
)
def test_annual_rounds_do_not_overlap(
    window: Period, other: Period | None, code: str | None
) -> None:
    annual = [AnnualRound("VKS-X", "", other)] if other else []
    refusal = refuse_round(replace(ROUND, achievements=window), LIFE, annual)
    assert (refusal.code if refusal else None) == code


def test_a_phase_runs_across_the_years() -> None:
    phase = replace(ROUND, kind="preliminary", achievements=period("2023-01-01", "2025-12-31"))
    assert refuse_round(phase, LIFE, [AnnualRound("VKS-2025", "", YEAR_2025)]) is None


def test_a_movement_keeps_the_rounds_it_has() -> None:
    assert refuse_movement(MOVEMENT, [YEAR_2025]) is None
    ended = replace(MOVEMENT, ends_on=date(2025, 6, 30))
    refusal = refuse_movement(ended, [YEAR_2025])
    assert refusal is not None
    assert (refusal.code, refusal.field_name) == ("round-outside", "ends_on")
    late = replace(MOVEMENT, launched_on=date(2026, 1, 1))
    refusal = refuse_movement(late, [YEAR_2025])
    assert refusal is not None
    assert (refusal.code, refusal.field_name) == ("round-outside", "launched_on")
    backwards = replace(MOVEMENT, ends_on=date(2024, 1, 14))
    refusal = refuse_movement(backwards, [])
    assert refusal is not None
    assert (refusal.code, refusal.field_name) == ("ends-before-launch", "ends_on")


def test_a_movement_is_no_part_of_itself() -> None:
    refusal = refuse_parent(3, {1, 3})
    assert refusal is not None
    assert refusal.code == "cycle"
    assert refuse_parent(3, {1, 2}) is None


@pytest.mark.parametrize(
    "change",
    [
        {"code": "X"},
        {"kind": "final"},
        {"method": "merit"},
        {"achievements": period("2025-01-01", "2025-12-31")},
        {"award_form": 2},
        {"individual_set": 2},
        {"collective_set": 2},
    ],
)
def test_of_an_opened_round_only_the_name_changes(change: dict[str, object]) -> None:
    assert refuse_renaming_only(replace(ROUND, name="Tên khác"), ROUND) is None
    refusal = refuse_renaming_only(replace(ROUND, **change), ROUND)  # type: ignore[arg-type]
    assert refusal is not None
    assert refusal.code == "round-open"


def test_a_phase_cites_the_years_wholly_inside_it() -> None:
    rounds = [
        AnnualRound("A", "", period("2022-12-01", "2023-11-30")),
        AnnualRound("B", "", period("2023-12-01", "2024-11-30")),
        AnnualRound("C", "", period("2025-12-01", "2026-11-30")),
    ]
    assert list(citable(rounds, period("2023-01-01", "2025-12-31"))) == ["B"]


def test_a_year_later() -> None:
    assert a_year_later(date(2024, 2, 29)) == date(2025, 2, 28)
    assert words_a_year_later("Tổng kết năm 2025 (VKS-2025/12025)", 2025) == (
        "Tổng kết năm 2026 (VKS-2026/12025)"
    )
    moved = calendar_a_year_later(Calendar(session_on=date(2025, 12, 12)))
    assert moved == Calendar(session_on=date(2026, 12, 12))


@given(st.dates(date(1950, 1, 1), date(2098, 12, 31)), st.integers(0, 400))
def test_a_year_later_keeps_the_order(first: date, apart: int) -> None:
    second = date.fromordinal(first.toordinal() + apart)
    assert a_year_later(first) <= a_year_later(second)


UNIT = period("2024-01-01", "2027-06-30")


@pytest.mark.parametrize(
    ("day", "memberships", "code"),
    [
        ("2024-01-15", (), None),
        ("2024-01-14", (), "outside-the-movement"),
        ("2027-06-30", (), None),
        ("2027-07-01", (), "unit-not-there"),
        ("2025-01-01", (Period(date(2024, 2, 1)),), "already-joined"),
        ("2025-01-01", (period("2024-02-01", "2025-01-01"),), "already-joined"),
        ("2025-01-02", (period("2024-02-01", "2025-01-01"),), None),
        # A later membership would be overlapped by one that has no end.
        ("2025-01-01", (Period(date(2026, 1, 1)),), "already-joined"),
    ],
)
def test_a_unit_joins_once_at_a_time(
    day: str, memberships: tuple[Period, ...], code: str | None
) -> None:
    refusal = refuse_joining(date.fromisoformat(day), LIFE, UNIT, memberships)
    assert (refusal.code if refusal else None) == code


def test_a_unit_leaves_on_or_after_the_day_it_joined() -> None:
    joined = Period(date(2025, 3, 1))
    assert refuse_leaving(date(2025, 3, 1), joined) is None
    early = refuse_leaving(date(2025, 2, 28), joined)
    assert early is not None
    assert early.code == "before-joining"
    again = refuse_leaving(date(2025, 4, 1), period("2025-03-01", "2025-03-31"))
    assert again is not None
    assert again.code == "already-left"


@pytest.mark.parametrize(
    ("month", "day", "taken"),
    [(2, 28, True), (2, 29, False), (4, 30, True), (4, 31, False), (12, 31, True), (1, 0, False)],
)
def test_a_yearly_day_comes_back_every_year(month: int, day: int, taken: bool) -> None:
    assert (refuse_yearly_day(month, day) is None) == taken
