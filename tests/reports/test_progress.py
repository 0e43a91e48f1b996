"""Which stages of a calendar are done with, by what has happened in the round."""

from __future__ import annotations

import pytest

from app.reports.rules import finished_stages

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
