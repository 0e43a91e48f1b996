"""Which stages of a calendar are done with, by what has happened in the round."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from app.movement.rules import Calendar
from app.reports.rules import finished_stages, pipeline

BEFORE_SCORING = {"registration", "nomination", "endorsement", "appraisal"}


@pytest.mark.parametrize(
    ("happened", "finished"),
    [
        ((False, False, False, False), set()),
        ((True, False, False, False), BEFORE_SCORING),
        ((True, True, False, False), {*BEFORE_SCORING, "scoring"}),
        ((True, True, True, False), {*BEFORE_SCORING, "scoring", "session"}),
        ((True, True, True, True), {*BEFORE_SCORING, "scoring", "session", "comment", "decision"}),
    ],
)
def test_what_is_frozen_is_finished(
    happened: tuple[bool, bool, bool, bool], finished: set[str]
) -> None:
    opened, closed, held, decided = happened
    assert (
        finished_stages(
            scoring_opened=opened, scoring_closed=closed, session_held=held, decided=decided
        )
        == finished
    )


CALENDAR = Calendar(
    nominations_open_on=date(2025, 10, 1),
    nominations_close_on=date(2025, 11, 30),
    endorsement_close_on=date(2025, 12, 5),
    appraisal_close_on=date(2025, 12, 12),
)
OPENED = date(2025, 9, 15)


def states(calendar: Calendar, finished: set[str], today: date, **facts: object) -> list[str]:
    asked = {"opened_on": OPENED, "issued": False, **facts}
    stages = pipeline(calendar, frozenset(finished), today=today, **asked)  # type: ignore[arg-type]
    return [f"{stage.label}: {stage.state}" for stage in stages]


def test_what_is_under_way_is_the_current_stage_and_what_has_no_day_is_left_out() -> None:
    assert states(CALENDAR, set(), date(2025, 12, 12)) == [
        "Mở đợt xét: done",
        "Tự chấm điểm và đề nghị: done",
        "Các cấp xác nhận và trình: done",
        "Thẩm định: current",
        "Chấm điểm: todo",
        "Họp Hội đồng: todo",
        "Ban hành quyết định: todo",
        "Giấy khen: todo",
    ]
    assert states(CALENDAR, set(), date(2025, 12, 13))[3:5] == [
        "Thẩm định: done",
        "Chấm điểm: current",
    ]


def test_a_round_that_is_not_open_has_nothing_behind_it() -> None:
    assert states(CALENDAR, set(), date(2026, 1, 1), opened_on=None)[:2] == [
        "Mở đợt xét: current",
        "Tự chấm điểm và đề nghị: todo",
    ]


def test_scoring_is_over_when_somebody_closes_it_not_with_its_day() -> None:
    calendar = replace(
        CALENDAR,
        registration_open_on=date(2025, 1, 1),
        registration_close_on=date(2025, 2, 1),
        scoring_close_on=date(2025, 12, 20),
        comment_open_on=date(2025, 12, 22),
        comment_close_on=date(2025, 12, 31),
    )
    late = states(calendar, set(BEFORE_SCORING), date(2026, 1, 5))
    assert late[5:9] == [
        "Chấm điểm: current",
        "Họp Hội đồng: todo",
        "Lấy ý kiến công khai: done",
        "Ban hành quyết định: todo",
    ]
    every = {*BEFORE_SCORING, "scoring", "session", "comment", "decision"}
    assert states(calendar, every, date(2026, 1, 5), issued=True) == [
        f"{label}: done"
        for label in (
            "Mở đợt xét",
            "Đăng ký thi đua",
            "Tự chấm điểm và đề nghị",
            "Các cấp xác nhận và trình",
            "Thẩm định",
            "Chấm điểm",
            "Họp Hội đồng",
            "Lấy ý kiến công khai",
            "Ban hành quyết định",
            "Giấy khen",
        )
    ]
