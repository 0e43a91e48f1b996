"""When a list may be published, commented on and withdrawn; every branch."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from app.movement.rules import Calendar
from app.public_comment.rules import (
    MOST_OF_ADDRESS,
    MOST_OF_LIST,
    Listed,
    Publication,
    Withdrawal,
    refuse_basis,
    refuse_comment,
    refuse_handling,
    refuse_pace,
    refuse_publishing,
    refuse_withdrawal,
)
from tests.cast import at

FIRST, LAST = date(2025, 12, 15), date(2025, 12, 26)
PUBLISHED = Publication(
    id=1,
    round_id=1,
    round_name="Tổng kết năm 2025",
    code="abcd2345",
    title="Danh sách",
    first_on=FIRST,
    last_on=LAST,
    working_days=10,
    contact="",
    by="Thư ký",
    at=at("2025-12-12"),
    withdrawal=None,
)
WITHDRAWN = replace(PUBLISHED, withdrawal=Withdrawal("Thư ký", at("2025-12-16"), "Sai tên"))


@pytest.mark.parametrize(
    ("calendar", "code"),
    [
        (Calendar(), None),
        (Calendar(comment_open_on=FIRST, comment_close_on=LAST), None),
        (Calendar(comment_open_on=date(2025, 12, 16)), "before-comment-days"),
        (Calendar(comment_close_on=date(2025, 12, 25)), "after-comment-days"),
        (Calendar(decision_on=LAST), "after-decision-day"),
        (Calendar(decision_on=date(2025, 12, 27)), None),
    ],
)
def test_the_days_fit_the_calendar_of_the_round(calendar: Calendar, code: str | None) -> None:
    refusal = refuse_publishing(calendar, FIRST, LAST, FIRST, None)
    assert (refusal.code if refusal else None) == code


def test_a_list_begins_today_at_the_earliest() -> None:
    refusal = refuse_publishing(Calendar(), FIRST, LAST, date(2025, 12, 16), None)
    assert refusal is not None
    assert (refusal.code, refusal.field_name) == ("first-day-over", "first_on")


def test_one_list_of_a_round_at_a_time() -> None:
    refusal = refuse_publishing(Calendar(), FIRST, LAST, FIRST, LAST)
    assert refusal is not None
    assert refusal.code == "already-published"


AFTER_SESSION = Calendar(session_on=date(2025, 12, 12), comment_open_on=date(2025, 12, 15))
BEFORE_SESSION = Calendar(session_on=date(2025, 12, 12), comment_open_on=date(2025, 11, 25))


MET = Listed((1, 2, 3), recorded=True, frozen=True)
BEFORE = replace(MET, recorded=False)


@pytest.mark.parametrize(
    ("basis", "calendar", "listed", "code"),
    [
        ("approved", Calendar(), MET, None),
        ("approved", Calendar(), BEFORE, "no-council-result"),
        ("eligible", Calendar(), BEFORE, None),
        ("eligible", BEFORE_SESSION, BEFORE, None),
        ("eligible", AFTER_SESSION, BEFORE, "no-council-result"),
        ("eligible", AFTER_SESSION, MET, "approved-only"),
        ("chosen", AFTER_SESSION, BEFORE, "no-council-result"),
        ("chosen", AFTER_SESSION, MET, None),
        ("chosen", BEFORE_SESSION, BEFORE, None),
    ],
)
def test_what_a_list_may_be_made_from(
    basis: str, calendar: Calendar, listed: Listed, code: str | None
) -> None:
    refusal = refuse_basis(basis, calendar, listed)
    assert (refusal.code if refusal else None) == code


@pytest.mark.parametrize(
    ("basis", "code"),
    [("eligible", "gates-not-frozen"), ("approved", None), ("chosen", "gates-not-frozen")],
)
def test_nobody_is_called_eligible_before_the_gates_are_frozen(
    basis: str, code: str | None
) -> None:
    refusal = refuse_basis(basis, Calendar(), replace(MET, frozen=False))
    assert (refusal.code if refusal else None) == code


@pytest.mark.parametrize(
    ("found", "code"),
    [
        ("unknown", "unknown-codes"),
        ("unfit", "not-fulfilled"),
        ("unapproved", "not-approved"),
    ],
)
def test_chosen_codes_that_cannot_be_published_are_named(found: str, code: str) -> None:
    listed = replace(MET, **{found: ("CN-2025-9999", "X")})
    refusal = refuse_basis("chosen", Calendar(), listed)
    assert refusal is not None
    assert (refusal.code, refusal.field_name) == (code, "codes")
    assert refusal.values == {"codes": "CN-2025-9999, X"}


def test_an_empty_list_is_not_published() -> None:
    refusal = refuse_basis("eligible", Calendar(), replace(BEFORE, nomination_ids=()))
    assert refusal is not None
    assert refusal.code == "empty-list"


@pytest.mark.parametrize(
    ("publication", "day", "state", "comment", "withdrawal"),
    [
        (PUBLISHED, date(2025, 12, 14), "planned", "closed", None),
        (PUBLISHED, FIRST, "running", None, None),
        (PUBLISHED, LAST, "running", None, None),
        (PUBLISHED, date(2025, 12, 27), "ended", "closed", "already-ended"),
        (WITHDRAWN, FIRST, "withdrawn", "withdrawn", "already-withdrawn"),
    ],
)
def test_both_days_count(
    publication: Publication, day: date, state: str, comment: str | None, withdrawal: str | None
) -> None:
    assert publication.state(day) == state
    refused = refuse_comment(publication, day)
    assert (refused.code if refused else None) == comment
    refused = refuse_withdrawal(publication, day)
    assert (refused.code if refused else None) == withdrawal


def test_the_pace_of_one_address_and_of_one_list_is_bounded() -> None:
    assert refuse_pace(MOST_OF_ADDRESS - 1, MOST_OF_LIST - 1) is None
    for counts in ((MOST_OF_ADDRESS, 0), (0, MOST_OF_LIST)):
        refusal = refuse_pace(*counts)
        assert refusal is not None
        assert refusal.values == {"minutes": 10}


def test_a_comment_is_handled_once() -> None:
    assert refuse_handling(None) is None
    refusal = refuse_handling("unfounded")
    assert refusal is not None
    assert refusal.code == "already-handled"
