"""Public holidays of Vietnam, from the `holidays` package.

It knows the holidays of the Labour Code, lunar ones included, and the days off and days worked in
exchange that the government announced before the package was released. What is announced later is
not known here: the secretary then gives the list a few days more.
"""

from __future__ import annotations

from datetime import date

import holidays

from app.public_comment.rules import DaysOff

# A list is published for weeks: the year it begins in and the next are enough.
_YEARS_AHEAD = 1


def days_off(first: date) -> DaysOff:
    """Around `first`, by their Vietnamese names."""
    years = range(first.year, first.year + _YEARS_AHEAD + 1)
    found = holidays.country_holidays("VN", years=years, language="vi")
    worked = frozenset(day for day in found.weekend_workdays if day.year in years)
    return DaysOff(dict(found), worked)
