"""The stages of a round: their order, what is left of them, and what an extension does."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.kernel.refusal import Refusal
from app.movement.rules import (
    COLUMNS,
    STAGES,
    Calendar,
    Countdown,
    Extended,
    Extension,
    StageDays,
    calendar_a_year_later,
    calendar_errors,
    countdown,
    offered_days,
    plan_extension,
    stage_days,
)

WINDOW_FIRST = date(2024, 12, 1)
FULL = Calendar(
    registration_open_on=date(2025, 1, 10),
    registration_close_on=date(2025, 2, 28),
    nominations_open_on=date(2025, 10, 20),
    nominations_close_on=date(2025, 11, 20),
    endorsement_close_on=date(2025, 11, 25),
    appraisal_close_on=date(2025, 11, 30),
    scoring_close_on=date(2025, 12, 5),
    session_on=date(2025, 12, 12),
    comment_open_on=date(2025, 12, 15),
    comment_close_on=date(2025, 12, 26),
    decision_on=date(2025, 12, 30),
)


def codes(calendar: Calendar) -> dict[str, str]:
    return {name: r.code for name, r in calendar_errors(calendar, WINDOW_FIRST).items()}


def test_eight_stages_use_the_eleven_days_once() -> None:
    assert len(STAGES) == 8
    assert tuple(name for stage in STAGES.values() for name in stage.columns) == COLUMNS


@pytest.mark.parametrize(
    "calendar",
    [
        FULL,
        Calendar(),
        # Stages may be left out, and two may end on one day.
        replace(FULL, registration_open_on=None, registration_close_on=None),
        replace(FULL, comment_open_on=None, comment_close_on=None),
        replace(FULL, endorsement_close_on=None, appraisal_close_on=None),
        replace(FULL, endorsement_close_on=date(2025, 11, 20)),
        replace(FULL, session_on=date(2025, 12, 5)),
        replace(FULL, comment_open_on=date(2025, 12, 12)),
        replace(FULL, nominations_open_on=date(2025, 11, 20)),
        # Nominating may begin while people still register.
        replace(FULL, nominations_open_on=date(2025, 2, 1)),
        replace(FULL, decision_on=date(2025, 12, 27)),
    ],
)
def test_a_calendar_that_may_stand(calendar: Calendar) -> None:
    assert codes(calendar) == {}


@pytest.mark.parametrize(
    ("change", "errors"),
    [
        ({"registration_close_on": None}, {"registration_close_on": "half-a-stage"}),
        ({"comment_open_on": None}, {"comment_open_on": "half-a-stage"}),
        ({"nominations_open_on": None}, {"nominations_open_on": "half-a-stage"}),
        (
            {"registration_close_on": date(2025, 1, 9)},
            {"registration_close_on": "ends-before-it-begins"},
        ),
        (
            {"endorsement_close_on": date(2025, 11, 19)},
            {"endorsement_close_on": "before-the-stage-before"},
        ),
        # The stage left out in between does not hide the order.
        (
            {"endorsement_close_on": None, "appraisal_close_on": date(2025, 11, 19)},
            {"appraisal_close_on": "before-the-stage-before"},
        ),
        ({"session_on": date(2025, 12, 4)}, {"session_on": "before-the-stage-before"}),
        ({"comment_open_on": date(2025, 12, 11)}, {"comment_open_on": "before-the-stage-before"}),
        ({"decision_on": date(2025, 12, 25)}, {"decision_on": "before-the-stage-before"}),
        # On the last day of comments somebody may still be heard.
        ({"decision_on": date(2025, 12, 26)}, {"decision_on": "decision-while-heard"}),
        ({"nominations_open_on": date(2025, 1, 9)}, {"nominations_open_on": "before-registration"}),
        (
            {"registration_open_on": date(2024, 11, 1), "nominations_open_on": date(2024, 11, 30)},
            {"nominations_open_on": "before-the-window"},
        ),
        # A wrong stage does not make the stages after it wrong.
        (
            {"nominations_close_on": date(2025, 10, 19)},
            {"nominations_close_on": "ends-before-it-begins"},
        ),
    ],
)
def test_what_is_wrong_stands_beside_its_day(
    change: dict[str, date | None], errors: dict[str, str]
) -> None:
    assert codes(replace(FULL, **change)) == errors


def test_the_message_names_the_day() -> None:
    late = calendar_errors(replace(FULL, session_on=date(2025, 12, 4)), WINDOW_FIRST)
    assert late["session_on"].values == {"day": "05/12/2025"}


@pytest.mark.parametrize(
    ("today", "left"),
    [
        (date(2025, 10, 17), Countdown("ahead", 3)),
        (date(2025, 10, 20), Countdown("running", 31)),
        (date(2025, 11, 17), Countdown("running", 3)),
        (date(2025, 11, 20), Countdown("last-day")),
        (date(2025, 11, 21), Countdown("over")),
    ],
)
def test_what_is_left_of_a_stage(today: date, left: Countdown) -> None:
    stage = stage_days(FULL)[1]
    assert stage.key == "nomination"
    assert countdown(stage, today) == left


def test_a_stage_without_days_or_without_a_beginning() -> None:
    bare = StageDays("comment", "", None, None, False)
    assert countdown(bare, date(2025, 1, 1)) == Countdown("unplanned")
    appraisal = stage_days(FULL)[3]
    assert appraisal.first is None
    assert countdown(appraisal, date(2025, 11, 1)) == Countdown("running", 29)


def test_a_stage_gets_more_days() -> None:
    planned = plan_extension(
        FULL, "nomination", date(2025, 11, 25), date(2025, 11, 18), move_following=False
    )
    assert isinstance(planned, Extension)
    assert planned.calendar == replace(FULL, nominations_close_on=date(2025, 11, 25))
    assert planned.stages == (Extended("nomination", date(2025, 11, 20), date(2025, 11, 25)),)


@pytest.mark.parametrize(
    ("stage", "new_last", "today", "code"),
    [
        ("nomination", date(2025, 11, 20), date(2025, 11, 1), "not-later"),
        ("nomination", date(2025, 11, 19), date(2025, 11, 1), "not-later"),
        ("nomination", date(2025, 11, 24), date(2025, 11, 25), "in-the-past"),
        ("nomination", date(2025, 11, 26), date(2025, 11, 1), "overtakes"),
        ("session", date(2025, 12, 16), date(2025, 11, 1), "overtakes"),
        ("registration", date(2025, 11, 21), date(2025, 2, 1), "overtakes"),
        ("decision", date(2101, 1, 1), date(2025, 11, 1), "too-far"),
    ],
)
def test_an_extension_is_refused(stage: str, new_last: date, today: date, code: str) -> None:
    refused = plan_extension(FULL, stage, new_last, today, move_following=False)
    assert isinstance(refused, Refusal)
    assert (refused.code, refused.field_name) == (code, "new_last")


def test_a_stage_without_a_day_has_nothing_to_extend() -> None:
    refused = plan_extension(
        Calendar(), "appraisal", date(2025, 11, 26), date(2025, 1, 1), move_following=True
    )
    assert isinstance(refused, Refusal)
    assert refused.code == "no-day"


def test_a_stage_whose_result_is_frozen_is_not_taken_up_again() -> None:
    asked: dict[str, Any] = {
        "new_last": date(2025, 11, 22),
        "today": date(2025, 11, 22),
        "move_following": True,
    }
    refused = plan_extension(FULL, "nomination", finished={"nomination"}, **asked)
    assert isinstance(refused, Refusal)
    assert (refused.code, refused.field_name) == ("stage-finished", "stage")
    other = plan_extension(
        FULL,
        "scoring",
        date(2025, 12, 6),
        date(2025, 12, 1),
        move_following=False,
        finished={"nomination"},
    )
    assert isinstance(other, Extension)


def test_a_stage_that_is_over_is_taken_up_again_from_today_on() -> None:
    again = plan_extension(
        FULL, "nomination", date(2025, 11, 22), date(2025, 11, 22), move_following=False
    )
    assert isinstance(again, Extension)


def test_comments_are_not_extended_to_the_day_of_the_decision() -> None:
    refused = plan_extension(
        FULL, "comment", date(2025, 12, 30), date(2025, 12, 16), move_following=False
    )
    assert isinstance(refused, Refusal)
    assert (refused.code, refused.values) == ("decision-while-heard", {"day": "30/12/2025"})
    before = plan_extension(
        FULL, "comment", date(2025, 12, 29), date(2025, 12, 16), move_following=False
    )
    assert isinstance(before, Extension)


def test_what_was_announced_with_both_on_one_day_can_still_be_extended() -> None:
    announced = replace(FULL, decision_on=FULL.comment_close_on)
    planned = plan_extension(
        announced, "scoring", date(2025, 12, 8), date(2025, 12, 1), move_following=True
    )
    assert isinstance(planned, Extension)


def test_the_following_stages_move_by_as_many_days() -> None:
    planned = plan_extension(
        FULL, "scoring", date(2025, 12, 15), date(2025, 12, 1), move_following=True
    )
    assert isinstance(planned, Extension)
    assert planned.calendar == replace(
        FULL,
        scoring_close_on=date(2025, 12, 15),
        session_on=date(2025, 12, 22),
        comment_open_on=date(2025, 12, 25),
        comment_close_on=date(2026, 1, 5),
        decision_on=date(2026, 1, 9),
    )
    assert [moved.stage for moved in planned.stages] == [
        "scoring",
        "session",
        "comment",
        "decision",
    ]
    assert offered_days(FULL, "scoring", timedelta(days=10)) == {
        "session": date(2025, 12, 22),
        "comment": date(2026, 1, 5),
        "decision": date(2026, 1, 9),
    }


def test_registering_longer_does_not_put_off_nominating() -> None:
    planned = plan_extension(
        FULL, "registration", date(2025, 3, 10), date(2025, 2, 20), move_following=True
    )
    assert isinstance(planned, Extension)
    assert planned.calendar.nominations_open_on == FULL.nominations_open_on
    assert planned.calendar.nominations_close_on == date(2025, 11, 30)


DAYS = st.dates(date(2025, 1, 1), date(2025, 12, 31))


@st.composite
def calendars(draw: st.DrawFn) -> Calendar:
    """Right ones, with any stages left out."""
    days = sorted(draw(st.lists(DAYS, min_size=11, max_size=11)))
    days[-1] += timedelta(days=1)
    calendar = Calendar(**dict(zip(COLUMNS, days, strict=True)))
    for stage in STAGES.values():
        if draw(st.booleans()):
            calendar = replace(calendar, **dict.fromkeys(stage.columns))
    return calendar


@given(calendars())
def test_days_in_the_order_of_stages_have_no_error(calendar: Calendar) -> None:
    assert codes(calendar) == {}


@given(st.builds(Calendar, **dict.fromkeys(COLUMNS, st.none() | DAYS)))
def test_what_has_no_error_is_what_the_database_takes(calendar: Calendar) -> None:
    if codes(calendar):
        return
    c = calendar
    nominated = c.endorsement_close_on or c.nominations_close_on
    pairs = (
        (c.nominations_open_on, c.nominations_close_on),
        (c.nominations_close_on, c.scoring_close_on),
        (c.scoring_close_on, c.session_on),
        (c.registration_open_on, c.registration_close_on),
        (c.nominations_close_on, c.endorsement_close_on),
        (nominated, c.appraisal_close_on),
        (c.appraisal_close_on or c.endorsement_close_on, c.scoring_close_on),
        (c.comment_open_on, c.comment_close_on),
        (c.comment_close_on or c.session_on, c.decision_on),
    )
    assert [pair for pair in pairs if None not in pair and pair[0] > pair[1]] == []  # type: ignore[operator]
    assert c.decision_on is None or c.comment_close_on is None or c.comment_close_on < c.decision_on


@given(calendars(), st.sampled_from(list(STAGES)), DAYS, DAYS, st.booleans())
def test_an_extension_leaves_a_right_calendar_and_never_an_earlier_day(
    calendar: Calendar, stage: str, new_last: date, today: date, moves: bool
) -> None:
    planned = plan_extension(calendar, stage, new_last, today, move_following=moves)
    if isinstance(planned, Refusal):
        return
    assert codes(planned.calendar) == {}
    for name in COLUMNS:
        before, after = getattr(calendar, name), getattr(planned.calendar, name)
        assert (before is None) == (after is None)
        assert before is None or before <= after
    assert planned.stages[0] == Extended(stage, getattr(calendar, STAGES[stage].last), new_last)
    changed = [
        key
        for key, each in STAGES.items()
        if getattr(calendar, each.last) != getattr(planned.calendar, each.last)
    ]
    assert [moved.stage for moved in planned.stages] == changed


@given(calendars(), st.sampled_from(list(STAGES)), DAYS)
def test_with_the_following_moved_no_extension_overtakes(
    calendar: Calendar, stage: str, new_last: date
) -> None:
    planned = plan_extension(calendar, stage, new_last, date(2025, 1, 1), move_following=True)
    if isinstance(planned, Refusal):
        assert planned.code in ("no-day", "not-later")


@given(calendars())
def test_a_year_later_the_order_is_the_same(calendar: Calendar) -> None:
    assert codes(calendar_a_year_later(calendar)) == {}
