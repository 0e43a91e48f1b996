from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.catalogue.rules import (
    Coefficient,
    LegalSourceEntry,
    Salary,
    cite,
    coefficient_on,
    in_citing_order,
    printed_title,
    salary_on,
)
from app.kernel.money import bonus
from app.kernel.refusal import Refusal

SALARIES = (
    Salary(date(2026, 7, 1), 2_530_000, "161/2026/NĐ-CP"),
    Salary(date(2024, 7, 1), 2_340_000, "73/2024/NĐ-CP"),
)


def entry(form: str, subject: str, text: str, day: date) -> Coefficient:
    return Coefficient(form, subject, Decimal(text), day, "")


MERIT = (
    entry("bang-khen-bo-tinh", "individual", "1.5", date(2024, 1, 1)),
    entry("bang-khen-bo-tinh", "individual", "1.0", date(2017, 10, 1)),
    entry("bang-khen-bo-tinh", "collective", "3.0", date(2024, 1, 1)),
    entry("giay-khen", "individual", "0.3", date(2017, 10, 1)),
)


@pytest.mark.parametrize(
    ("day", "amount", "commendation"),
    [
        (date(2024, 7, 1), 2_340_000, 710_000),
        (date(2026, 6, 30), 2_340_000, 710_000),
        (date(2026, 7, 1), 2_530_000, 760_000),
    ],
)
def test_the_salary_of_the_day_decides_the_bonus(day: date, amount: int, commendation: int) -> None:
    salary = salary_on(day, SALARIES)
    assert isinstance(salary, Salary)
    assert salary.amount == amount
    assert bonus(Decimal("0.3"), salary.amount) == commendation


def test_before_the_first_salary_there_is_none() -> None:
    refusal = salary_on(date(2024, 6, 30), SALARIES)
    assert isinstance(refusal, Refusal)
    assert (refusal.code, refusal.values) == ("no-base-salary", {"day": "30/06/2024"})


@pytest.mark.parametrize(
    ("day", "expected"), [(date(2023, 12, 31), "1.0"), (date(2024, 1, 1), "1.5")]
)
def test_the_coefficient_of_a_merit_certificate_changed_with_2024(day: date, expected: str) -> None:
    found = coefficient_on(day, "bang-khen-bo-tinh", "individual", MERIT)
    assert isinstance(found, Coefficient)
    assert found.coefficient == Decimal(expected)


@pytest.mark.parametrize(
    ("day", "form", "subject"),
    [
        (date(2023, 12, 31), "bang-khen-bo-tinh", "collective"),
        (date(2025, 1, 1), "giay-khen", "collective"),
        (date(2025, 1, 1), "co-thi-dua-bo-tinh", "collective"),
    ],
)
def test_an_unknown_coefficient_is_refused_not_guessed(day: date, form: str, subject: str) -> None:
    refusal = coefficient_on(day, form, subject, MERIT)
    assert isinstance(refusal, Refusal)
    assert refusal.code == "no-coefficient"


@given(
    days=st.lists(st.dates(date(2000, 1, 1), date(2050, 1, 1)), unique=True, min_size=1),
    day=st.dates(date(2000, 1, 1), date(2050, 1, 1)),
)
def test_no_later_salary_in_force_is_ever_passed_over(days: list[date], day: date) -> None:
    found = salary_on(day, [Salary(first, 1, "") for first in days])
    if isinstance(found, Refusal):
        assert min(days) > day
    else:
        assert found.effective_from <= day
        assert not [d for d in days if found.effective_from < d <= day]


@given(day=st.dates(date(2024, 7, 1), date(2050, 1, 1)))
def test_the_salary_changes_on_one_day_only(day: date) -> None:
    before, after = salary_on(day, SALARIES), salary_on(day + timedelta(days=1), SALARIES)
    assert (before != after) == (day == date(2026, 6, 30))


def source(number: str, title: str, issuer: str, signed_on: date | None) -> LegalSourceEntry:
    return LegalSourceEntry(number, title, issuer, signed_on, None, None)


LAW = source("06/2022/QH15", "Luật Thi đua, khen thưởng", "Quốc hội", date(2022, 6, 15))
UNDATED = source("1/2026/QH16", "Luật X", "Quốc hội", None)
DECREE = source("152/2025/NĐ-CP", "Nghị định quy định về X", "Chính phủ", date(2025, 6, 14))
PLAN = source("05/KH-VKSTC", "Kế hoạch phát động Y", "Viện kiểm sát nhân dân tối cao", None)
LETTER = source("1/CV", "Hướng dẫn Z", "A", None)


def test_papers_are_cited_as_an_office_writes_them() -> None:
    assert [
        cite(paper).replace("\u00a0", " ") for paper in (LAW, UNDATED, DECREE, PLAN, LETTER)
    ] == [
        "Luật Thi đua, khen thưởng ngày 15 tháng 6 năm 2022",
        "Luật X số 1/2026/QH16",
        "Nghị định số 152/2025/NĐ-CP ngày 14 tháng 6 năm 2025 của Chính phủ quy định về X",
        "Kế hoạch số 05/KH-VKSTC của Viện kiểm sát nhân dân tối cao phát động Y",
        "Hướng dẫn Z số 1/CV",
    ]


def test_the_higher_paper_is_cited_first() -> None:
    assert in_citing_order((LETTER, PLAN, DECREE, LAW)) == (LAW, DECREE, PLAN, LETTER)


def test_the_paper_bears_the_short_name_of_the_award() -> None:
    names = ("Giấy khen", "Bằng khen bộ, ngành, tỉnh", "Bằng khen của Thủ tướng Chính phủ")
    assert [printed_title(name) for name in names] == ["Giấy khen", "Bằng khen", "Bằng khen"]
