"""The clock of a question, and what may be proposed for it."""

from __future__ import annotations

from datetime import UTC, date, datetime
from types import SimpleNamespace
from typing import Any, cast

import pytest

from app.nominations.rules import Dossier
from app.nominations.rules.endorsing import named
from app.nominations.rules.items import ItemReturnFacts, proposed_day, split_item
from app.nominations.rules.returning import return_targets
from app.nominations.rules.routing import RouteStepFacts

AT = datetime(2025, 11, 10, 2, tzinfo=UTC)
STEPS = (RouteStepFacts(1, 40, "A"), RouteStepFacts(2, 20, "B"))


def question(**changes: object) -> ItemReturnFacts:
    values: dict[str, Any] = {
        "id": 1,
        "item": "criterion",
        "criterion_code": "C2",
        "question": "?",
        "due_on": date(2025, 11, 14),
        "asker_id": 5,
        "asked_by": "x",
        "asked_at": AT,
        "answer": "",
        "answered_by": "",
        "answered_at": None,
        "accepted": None,
        "closed_at": None,
    }
    return ItemReturnFacts(**values | changes)


def dossier(**facts: object) -> Dossier:
    return cast(Dossier, SimpleNamespace(**facts))


@pytest.mark.parametrize(
    ("changes", "day", "state"),
    [
        ({}, 14, "asked"),
        ({}, 15, "overdue"),
        ({"answered_at": AT}, 15, "answered"),
        ({"answered_at": AT, "accepted": True, "closed_at": AT}, 15, "accepted"),
        ({"accepted": False, "closed_at": AT}, 10, "again"),
    ],
)
def test_the_state_of_a_question(changes: dict[str, object], day: int, state: str) -> None:
    assert question(**changes).state(date(2025, 11, day)) == state


@pytest.mark.parametrize(("day", "left"), [(10, 5), (14, 1), (15, 0)])
def test_the_last_day_is_still_a_day(day: int, left: int) -> None:
    assert question().days_left(date(2025, 11, day)) == left


@pytest.mark.parametrize(
    ("last", "day", "proposed"),
    [(None, 10, 17), (22, 10, 17), (12, 10, 12), (12, 13, 13)],
)
def test_the_day_proposed_lies_within_appraisal(last: int | None, day: int, proposed: int) -> None:
    close = None if last is None else date(2025, 11, last)
    asked = dossier(review=SimpleNamespace(appraisal_close_on=close))
    assert proposed_day(asked, date(2025, 11, day)) == date(2025, 11, proposed)


def test_a_key_names_the_item_and_its_criterion() -> None:
    assert question().key == "criterion:C2"
    assert question(item="report", criterion_code="").key == "report"
    assert [split_item(key) for key in ("criterion:C2", "G4")] == [("criterion", "C2"), ("G4", "")]


@pytest.mark.parametrize(
    ("stage", "at_unit", "targets"),
    [
        ("office", None, (2, 1, 0)),
        ("route", 20, (1, 0)),
        ("route", 40, (0,)),
        ("draft", None, ()),
        ("refused", None, ()),
        ("withdrawn", None, ()),
    ],
)
def test_where_a_dossier_may_go_back_to(
    stage: str, at_unit: int | None, targets: tuple[int, ...]
) -> None:
    assert return_targets(dossier(stage=stage, at_unit_id=at_unit), STEPS) == targets


def test_a_long_list_of_codes_is_cut() -> None:
    assert named(["A", "B"]) == "A, B"
    assert named(list("ABCDEFG")) == "A, B, C, D, E…"
