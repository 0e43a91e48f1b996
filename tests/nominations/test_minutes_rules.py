"""Minutes of peer review: what a meeting can have counted, and until when it may be put right."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from app.nominations.rules import (
    MinutesHead,
    Nominee,
    Vote,
    may_recount,
    refuse_changing_minutes,
    refuse_minutes,
    refuse_version,
)
from tests.nominations.dossiers import LATE, NOMINATIONS, TODAY, WINDOW

HEAD = MinutesHead("01/BB", date(2025, 11, 5), "Lạng Sơn", "Chủ trì", "Thư ký", 12, 10, "")
DRAFT = Nominee(1, "CN-1", "individual", "Ánh", "", "Phòng 1", "draft")
SENT = Nominee(2, "CN-2", "individual", "Bình", "", "Phòng 1", "office", vote=Vote(8, 2))
ASKED = replace(SENT, id=3, minutes_due=date(2025, 11, 25))
ELSEWHERE = replace(DRAFT, id=4, elsewhere=True)
VOTES = {1: Vote(7, 3), 2: Vote(8, 2)}


def refused(
    head: MinutesHead = HEAD,
    votes: dict[int, Vote] = VOTES,
    nominees: tuple[Nominee, ...] = (DRAFT, SENT),
    today: date = TODAY,
) -> tuple[str, str | None] | None:
    refusal = refuse_minutes(head, votes, nominees, WINDOW, NOMINATIONS, today)
    return (refusal.code, refusal.field_name) if refusal else None


@pytest.mark.parametrize(
    ("nominee", "today", "may"),
    [
        (DRAFT, TODAY, True),
        (DRAFT, LATE, False),
        (SENT, TODAY, False),
        (ASKED, date(2025, 11, 25), True),
        (ASKED, date(2025, 11, 26), False),
        (replace(ASKED, stage="withdrawn"), TODAY, False),
    ],
)
def test_a_vote_may_be_recounted_in_a_draft_or_when_asked(
    nominee: Nominee, today: date, may: bool
) -> None:
    assert may_recount(nominee, NOMINATIONS, today) is may


def test_good_minutes_are_taken() -> None:
    assert refused() is None
    assert refused(replace(HEAD, held_on=TODAY, members_present=12)) is None
    assert refused(replace(HEAD, held_on=WINDOW.first)) is None


@pytest.mark.parametrize(
    ("head", "answer"),
    [
        (replace(HEAD, members_present=13), ("more-than-members", "members_present")),
        (replace(HEAD, held_on=date(2024, 11, 30)), ("held-outside", "held_on")),
        (replace(HEAD, held_on=date(2025, 11, 11)), ("held-outside", "held_on")),
        (replace(HEAD, members_present=9), ("more-votes-than-present", "agree-1")),
    ],
)
def test_a_head_that_cannot_be_is_refused_beside_its_field(
    head: MinutesHead, answer: tuple[str, str]
) -> None:
    assert refused(head) == answer


@pytest.mark.parametrize(
    ("votes", "answer"),
    [
        ({}, ("no-votes", None)),
        ({1: Vote(1, 0), 2: Vote(8, 1)}, ("vote-settled", "agree-2")),
        ({1: Vote(1, 0)}, ("vote-settled", "agree-2")),
        ({1: Vote(1, 0), 2: Vote(8, 2), 4: Vote(1, 0)}, ("counted-elsewhere", "agree-4")),
        ({1: Vote(1, 0), 2: Vote(8, 2), 99: Vote(1, 0)}, ("counted-elsewhere", "agree-99")),
        ({1: Vote(6, 5), 2: Vote(8, 2)}, ("more-votes-than-present", "agree-1")),
    ],
)
def test_votes_that_cannot_be_are_refused_beside_their_nominee(
    votes: dict[int, Vote], answer: tuple[str, str | None]
) -> None:
    assert refused(votes=votes, nominees=(DRAFT, SENT, ELSEWHERE)) == answer


@pytest.mark.parametrize(
    ("nominees", "today", "code"),
    [
        ((DRAFT,), TODAY, None),
        ((DRAFT, SENT), LATE, "nominations-closed"),
        ((ASKED,), LATE, None),
        ((SENT,), TODAY, "minutes-sent"),
        ((), TODAY, "no-nominees"),
    ],
)
def test_when_minutes_are_closed(
    nominees: tuple[Nominee, ...], today: date, code: str | None
) -> None:
    refusal = refuse_changing_minutes(nominees, NOMINATIONS, today)
    assert (refusal.code if refusal else None) == code
    if code is not None:
        assert refused(nominees=nominees, today=today) == (code, None)


def test_the_second_of_two_tabs_is_told() -> None:
    assert refuse_version(3, 3) is None
    refusal = refuse_version(3, 2)
    assert refusal is not None
    assert refusal.code == "changed-meanwhile"
