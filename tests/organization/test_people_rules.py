"""A person's own data as typed, and where a unit's people go: without a database."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from app.kernel.period import Period
from app.kernel.refusal import Refusal
from app.organization import rules
from app.organization.rules import Move, Namesake, PersonFacts, PersonRecord

TODAY, DAY, LAST = date(2025, 11, 10), date(2025, 7, 1), date(2025, 6, 30)
ANH = PersonFacts(
    "KS0001", "Hoàng Văn Ánh", date(1985, 1, 10), "male", "Tày", "cadre", date(2010, 1, 4)
)
OLD, NEW, OTHER = 1, 2, 3


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("05/03/1990", date(1990, 3, 5)),
        (" 5.3.1990 ", date(1990, 3, 5)),
        ("5-3-1990", date(1990, 3, 5)),
        ("1990-03-05", date(1990, 3, 5)),
        ("1990-03-05 00:00:00", date(1990, 3, 5)),
        ("05/03/2960", "odd-year"),
        ("05/03/0090", "odd-year"),
        ("29/02/2025", "not-a-date"),
        ("5/3/90", "not-a-date"),
        ("", "not-a-date"),
    ],
)
def test_a_day_is_read_as_people_write_it(typed: str, found: date | str) -> None:
    read = rules.read_day(typed)
    assert (read.code if isinstance(read, Refusal) else read) == found


@pytest.mark.parametrize(
    ("change", "refused"),
    [
        ({}, None),
        ({"staff_code": "KS 1"}, ("not-a-code", "staff_code")),
        ({"full_name": "Ánh 2"}, ("not-a-name", "full_name")),
        ({"birth_date": date(2025, 11, 11)}, ("in-the-future", "birth_date")),
        ({"recruited_on": TODAY}, None),
        ({"recruited_on": date(2025, 11, 11)}, ("in-the-future", "recruited_on")),
        ({"recruited_on": date(2000, 1, 1)}, None),
        ({"recruited_on": date(1999, 12, 31)}, ("recruited-as-child", "recruited_on")),
    ],
)
def test_what_is_refused_of_a_person(
    change: dict[str, object], refused: tuple[str, str] | None
) -> None:
    refusal = rules.refuse_person(replace(ANH, **change), TODAY)  # type: ignore[arg-type]
    assert (refusal and (refusal.code, refusal.field_name)) == refused


def test_a_version_is_of_what_is_stored_and_of_nothing_else() -> None:
    assert ANH.version == replace(ANH).version
    changes: tuple[dict[str, object], ...] = ({"ethnicity": "Nùng"}, {"birth_date": DAY})
    others = {replace(ANH, **change).version for change in changes}  # type: ignore[arg-type]
    assert len({ANH.version, *others}) == 3
    assert rules.changed_fields(ANH, replace(ANH, sex="female", full_name="x")) == (
        "full_name",
        "sex",
    )


def test_a_namesake_is_named() -> None:
    assert rules.refuse_namesake(ANH, ()) is None
    refusal = rules.refuse_namesake(ANH, (Namesake(9, "KS9", "Hoàng Văn Anh"),))
    assert refusal
    assert dict(refusal.values) == {"name": "Hoàng Văn Anh", "code": "KS9", "day": "10/01/1985"}


def posting(
    number: int, unit: int, post: str, first: date, last: date | None = None, *, main: bool = False
) -> PersonRecord:
    return PersonRecord(number, post, Period(first, last), unit, main)


START, AUTUMN = date(2024, 1, 1), date(2025, 9, 30)
AT_WORK = posting(1, OLD, "KSV", START, main=True)


@pytest.mark.parametrize(
    ("held", "moves"),
    [
        # It ends the day before and goes on, up to where it ends anyway.
        (
            [AT_WORK],
            [
                Move(
                    posting(1, OLD, "KSV", START, LAST, main=True),
                    posting(0, NEW, "KSV", DAY, main=True),
                )
            ],
        ),
        (
            [posting(1, OLD, "KSV", START, AUTUMN)],
            [Move(posting(1, OLD, "KSV", START, LAST), posting(0, NEW, "KSV", DAY, AUTUMN))],
        ),
        # What begins on the day or later changes its unit; what is over stays.
        ([posting(1, OLD, "KSV", DAY)], [Move(None, posting(1, NEW, "KSV", DAY))]),
        ([posting(1, OLD, "KSV", AUTUMN)], [Move(None, posting(1, NEW, "KSV", AUTUMN))]),
        ([posting(1, OLD, "KSV", START, LAST)], []),
        ([posting(1, OTHER, "KSV", START)], []),
        # The same post there already: held once; which is the main one is not for us to say.
        (
            [posting(1, OLD, "KSV", START), posting(2, NEW, "KSV", START, main=True)],
            [Move(posting(1, OLD, "KSV", START, LAST), None)],
        ),
        ([AT_WORK, posting(2, NEW, "KSV", START)], []),
        ([posting(1, OLD, "KSV", AUTUMN), posting(2, NEW, "KSV", START)], []),
        # Another post there, or the same one before, is no obstacle.
        (
            [posting(1, OLD, "KSV", START), posting(2, NEW, "KSV", START, LAST)],
            [Move(posting(1, OLD, "KSV", START, LAST), posting(0, NEW, "KSV", DAY))],
        ),
    ],
)
def test_where_the_postings_of_one_person_go(held: list[PersonRecord], moves: list[Move]) -> None:
    assert list(rules.moves_of(held, [OLD], NEW, DAY)) == moves


def test_of_two_units_that_end_the_main_post_goes_first() -> None:
    beside = posting(2, OTHER, "KSV", START)
    assert list(rules.moves_of([beside, AT_WORK], [OLD, OTHER], NEW, DAY)) == [
        Move(
            posting(1, OLD, "KSV", START, LAST, main=True),
            posting(0, NEW, "KSV", DAY, main=True),
        ),
        Move(posting(2, OTHER, "KSV", START, LAST), None),
    ]


@pytest.mark.parametrize(
    ("posted", "people", "received", "code"),
    [
        (0, "", False, None),
        (0, "move", False, "no-receiver"),
        (2, "", True, "people-untold"),
        (2, "spoilt", True, "people-untold"),
        (2, "move", True, None),
        (2, "later", False, None),
    ],
)
def test_nobody_is_left_without_a_word(
    posted: int, people: str, received: bool, code: str | None
) -> None:
    refusal = rules.refuse_people_untold(posted, people, received=received)
    assert (refusal and refusal.code) == code
