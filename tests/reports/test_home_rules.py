"""Which stages a round is shown in, and how roles over many units are told."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from app.accounts.rules import HeldRole
from app.kernel.actor import Role
from app.kernel.period import Period
from app.movement.rules import Calendar
from app.reports.rules import by_role, under_way

CALENDAR = Calendar(
    registration_open_on=date(2026, 9, 1),
    registration_close_on=date(2026, 10, 10),
    nominations_open_on=date(2026, 10, 5),
    nominations_close_on=date(2026, 11, 20),
    endorsement_close_on=date(2026, 11, 24),
    appraisal_close_on=date(2026, 11, 27),
    scoring_close_on=date(2026, 12, 4),
    session_on=date(2026, 12, 9),
    comment_open_on=date(2026, 12, 10),
    comment_close_on=date(2026, 12, 16),
    decision_on=date(2026, 12, 18),
)


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2026, 9, 1), ["registration"]),
        (date(2026, 10, 10), ["registration", "nomination"]),
        (date(2026, 10, 11), ["nomination"]),
        (date(2026, 11, 20), ["nomination"]),
        (date(2026, 11, 21), ["endorsement"]),
        (date(2026, 11, 25), ["appraisal"]),
        (date(2026, 12, 4), ["scoring"]),
        (date(2026, 12, 5), []),
        (date(2026, 12, 9), ["session"]),
        (date(2026, 12, 16), ["comment"]),
        (date(2026, 12, 18), ["decision"]),
        (date(2026, 12, 19), []),
    ],
)
def test_a_round_is_in_the_stages_that_run_that_day(day: date, expected: list[str]) -> None:
    assert [stage.key for stage in under_way(CALENDAR, day)] == expected


def test_a_role_is_told_once_with_all_its_units() -> None:
    first = date(2026, 1, 1)

    def held(number: int, role: Role, unit: str) -> HeldRole:
        period = Period(first + timedelta(days=number))
        return HeldRole(number, 7, role, number, unit, period)

    roles = [
        held(1, Role.UNIT_HEAD, "Lạng Sơn"),
        held(2, Role.STAFF, "Phòng 1"),
        held(3, Role.UNIT_HEAD, "Cao Bằng"),
        held(4, Role.UNIT_HEAD, "Lạng Sơn"),
    ]
    assert by_role(roles) == (
        (Role.STAFF, ("Phòng 1",)),
        (Role.UNIT_HEAD, ("Lạng Sơn", "Cao Bằng")),
    )
    assert by_role([]) == ()
