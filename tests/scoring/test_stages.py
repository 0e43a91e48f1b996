from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import pytest

from app.kernel.period import VIETNAM, Period
from app.movement.rules import Calendar, Opening, RoundFacts, default_protocol
from app.scoring.rules.progress import MemberProgress, Progress, sheets_left
from app.scoring.rules.stages import Stage, refuse_closing, refuse_opening

MORNING = datetime(2025, 11, 21, 9, tzinfo=VIETNAM)
LAST_DAY = date(2025, 12, 5)
ROUND = RoundFacts(
    id=1,
    code="VKS-2025",
    name="Năm 2025",
    kind="annual",
    movement_id=1,
    movement_name="Phong trào",
    achievements=Period(date(2024, 12, 1), date(2025, 11, 30)),
    nominations=Period(date(2025, 10, 20), date(2025, 11, 20)),
    scoring_close_on=LAST_DAY,
    session_on=date(2025, 12, 12),
    award_form=None,
    sets={},
    opening=Opening(MORNING, default_protocol(), "", ""),
)
LATER = replace(ROUND, calendar=Calendar(endorsement_close_on=date(2025, 11, 24)))
BOTH = replace(
    ROUND,
    calendar=Calendar(
        endorsement_close_on=date(2025, 11, 24), appraisal_close_on=date(2025, 11, 28)
    ),
)
NINE = tuple(range(1, 10))
NOT_YET = Stage(LAST_DAY)
OPEN = Stage(LAST_DAY, MORNING)


@pytest.mark.parametrize(
    ("round_", "stage", "members", "day", "code"),
    [
        (ROUND, NOT_YET, NINE, date(2025, 11, 21), None),
        (ROUND, NOT_YET, NINE, LAST_DAY, None),
        (ROUND, NOT_YET, NINE, date(2025, 11, 20), "nominations-open"),
        (ROUND, NOT_YET, NINE, date(2025, 12, 6), "scoring-over"),
        (ROUND, NOT_YET, (1, 2, 3, 4), LAST_DAY, "too-few-members"),
        (ROUND, NOT_YET, (1, 2, 3, 4, 4), LAST_DAY, "too-few-members"),
        (ROUND, NOT_YET, (1, 2, 3, 4, 5), LAST_DAY, None),
        (ROUND, OPEN, NINE, LAST_DAY, "scoring-already-open"),
        (replace(ROUND, opening=None), NOT_YET, NINE, LAST_DAY, "round-not-open"),
        (replace(ROUND, nominations=None), NOT_YET, NINE, LAST_DAY, "no-calendar"),
        (ROUND, Stage(None), NINE, LAST_DAY, "no-calendar"),
        (LATER, NOT_YET, NINE, date(2025, 11, 20), "endorsement-open"),
        (LATER, NOT_YET, NINE, date(2025, 11, 24), "endorsement-open"),
        (LATER, NOT_YET, NINE, date(2025, 11, 25), None),
        (BOTH, NOT_YET, NINE, date(2025, 11, 24), "appraisal-open"),
        (BOTH, NOT_YET, NINE, date(2025, 11, 28), "appraisal-open"),
        (BOTH, NOT_YET, NINE, date(2025, 11, 29), None),
    ],
)
def test_opening(
    round_: RoundFacts, stage: Stage, members: tuple[int, ...], day: date, code: str | None
) -> None:
    refusal = refuse_opening(round_, stage, members, day, ())
    assert (refusal.code if refusal else None) == code


def test_the_day_named_is_the_last_that_counts() -> None:
    refusal = refuse_opening(BOTH, NOT_YET, NINE, date(2025, 11, 20), ())
    assert refusal is not None
    assert refusal.values == {"day": "28/11/2025"}


def test_a_phase_waits_for_the_rounds_it_cites() -> None:
    refusal = refuse_opening(ROUND, NOT_YET, NINE, LAST_DAY, ("Năm 2024", "Năm 2025"))
    assert refusal is not None
    assert (refusal.code, refusal.values) == (
        "annual-not-frozen",
        {"rounds": "Năm 2024, Năm 2025"},
    )


@pytest.mark.parametrize(
    ("stage", "left", "day", "code"),
    [
        (OPEN, 0, date(2025, 11, 22), None),
        (OPEN, 1, LAST_DAY, "sheets-left"),
        (OPEN, 1, date(2025, 12, 6), None),
        (NOT_YET, 0, LAST_DAY, "scoring-not-open"),
        (replace(OPEN, closed_at=MORNING), 0, LAST_DAY, "scoring-closed"),
    ],
)
def test_closing_early_only_when_all_is_done(
    stage: Stage, left: int, day: date, code: str | None
) -> None:
    refusal = refuse_closing(stage, left, day)
    assert (refusal.code if refusal else None) == code


def test_what_a_member_stepped_aside_from_is_not_left() -> None:
    panel = (MemberProgress("M1", Progress(10, 10, 2)), MemberProgress("M2", Progress(12, 9)))
    assert sheets_left(panel) == 3
