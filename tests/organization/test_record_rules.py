"""What cannot be recorded about a person, to every branch."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.kernel.period import Period
from app.kernel.refusal import Refusal
from app.organization import rules
from app.organization.rules import PersonRecord, UnitFacts, Version

TODAY = date(2025, 11, 10)


def day(text: str) -> date:
    return date.fromisoformat(text)


def record(
    first: str,
    last: str | None = None,
    text: str = "A",
    *,
    unit: int | None = None,
    main: bool = False,
) -> PersonRecord:
    return PersonRecord(0, text, Period(day(first), day(last) if last else None), unit, main)


def year(number: int, level: str = "good") -> PersonRecord:
    return record(f"{number}-01-01", f"{number}-12-31", level)


def told(refusal: Refusal | None) -> tuple[str, str | None] | None:
    return (refusal.code, refusal.field_name) if refusal else None


@pytest.mark.parametrize(
    ("kind", "new", "others", "expected"),
    [
        ("pipeline", record("2025-01-01", "2025-01-01"), [], None),
        ("pipeline", record("2025-01-02", "2025-01-01"), [], ("dates-reversed", "valid_to")),
        ("pipeline", record("2025-01-01"), [record("2024-01-01", "2024-12-31")], None),
        ("pipeline", record("2025-01-01"), [record("2024-01-01")], ("overlap", "valid_from")),
        ("pipeline", record("2025-01-01"), [record("2024-01-01", text="B")], None),
        ("absences", record("2025-01-01"), [record("2024-01-01", "2024-12-31")], None),
        (
            "absences",
            record("2025-01-01"),
            [record("2024-01-01", text="B")],
            ("overlap", "valid_from"),
        ),
        ("classifications", year(2025), [year(2024)], None),
        ("classifications", year(2026), [], ("future-year", "year")),
        ("classifications", year(2025), [year(2025, "fair")], ("already-classified", "year")),
        (
            "postings",
            record("2025-01-01", unit=1, main=True),
            [record("2024-01-01", "2024-12-31", unit=1, main=True)],
            None,
        ),
        (
            "postings",
            record("2025-01-01", unit=2, main=True),
            [record("2024-01-01", unit=1, main=True)],
            ("two-mains", "valid_from"),
        ),
        ("postings", record("2025-01-01", unit=2), [record("2024-01-01", unit=1, main=True)], None),
        (
            "postings",
            record("2025-01-01", unit=1),
            [record("2024-01-01", unit=1, main=True)],
            ("overlap", "valid_from"),
        ),
        ("postings", record("2025-01-01", text="B", unit=1), [record("2024-01-01", unit=1)], None),
    ],
)
def test_a_record_beside_others(
    kind: str,
    new: PersonRecord,
    others: list[PersonRecord],
    expected: tuple[str, str | None] | None,
) -> None:
    assert told(rules.refuse_record(kind, new, others, TODAY)) == expected


@pytest.mark.parametrize(
    ("first", "last", "dissolved", "expected"),
    [
        ("2024-01-01", None, None, None),
        ("2023-12-31", None, None, ("unit-not-founded", "valid_from")),
        ("2024-01-01", "2025-06-30", "2025-06-30", None),
        ("2024-01-01", "2025-07-01", "2025-06-30", ("unit-dissolved", "valid_to")),
        ("2024-01-01", None, "2025-06-30", ("unit-dissolved", "valid_to")),
    ],
)
def test_a_posting_lies_in_the_life_of_its_unit(
    first: str, last: str | None, dissolved: str | None, expected: tuple[str, str] | None
) -> None:
    founded, ends = day("2024-01-01"), day(dissolved) if dissolved else None
    unit = UnitFacts(1, "a", "room", founded, ends, (Version("A", None, Period(founded, ends)),))
    period = Period(day(first), day(last) if last else None)
    assert told(rules.refuse_posting_in(unit, period)) == expected


def test_the_only_posting_is_not_taken_away() -> None:
    assert told(rules.refuse_record_removal("postings", 1)) == ("last-posting", None)
    assert rules.refuse_record_removal("postings", 2) is None
    assert rules.refuse_record_removal("pipeline", 1) is None


days = st.dates(date(2020, 1, 1), date(2026, 1, 1))


@given(
    firsts=st.lists(days, min_size=1, max_size=4, unique=True).map(sorted),
    new=days,
)
def test_a_transfer_leaves_no_gap_and_no_two_mains(firsts: list[date], new: date) -> None:
    """One main posting after the other, the last one running; then a new one from `new` on."""
    ends = [*(first - timedelta(days=1) for first in firsts[1:]), None]
    held = [
        PersonRecord(n, f"p{n}", Period(first, last), 1, is_main=True)
        for n, (first, last) in enumerate(zip(firsts, ends, strict=True), start=1)
    ]
    ended = rules.main_before(new, held)
    added = PersonRecord(0, "new", Period(new), 1, is_main=True)
    if ended is None:
        assert new <= firsts[0] or new in firsts
        return
    assert ended.period.last == new - timedelta(days=1)
    assert (ended.period.first, ended.text) == (held[ended.id - 1].period.first, f"p{ended.id}")
    others = [ended if posting.id == ended.id else posting for posting in held]
    clashes = [p for p in others if p.period.overlaps(added.period)]
    assert clashes == held[ended.id :]
    refusal = rules.refuse_record("postings", added, others, TODAY)
    assert (refusal is None) == (clashes == [])
