"""The phase rounds: their days, their criteria and the annual rounds they rest on."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from app.demo import workdays
from app.demo.calendars import reviewed_today
from app.demo.prepare import MOVEMENT_CODE, days_of
from app.movement.rules import canonical, default_protocol
from app.movement.tables import ReviewRound
from app.piccolo_conf import DB

_PRELIMINARY, _FINAL = "VKS-2023-2025", "VKS-2023-2030"
_CITED = ("VKS-2024", "VKS-2025")
# Counted from the day nominations open.
_DAYS = {
    "nominations_open_on": 0,
    "nominations_close_on": 20,
    "endorsement_close_on": 24,
    "appraisal_close_on": 30,
    "scoring_close_on": 40,
    "session_on": 45,
    "comment_open_on": 46,
    "comment_close_on": 53,
    "decision_on": 55,
}


async def plan_phases(today: date) -> None:
    """The preliminary review joins the points of its years, the final one counts the awards."""
    days = days_of(reviewed_today(today))
    now = {name: day for name, day in days.items() if not name.startswith("registration")}
    await _plan(_PRELIMINARY, now, "average")
    await _plan(_FINAL, workdays.spread(date(2030, 10, 21), _DAYS), "years_awarded")


async def _plan(code: str, days: Mapping[str, date], result: str) -> None:
    protocol = default_protocol() | {"phase": {"result": result, "rounds": list(_CITED)}}
    columns = ", ".join(f"{name} = {{}}" for name in days)
    async with DB.transaction():
        await ReviewRound.raw(
            f"UPDATE review_round SET {columns}, protocol = {{}}, award_form = a.award_form,"
            " individual_set = a.individual_set, collective_set = a.collective_set"
            " FROM review_round a JOIN movement m ON m.id = a.movement"
            " WHERE m.code = {} AND a.code = 'VKS-2025'"
            " AND review_round.movement = m.id AND review_round.code = {}",
            *days.values(),
            canonical(protocol),
            MOVEMENT_CODE,
            code,
        )
