from __future__ import annotations

from datetime import date, timedelta

import pytest

from app.discipline.policy import may_keep_register, may_read_details
from app.discipline.rules import (
    DisciplineFacts,
    refuse_closing,
    refuse_decision,
    refuse_opening,
)
from app.kernel.actor import Actor, Role
from app.kernel.refusal import Refusal

OPENED, DECIDED, SERVED = date(2025, 3, 10), date(2025, 4, 18), date(2026, 4, 17)
TODAY = date(2025, 11, 10)
DAY = timedelta(days=1)
OPEN = DisciplineFacts(1, 7, "discipline", date(2025, 2, 12), OPENED)
OVER = DisciplineFacts(1, 7, "discipline", date(2025, 2, 12), OPENED, "reprimand", DECIDED, SERVED)
CLOSED = DisciplineFacts(1, 7, "complaint", None, OPENED, closed_on=DECIDED)


def code(refusal: Refusal | None) -> str | None:
    return refusal.code if refusal else None


@pytest.mark.parametrize(
    ("case", "day", "is_open", "in_force"),
    [
        (OPEN, OPENED - DAY, False, False),
        (OPEN, OPENED, True, False),
        (OPEN, TODAY, True, False),
        (OVER, DECIDED - DAY, True, False),
        (OVER, DECIDED, False, True),
        (OVER, SERVED, False, True),
        (OVER, SERVED + DAY, False, False),
        (CLOSED, DECIDED - DAY, True, False),
        (CLOSED, DECIDED, False, False),
    ],
)
def test_what_a_case_is_on_a_day(
    case: DisciplineFacts, day: date, is_open: bool, in_force: bool
) -> None:
    assert (case.is_open_on(day), case.in_force_on(day)) == (is_open, in_force)


def test_a_decision_without_an_end_stays_in_force() -> None:
    endless = DisciplineFacts(1, 7, "discipline", None, OPENED, "forced_resignation", DECIDED)
    assert endless.in_force_on(date(2040, 1, 1))


def test_it_happened_when_the_violation_was_else_when_it_was_opened() -> None:
    assert (OPEN.happened_on, CLOSED.happened_on) == (date(2025, 2, 12), OPENED)


@pytest.mark.parametrize(
    ("violated", "opened", "expected"),
    [
        (None, TODAY, None),
        (OPENED, OPENED, None),
        (None, TODAY + DAY, "in-the-future"),
        (OPENED + DAY, OPENED, "dates-in-disorder"),
    ],
)
def test_opening(violated: date | None, opened: date, expected: str | None) -> None:
    assert code(refuse_opening(violated, opened, TODAY)) == expected


@pytest.mark.parametrize(
    ("case", "form", "decided", "served", "expected"),
    [
        (OPEN, "reprimand", DECIDED, SERVED, None),
        (OPEN, "reprimand", OPENED, None, None),
        (OPEN, "salary_step_reduction", TODAY, TODAY, None),
        (OVER, "reprimand", DECIDED, SERVED, "case-ended"),
        (CLOSED, "reprimand", DECIDED, SERVED, "case-ended"),
        (OPEN, "scolding", DECIDED, SERVED, "unknown-form"),
        (OPEN, "warning", TODAY + DAY, None, "in-the-future"),
        (OPEN, "warning", OPENED - DAY, None, "dates-in-disorder"),
        (OPEN, "warning", DECIDED, DECIDED - DAY, "dates-in-disorder"),
    ],
)
def test_deciding(
    case: DisciplineFacts, form: str, decided: date, served: date | None, expected: str | None
) -> None:
    assert code(refuse_decision(case, form, decided, served, TODAY)) == expected


@pytest.mark.parametrize(
    ("case", "closed", "expected"),
    [
        (OPEN, OPENED, None),
        (OPEN, TODAY, None),
        (OPEN, OPENED - DAY, "dates-in-disorder"),
        (OPEN, TODAY + DAY, "dates-in-disorder"),
        (OVER, TODAY, "case-ended"),
        (CLOSED, TODAY, "case-ended"),
    ],
)
def test_closing(case: DisciplineFacts, closed: date, expected: str | None) -> None:
    assert code(refuse_closing(case, closed, TODAY)) == expected


def test_details_are_for_the_register_and_for_the_person() -> None:
    register = Actor(1, None, "", {Role.DISCIPLINE_OFFICER: frozenset({3})})
    concerned = Actor(2, 7, "", {Role.STAFF: frozenset({3})})
    everybody = {role: frozenset({3}) for role in Role if role is not Role.DISCIPLINE_OFFICER}
    others = Actor(3, None, "", everybody)
    assert may_read_details(register, 3, 7)
    assert not may_read_details(register, 4, 7)
    assert may_read_details(concerned, 3, 7)
    assert not may_read_details(concerned, 3, 8)
    assert not may_read_details(others, 3, 7)
    assert may_keep_register(register, [4, 3])
    assert not may_keep_register(register, [4])
    assert not may_keep_register(register, [])
    assert not may_keep_register(others, [3])
