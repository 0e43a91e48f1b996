"""What the yearly classifications of people measure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from app.kernel.indicators import Indicator, Measurable, Measured, MeasuredRow
from app.kernel.period import Period
from app.kernel.refusal import N_
from app.organization.rules import LEVELS
from app.organization.tables import YearlyClassification

_GOOD = ("excellent", "good")


async def good_years(nominees: Sequence[Measurable], period: Period) -> Mapping[int, Measured]:
    """Years of the period classified good or better; None where no year is classified."""
    people = [n.person_id for n in nominees if n.person_id is not None]
    rows = await YearlyClassification.raw(
        "SELECT person, year, level FROM yearly_classification WHERE person = ANY({})"
        " AND year = ANY({}) ORDER BY year",
        people,
        list(period.years()),
    )
    found: dict[int, list[MeasuredRow]] = {}
    for row in rows:
        good = Decimal(int(row["level"] in _GOOD))
        line = MeasuredRow(str(row["year"]), LEVELS[row["level"]], good)
        found.setdefault(row["person"], []).append(line)
    return {n.id: _sum(found.get(n.person_id or 0, [])) for n in nominees}


def _sum(rows: list[MeasuredRow]) -> Measured:
    if not rows:
        return Measured(None)
    return Measured(sum((row.amount or Decimal(0) for row in rows), Decimal(0)), tuple(rows))


INDICATORS = (
    Indicator(
        "organization.good_years",
        N_("Số năm hoàn thành tốt nhiệm vụ trở lên"),
        N_("năm"),
        N_("Kết quả xếp loại hằng năm"),
        N_("Các năm thuộc thời gian lập thành tích"),
        N_("Đếm số năm được xếp loại hoàn thành tốt hoặc hoàn thành xuất sắc nhiệm vụ."),
        ("individual",),
        good_years,
    ),
)
