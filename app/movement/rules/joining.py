"""Units that take part in a movement, and the days that come back in it every year."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable
from datetime import date

from app.kernel.period import Period, show_date
from app.kernel.refusal import N_, Refusal

# No leap year: 29 February comes back every fourth year only, so it is no yearly day.
_COMMON_YEAR = 2023


def refuse_joining(
    joined_on: date, movement: Period, unit: Period, memberships: Iterable[Period]
) -> Refusal | None:
    """`unit`: its life; `memberships`: of this unit in this movement."""
    if joined_on not in movement:
        return Refusal(
            "outside-the-movement",
            N_("Ngày tham gia phải nằm trong thời gian của phong trào (từ {day})."),
            {"day": show_date(movement.first)},
            "joined_on",
        )
    if joined_on not in unit:
        return Refusal(
            "unit-not-there", N_("Đơn vị không hoạt động vào ngày này."), field_name="joined_on"
        )
    if any(Period(joined_on).overlaps(period) for period in memberships):
        return Refusal("already-joined", N_("Đơn vị này đã tham gia."), field_name="unit")
    return None


def refuse_leaving(left_on: date, membership: Period) -> Refusal | None:
    if membership.last is not None:
        return Refusal("already-left", N_("Đơn vị này đã thôi tham gia."))
    if left_on < membership.first:
        return Refusal(
            "before-joining",
            N_("Ngày thôi tham gia không được trước ngày tham gia ({day})."),
            {"day": show_date(membership.first)},
            "left_on",
        )
    return None


def refuse_yearly_day(month: int, day: int) -> Refusal | None:
    """`month` is 1 to 12."""
    most = monthrange(_COMMON_YEAR, month)[1]
    if not 1 <= day <= most:
        return Refusal(
            "no-such-day",
            N_("Tháng {month} không có ngày này hằng năm."),
            {"month": month},
            "day",
        )
    return None
