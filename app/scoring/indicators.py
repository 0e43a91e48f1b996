"""What the frozen annual rounds measure: for criteria that look back over the years."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction

from app.kernel.indicators import Indicator, Measurable, Measured, MeasuredRow
from app.kernel.refusal import N_
from app.scoring.queries.annual import annual_results, decided_within
from app.scoring.rules.annual import AnnualResult, as_decimal, average, best, years_awarded


async def annual_average(nominees: Sequence[Measurable]) -> Mapping[int, Measured]:
    return await _joined(nominees, average)


async def annual_best(nominees: Sequence[Measurable]) -> Mapping[int, Measured]:
    return await _joined(nominees, best)


async def annual_years_awarded(nominees: Sequence[Measurable]) -> Mapping[int, Measured]:
    """None as long as no round of the period was decided; from then on nobody named is a zero."""
    found = await annual_results(nominees)
    decided = await decided_within({(nominee.period, nominee.movement_id) for nominee in nominees})
    return {
        nominee.id: Measured(Decimal(years_awarded(found[nominee.id])), _awarded(found[nominee.id]))
        if decided[nominee.period, nominee.movement_id]
        else Measured(None)
        for nominee in nominees
    }


async def _joined(
    nominees: Sequence[Measurable],
    join: Callable[[Iterable[AnnualResult]], Fraction | None],
) -> Mapping[int, Measured]:
    return {
        nominee: Measured(as_decimal(join(own)), tuple(map(_row, own)))
        for nominee, own in (await annual_results(nominees, decided_only=True)).items()
    }


def _awarded(results: Iterable[AnnualResult]) -> tuple[MeasuredRow, ...]:
    return tuple(
        MeasuredRow(own.round_name, own.name, Decimal(1), _href(own))
        for own in results
        if own.awarded
    )


def _row(own: AnnualResult) -> MeasuredRow:
    """Without the rank: who was awarded is public, how the others were ranked is not."""
    return MeasuredRow(own.round_name, own.name, own.value, _href(own))


def _href(own: AnnualResult) -> str:
    # Everybody who reads the dossier may open a round, but not every one its ranking.
    return f"/rounds/{own.round_id}"


_RANKINGS = N_("Xếp hạng đã chốt của các đợt tổng kết năm")
_DECISIONS = N_("Quyết định khen thưởng của các đợt tổng kết năm")
_ROUNDS = N_(
    "Các đợt tổng kết năm của cùng phong trào, đã có quyết định khen thưởng, nằm trọn trong thời"
    " gian lập thành tích."
)
_BOTH = ("individual", "collective")

INDICATORS = (
    Indicator(
        "scoring.annual_average",
        N_("Điểm trung bình các năm"),
        N_("điểm"),
        _RANKINGS,
        _ROUNDS,
        N_(
            "Trung bình điểm đã chốt của những năm có xếp hạng; năm không có kết quả thì không"
            " tính. Tập thể tính cả các đơn vị đã sáp nhập vào. Người đọc hồ sơ thấy các điểm này."
        ),
        _BOTH,
        annual_average,
    ),
    Indicator(
        "scoring.annual_best",
        N_("Điểm của năm cao nhất"),
        N_("điểm"),
        _RANKINGS,
        _ROUNDS,
        N_(
            "Điểm đã chốt cao nhất trong các năm. Tập thể tính cả các đơn vị đã sáp nhập vào."
            " Người đọc hồ sơ thấy các điểm này."
        ),
        _BOTH,
        annual_best,
    ),
    Indicator(
        "scoring.years_awarded",
        N_("Số năm được khen thưởng"),
        N_("năm"),
        _DECISIONS,
        _ROUNDS,
        N_(
            "Đếm số đợt tổng kết năm có quyết định khen thưởng. Tập thể tính cả các đơn vị đã"
            " sáp nhập vào, mỗi năm một lần."
        ),
        _BOTH,
        annual_years_awarded,
    ),
)
