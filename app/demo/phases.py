"""The phase rounds as they are planned: their days, their criteria and what they rest on."""

from __future__ import annotations

from datetime import date, timedelta

from app.demo.prepare import MOVEMENT_CODE
from app.movement.rules import canonical, default_protocol
from app.movement.tables import ReviewRound
from app.piccolo_conf import DB

_PRELIMINARY, _FINAL = "VKS-2023-2025", "VKS-2023-2030"
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
    """The preliminary review begins next month; the final one when the movement ends."""
    await _plan(_PRELIMINARY, today + timedelta(days=30), {"result": "average"})
    await _plan(_FINAL, date(2030, 10, 21), {"result": "years_awarded"})


async def _plan(code: str, opens: date, phase: dict[str, object]) -> None:
    days = {name: opens + timedelta(days=count) for name, count in _DAYS.items()}
    protocol = default_protocol() | {"phase": {**phase, "rounds": ["VKS-2025"]}}
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
