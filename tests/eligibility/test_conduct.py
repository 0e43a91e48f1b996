"""G5 with every kind of date, for a person and for a collective through its members."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from app.discipline.rules import DisciplineFacts
from app.eligibility.rules import EligibilityFacts, GateSettings, gate_verdicts
from app.eligibility.rules.facts import Membership
from app.kernel.period import Period
from app.kernel.verdict import Outcome
from tests.eligibility.known import (
    BEFORE,
    INSIDE,
    LAST_DAY,
    ON,
    PERSON,
    WINDOW,
    case,
    collective,
    decided,
    person,
)

PASS, FAIL, HOLD = Outcome.PASS, Outcome.FAIL, Outcome.HOLD
DAY = timedelta(days=1)


def g5(facts: EligibilityFacts) -> Outcome:
    return gate_verdicts(facts)["G5"].outcome


@pytest.mark.parametrize(
    ("found", "outcome"),
    [
        (case(), HOLD),
        (case(kind="complaint"), HOLD),
        (case(kind="investigation"), HOLD),
        (case(opened_on=ON), HOLD),
        (case(opened_on=ON + DAY), PASS),
        (case(closed_on=ON), PASS),
        (case(closed_on=ON + DAY), HOLD),
        # A decision ends the consideration that day; one that is still to come does not.
        (decided(ON, opened_on=INSIDE, violated_on=INSIDE), FAIL),
        (decided(ON + DAY, opened_on=INSIDE, violated_on=INSIDE), HOLD),
        (decided(WINDOW.first), FAIL),
        (decided(INSIDE, until=INSIDE + DAY), FAIL),
        # Served before the window: nothing is left of it.
        (decided(BEFORE, until=WINDOW.first - DAY), PASS),
        # Decided before the window, but served into it: what counts is the day of judging.
        (decided(BEFORE, until=ON - DAY), PASS),
        (decided(BEFORE, until=ON), FAIL),
        (decided(BEFORE, until=LAST_DAY), FAIL),
        (decided(BEFORE, until=None), FAIL),
    ],
)
def test_one_case_of_a_person(found: DisciplineFacts, outcome: Outcome) -> None:
    assert g5(person(cases=(found,))) is outcome


def test_judged_after_the_window_a_later_decision_in_force_blocks() -> None:
    late = decided(date(2025, 12, 3), until=date(2026, 12, 2))
    assert g5(person(cases=(late,), on=date(2025, 12, 5))) is FAIL
    assert g5(person(cases=(late,), on=date(2026, 12, 3))) is PASS


def test_a_fail_outweighs_a_hold() -> None:
    assert g5(person(cases=(case(), decided(INSIDE), case()))) is FAIL


FIRST = WINDOW.first
EARLIER = {"violated_on": FIRST - 90 * DAY, "opened_on": FIRST - 60 * DAY}


@pytest.mark.parametrize(
    ("changes", "outcome"),
    [
        (EARLIER, PASS),
        (EARLIER | {"violated_on": FIRST - DAY, "opened_on": FIRST - DAY}, PASS),
        (EARLIER | {"opened_on": FIRST}, FAIL),
        (EARLIER | {"violated_on": FIRST, "opened_on": FIRST}, FAIL),
        (EARLIER | {"violated_on": None}, FAIL),
    ],
)
def test_no_double_penalty(changes: dict[str, date | None], outcome: Outcome) -> None:
    found = decided(INSIDE, until=INSIDE + 365 * DAY, **changes)
    assert g5(person(cases=(found,))) is outcome
    strict = GateSettings(no_double_penalty=False)
    assert g5(person(cases=(found,), settings=strict)) is FAIL


def test_no_double_penalty_does_not_end_a_case_that_is_still_open() -> None:
    assert g5(person(cases=(case(**EARLIER),))) is HOLD


def test_a_decision_of_an_earlier_year_that_is_in_force_still_blocks() -> None:
    found = decided(FIRST - 30 * DAY, until=ON, **EARLIER)
    assert g5(person(cases=(found,))) is FAIL


LEFT_EARLY = Membership((Period(date(2010, 1, 1), FIRST - DAY),))
JOINED_LATE = Membership((Period(INSIDE + 30 * DAY),))
MOVED_AWAY = Membership((Period(date(2010, 1, 1), INSIDE),))
CAME_BACK = Membership((Period(date(2010, 1, 1), INSIDE), Period(ON)))
FROM_PREDECESSOR = Membership(
    own=(Period(date(2025, 7, 1)),), before=(Period(date(2010, 1, 1), date(2025, 6, 30)),)
)
NEVER_JOINED = Membership(own=(), before=(Period(date(2010, 1, 1)),))


@pytest.mark.parametrize(
    ("member", "outcome"),
    [
        (Membership((Period(date(2010, 1, 1)),)), FAIL),
        (Membership((Period(INSIDE, INSIDE),)), FAIL),
        (MOVED_AWAY, FAIL),
        (CAME_BACK, FAIL),
        (JOINED_LATE, PASS),
        (LEFT_EARLY, PASS),
        (FROM_PREDECESSOR, FAIL),
        (NEVER_JOINED, PASS),
    ],
)
def test_a_collective_answers_for_its_members_at_the_time(
    member: Membership, outcome: Outcome
) -> None:
    facts = collective(cases=(decided(INSIDE),), members={PERSON: member})
    assert g5(facts) is outcome


def test_without_a_day_of_violation_the_day_of_opening_decides() -> None:
    found = case(violated_on=None, opened_on=INSIDE)
    assert g5(collective(cases=(found,), members={PERSON: MOVED_AWAY})) is HOLD
    assert g5(collective(cases=(found,), members={PERSON: JOINED_LATE})) is PASS


def test_a_violation_before_the_window_is_answered_for_by_who_is_still_there() -> None:
    found = case(violated_on=BEFORE, opened_on=INSIDE)
    assert g5(collective(cases=(found,), members={PERSON: MOVED_AWAY})) is HOLD
    assert g5(collective(cases=(found,), members={PERSON: LEFT_EARLY})) is PASS


def test_a_case_of_no_member_does_not_touch_the_collective() -> None:
    assert g5(collective(cases=(decided(INSIDE, person_id=PERSON + 1),))) is PASS


@pytest.mark.parametrize("form", ["reprimand", "warning", "demotion", "anything"])
def test_any_form_blocks(form: str) -> None:
    found = case(form=form, decided_on=INSIDE, violated_on=INSIDE, opened_on=INSIDE)
    assert g5(collective(cases=(found,))) is FAIL


def test_the_reason_is_the_same_whatever_the_case_was() -> None:
    """Neither number, nor kind, nor date, nor whether it was the nominee or a member."""
    blocked = [
        gate_verdicts(facts)["G5"]
        for facts in (
            person(cases=(decided(INSIDE),)),
            person(cases=(decided(BEFORE), decided(INSIDE, kind="complaint"))),
            collective(cases=(decided(INSIDE), case())),
        )
    ]
    assert blocked[0] == blocked[1] == blocked[2]
    assert [(r.code, r.values) for r in blocked[0].reasons] == [("disciplined", {})]
    held = [
        gate_verdicts(facts)["G5"]
        for facts in (
            person(cases=(case(),)),
            person(cases=(case(kind="complaint", opened_on=INSIDE),)),
            collective(cases=(case(), case(kind="investigation"))),
        )
    ]
    assert held[0] == held[1] == held[2]
    assert [(r.code, r.values) for r in held[0].reasons] == [("under-consideration", {})]
    assert [r.code for r in gate_verdicts(person())["G5"].reasons] == ["no-block"]


def test_an_exempt_case_leaves_no_trace() -> None:
    exempt = decided(INSIDE, until=INSIDE + 365 * DAY, **EARLIER)
    assert gate_verdicts(person(cases=(exempt,))) == gate_verdicts(person())
