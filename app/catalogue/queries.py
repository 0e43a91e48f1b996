"""The catalogue is public knowledge: every reader may see it."""

from __future__ import annotations

from app.catalogue.rules import Coefficient, Salary
from app.catalogue.tables import AwardForm, BaseSalary, BonusCoefficient


async def salaries() -> tuple[Salary, ...]:
    rows = await BaseSalary.raw(
        "SELECT s.effective_from, s.amount, coalesce(l.number, '') AS source"
        " FROM base_salary s LEFT JOIN legal_source l ON l.id = s.source"
        " ORDER BY s.effective_from"
    )
    return tuple(Salary(**row) for row in rows)


async def coefficients(award_form: str) -> tuple[Coefficient, ...]:
    """All of one award form (its code), whatever day they take effect."""
    rows = await BonusCoefficient.raw(
        "SELECT f.code AS award_form, c.subject, c.coefficient, c.effective_from,"
        " coalesce(l.number, '') AS source"
        " FROM bonus_coefficient c JOIN award_form f ON f.id = c.award_form"
        " LEFT JOIN legal_source l ON l.id = c.source"
        " WHERE f.code = {} ORDER BY c.subject, c.effective_from",
        award_form,
    )
    return tuple(Coefficient(**row) for row in rows)


async def award_form_id(code: str) -> int:
    """LookupError when the catalogue does not hold it."""
    row = await AwardForm.select(AwardForm.id).where(AwardForm.code == code).first()
    if row is None:
        raise LookupError(code)
    return int(row["id"])
