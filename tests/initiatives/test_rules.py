from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.initiatives.policy import may_recognise, may_submit
from app.initiatives.rules import (
    Author,
    InitiativeFacts,
    Recognition,
    refuse_authors,
    refuse_recognition,
)
from app.kernel.actor import Actor, Role

APPLIED, TODAY = date(2025, 2, 3), date(2025, 11, 10)


def authors(*shares: str) -> list[Author]:
    return [Author(number, Decimal(share)) for number, share in enumerate(shares, start=1)]


@pytest.mark.parametrize(
    ("found", "code"),
    [
        (authors("100"), None),
        (authors("60", "40"), None),
        (authors("33.34", "33.33", "33.33"), None),
        (authors(), "no-author"),
        (authors("33.33", "33.33", "33.33"), "shares-not-whole"),
        (authors("60", "41"), "shares-not-whole"),
        (authors("110", "-10"), "shares-not-whole"),
        (authors("100", "0"), "shares-not-whole"),
        ([Author(1, Decimal(50)), Author(1, Decimal(50))], "author-twice"),
    ],
)
def test_shares_add_up_to_exactly_a_hundred(found: list[Author], code: str | None) -> None:
    refusal = refuse_authors(found)
    assert (refusal.code if refusal else None) == code


def test_the_refusal_says_what_the_shares_add_up_to() -> None:
    refusal = refuse_authors(authors("33.3", "66.6"))
    assert refusal is not None
    assert refusal.values == {"total": "99,9"}


@given(st.lists(st.integers(1, 9999), min_size=1, max_size=5))
def test_only_the_whole_is_taken(hundredths: list[int]) -> None:
    found = [Author(n, Decimal(h) / 100) for n, h in enumerate(hundredths)]
    assert (refuse_authors(found) is None) == (sum(hundredths) == 10000)


KNOWN = InitiativeFacts(
    1,
    "SK-01",
    "Sổ tay",
    3,
    APPLIED,
    tuple(authors("100")),
    (Recognition("base", "1/QĐ", date(2025, 6, 2), True),),
)


@pytest.mark.parametrize(
    ("scope", "on", "code"),
    [
        ("sector", APPLIED, None),
        ("national", TODAY, None),
        ("base", TODAY, "already-recognised"),
        ("village", TODAY, "unknown-scope"),
        ("sector", date(2025, 11, 11), "in-the-future"),
        ("sector", date(2025, 2, 2), "recognised-before-applied"),
    ],
)
def test_each_scope_is_recognised_once_and_in_time(scope: str, on: date, code: str | None) -> None:
    refusal = refuse_recognition(KNOWN, scope, on, TODAY)
    assert (refusal.code if refusal else None) == code


def test_who_submits_and_who_recognises() -> None:
    here = frozenset({3})
    author = Actor(1, 1, "", {Role.STAFF: here})
    officer = Actor(2, None, "", {Role.UNIT_OFFICER: here})
    secretary = Actor(3, None, "", {Role.COUNCIL_SECRETARY: here})
    known = authors("100")
    assert may_submit(author, 9, known)
    assert not may_submit(author, 3, [Author(2, Decimal(100))])
    assert may_submit(officer, 3, known)
    assert not may_submit(officer, 4, known)
    assert not may_submit(secretary, 3, known)
    assert may_recognise(secretary, 3)
    assert not may_recognise(secretary, 4)
    assert not may_recognise(officer, 3)
