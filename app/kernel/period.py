"""Dates as the field reads them: both ends count, and the day is Vietnam's."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone

# Vietnam has had no daylight saving since 1975, so a fixed offset is exact and needs no tzdata.
VIETNAM = timezone(timedelta(hours=7), "Asia/Ho_Chi_Minh")


@dataclass(frozen=True, slots=True)
class Period:
    """From `first` to `last`, both included; `last` None means still running."""

    first: date
    last: date | None = None

    def __contains__(self, day: date) -> bool:
        return self.first <= day and (self.last is None or day <= self.last)

    def overlaps(self, other: Period) -> bool:
        return (self.last is None or other.first <= self.last) and (
            other.last is None or self.first <= other.last
        )

    def years(self) -> range:
        """Calendar years touched; a running period has no end, so it is refused."""
        if self.last is None:
            raise ValueError("a running period has no last year")
        return range(self.first.year, self.last.year + 1)


def today_in_vietnam(moment: datetime) -> date:
    """`moment` must carry a time zone."""
    if moment.tzinfo is None:
        raise ValueError("a moment without a time zone has no date in Vietnam")
    return moment.astimezone(VIETNAM).date()


def show_date(day: date) -> str:
    return day.strftime("%d/%m/%Y")


def show_moment(moment: datetime) -> str:
    return moment.astimezone(VIETNAM).strftime("%d/%m/%Y %H:%M")


def in_words(day: date) -> str:
    """`ngày 05 tháng 9 năm 2025`: days below 10 and months 1 and 2 take a leading zero.

    NĐ 30/2020/NĐ-CP, annex I. The spaces are no-break spaces, so no line ever splits the date.
    """
    month = f"{day.month:02d}" if day.month <= 2 else str(day.month)
    return f"ngày {day.day:02d} tháng {month} năm {day.year}".replace(" ", "\u00a0")
