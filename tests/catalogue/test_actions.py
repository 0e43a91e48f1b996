from __future__ import annotations

import json
from datetime import date
from decimal import Decimal

import pytest

from app.audit.tables import AuditEntry
from app.catalogue import actions, queries
from app.catalogue.rules import AwardFormEntry, Coefficient, Salary, coefficient_on, salary_on
from app.catalogue.tables import BaseSalary
from app.kernel.money import bonus
from tests.conftest import World

pytestmark = pytest.mark.anyio

# What the law pays per award form and subject: salary of 1.8, of 2.34 and of 2.53 million.
TABLE = {
    ("cstd-toan-quoc", "individual"): (8_100_000, 10_530_000, 11_390_000),
    ("cstd-bo-tinh", "individual"): (5_400_000, 7_020_000, 7_590_000),
    ("cstd-co-so", "individual"): (1_800_000, 2_340_000, 2_530_000),
    ("lao-dong-tien-tien", "individual"): (540_000, 710_000, 760_000),
    ("tap-the-lao-dong-xuat-sac", "collective"): (2_700_000, 3_510_000, 3_800_000),
    ("tap-the-lao-dong-tien-tien", "collective"): (1_440_000, 1_880_000, 2_030_000),
    ("co-thi-dua-chinh-phu", "collective"): (21_600_000, 28_080_000, 30_360_000),
    ("co-thi-dua-bo-tinh", "collective"): (14_400_000, 18_720_000, 20_240_000),
    ("bang-khen-thu-tuong", "individual"): (6_300_000, 8_190_000, 8_860_000),
    ("bang-khen-bo-tinh", "individual"): (2_700_000, 3_510_000, 3_800_000),
    ("giay-khen", "individual"): (540_000, 710_000, 760_000),
    ("giay-khen", "collective"): (1_080_000, 1_410_000, 1_520_000),
}
DAYS = (date(2024, 6, 30), date(2026, 6, 30), date(2026, 7, 1))


async def test_the_product_data_pay_what_the_law_pays(world: World) -> None:
    await BaseSalary.delete(force=True)
    await actions.load_product_data(actor=None, now=world.now)
    salaries = await queries.salaries()
    found = {}
    for form, subject in TABLE:
        coefficients = await queries.coefficients(form)
        paid = []
        for day in DAYS:
            salary = salary_on(day, salaries)
            coefficient = coefficient_on(day, form, subject, coefficients)
            assert isinstance(salary, Salary)
            assert isinstance(coefficient, Coefficient)
            paid.append(bonus(coefficient.coefficient, salary.amount))
        found[form, subject] = tuple(paid)
    assert found == TABLE


async def test_loading_again_changes_nothing(world: World) -> None:
    actor = await world.actor("administrator")
    first = await actions.load_product_data(actor=actor, now=world.now)
    entries = await AuditEntry.count()
    assert first > 0
    assert await actions.load_product_data(actor=actor, now=world.now) == 0
    assert await AuditEntry.count() == entries


async def test_what_an_office_corrected_stays(world: World) -> None:
    """The cast has its own salary of 1 July 2024; the product's data do not overwrite it."""
    await BaseSalary.update({BaseSalary.amount: 2_345_000}).where(
        BaseSalary.effective_from == date(2024, 7, 1)
    )
    await actions.load_product_data(actor=None, now=world.now)
    salary = salary_on(date(2025, 1, 1), await queries.salaries())
    assert isinstance(salary, Salary)
    assert salary.amount == 2_345_000


async def test_every_figure_names_the_paper_it_comes_from(world: World) -> None:
    data = json.loads(actions.PRODUCT_DATA.read_text(encoding="utf-8"))
    numbers = {source["number"] for source in data["sources"]}
    figures = [*data["coefficients"], *data["base_salaries"]]
    assert {figure["source"] for figure in figures} <= numbers
    sources = {source["number"]: source for source in data["sources"]}
    assert [
        f for f in figures if f["effective_from"] < sources[f["source"]]["effective_from"]
    ] == []


async def test_a_single_entry_can_be_added(world: World) -> None:
    added = await actions.load(
        (),
        (AwardFormEntry("thu-khen", "Thư khen", "form"),),
        (Coefficient("thu-khen", "individual", Decimal("0.1"), date(2025, 1, 1), ""),),
        (),
        actor=None,
        now=world.now,
    )
    assert added == 2
    (found,) = await queries.coefficients("thu-khen")
    assert found == Coefficient("thu-khen", "individual", Decimal("0.1"), date(2025, 1, 1), "")
    assert await queries.award_form_id("thu-khen") > 0
    with pytest.raises(LookupError):
        await queries.award_form_id("khong-co")
