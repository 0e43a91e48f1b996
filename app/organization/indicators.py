"""What the yearly classifications of people measure."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from app.kernel.indicators import Indicator, Measurable, Measured, MeasuredRow
from app.kernel.period import Period
from app.kernel.refusal import N_
from app.organization.rules import LEVELS
from app.organization.tables import YearlyClassification

_GOOD = ("excellent", "good")
_FOUR_PLACES = Decimal("0.0001")


async def good_years(nominees: Sequence[Measurable]) -> Mapping[int, Measured]:
    """Years classified good or better; None where no year of the period is classified."""
    return await _years_of(nominees, _GOOD)


async def excellent_years(nominees: Sequence[Measurable]) -> Mapping[int, Measured]:
    return await _years_of(nominees, ("excellent",))


async def good_share(nominees: Sequence[Measurable]) -> Mapping[int, Measured]:
    """Per cent of the classified members; who is a member is asked for each year's last day."""
    days = [
        (nominee.id, nominee.collective_id, year, _last_day(year, nominee.period))
        for nominee in nominees
        if nominee.collective_id is not None
        for year in classified_years(nominee.period)
    ]
    rows = await YearlyClassification.raw(
        "WITH RECURSIVE own AS ("
        " SELECT * FROM unnest({}::int[], {}::int[], {}::int[], {}::date[])"
        " AS a (id, unit, year, day)"
        " UNION SELECT o.id, v.unit, o.year, o.day FROM own o JOIN unit_version v"
        " ON v.parent = o.unit AND v.valid_from <= o.day"
        " AND (v.valid_to IS NULL OR v.valid_to >= o.day)),"
        " member AS (SELECT DISTINCT o.id, o.year, p.person FROM own o JOIN posting p"
        " ON p.unit = o.unit AND p.is_main AND p.valid_from <= o.day"
        " AND (p.valid_to IS NULL OR p.valid_to >= o.day))"
        " SELECT m.id, m.year, count(*) AS classified,"
        " count(*) FILTER (WHERE y.level = ANY({})) AS good"
        " FROM member m JOIN yearly_classification y ON y.person = m.person AND y.year = m.year"
        " GROUP BY m.id, m.year ORDER BY m.id, m.year",
        *([line[column] for line in days] for column in range(4)),
        list(_GOOD),
    )
    found: dict[int, list[dict[str, Any]]] = {}
    for row in rows:
        found.setdefault(row["id"], []).append(row)
    return {nominee.id: _share(found.get(nominee.id, [])) for nominee in nominees}


def classified_years(period: Period) -> range:
    """A working year starts on 1 December, so a December belongs to the next year."""
    if period.last is None:
        raise ValueError("a running period has no last year")
    first = period.first.year + (period.first.month == 12)
    return range(min(first, period.last.year), period.last.year + 1)


async def _years_of(
    nominees: Sequence[Measurable], levels: Collection[str]
) -> Mapping[int, Measured]:
    wanted = [
        (nominee.id, nominee.person_id, year)
        for nominee in nominees
        if nominee.person_id is not None
        for year in classified_years(nominee.period)
    ]
    rows = await YearlyClassification.raw(
        "SELECT a.id, y.year, y.level FROM unnest({}::int[], {}::int[], {}::int[])"
        " AS a (id, person, year) JOIN yearly_classification y"
        " ON y.person = a.person AND y.year = a.year ORDER BY a.id, y.year",
        *([line[column] for line in wanted] for column in range(3)),
    )
    found: dict[int, list[MeasuredRow]] = {}
    for row in rows:
        counts = Decimal(int(row["level"] in levels))
        line = MeasuredRow(str(row["year"]), LEVELS[row["level"]], counts)
        found.setdefault(row["id"], []).append(line)
    return {nominee.id: _sum(found.get(nominee.id, [])) for nominee in nominees}


def _sum(rows: list[MeasuredRow]) -> Measured:
    if not rows:
        return Measured(None)
    return Measured(sum((row.amount or Decimal(0) for row in rows), Decimal(0)), tuple(rows))


def _share(rows: list[dict[str, Any]]) -> Measured:
    classified = sum(row["classified"] for row in rows)
    if not classified:
        return Measured(None)
    lines = tuple(
        MeasuredRow(
            str(row["year"]),
            f"{row['good']}/{row['classified']}",
            _percent(row["good"], row["classified"]),
        )
        for row in rows
    )
    return Measured(_percent(sum(row["good"] for row in rows), classified), lines)


def _percent(part: int, whole: int) -> Decimal:
    return (Decimal(100 * part) / whole).quantize(_FOUR_PLACES, ROUND_HALF_UP)


def _last_day(year: int, period: Period) -> date:
    return min(date(year, 12, 31), period.last or date(year, 12, 31))


_CLASSIFICATIONS = N_("Kết quả xếp loại hằng năm")
_YEARS = N_("Các năm công tác thuộc thời gian lập thành tích; tháng 12 tính vào năm sau.")

INDICATORS = (
    Indicator(
        "organization.good_years",
        N_("Số năm hoàn thành tốt nhiệm vụ trở lên"),
        N_("năm"),
        _CLASSIFICATIONS,
        _YEARS,
        N_("Đếm số năm được xếp loại hoàn thành tốt hoặc hoàn thành xuất sắc nhiệm vụ."),
        ("individual",),
        good_years,
    ),
    Indicator(
        "organization.excellent_years",
        N_("Số năm hoàn thành xuất sắc nhiệm vụ"),
        N_("năm"),
        _CLASSIFICATIONS,
        _YEARS,
        N_("Đếm số năm được xếp loại hoàn thành xuất sắc nhiệm vụ."),
        ("individual",),
        excellent_years,
    ),
    Indicator(
        "organization.good_share",
        N_("Tỷ lệ người được xếp loại hoàn thành tốt nhiệm vụ trở lên"),
        "%",
        _CLASSIFICATIONS,
        _YEARS,
        N_(
            "Số người được xếp loại tốt hoặc xuất sắc chia cho số người được xếp loại, tính trên"
            " những người có vị trí chính tại tập thể và đơn vị trực thuộc vào ngày cuối năm."
        ),
        ("collective",),
        good_share,
    ),
)
