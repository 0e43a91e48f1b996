"""A second round that is open today, so that whoever signs in to the demo has something to do.

Its calendar lies around the day the demo is made; everything else in the demo is the same on
every day.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal

from app.accounts.queries import actor_for_login
from app.demo.load import Ids
from app.demo.prepare import MOVEMENT_CODE
from app.demo.world import World
from app.kernel.period import today_in_vietnam
from app.movement import actions as movement
from app.movement.tables import ReviewRound
from app.nominations import actions as nominations
from app.piccolo_conf import DB

CODE = "VKS-2026"
_OFFICER = "dm.lang-son"
_HOME = "vks-lang-son"


async def open_next_round(world: World, ids: Ids, *, now: datetime) -> None:
    """The annual round 2026: open, with one draft and one dossier that waits for its words."""
    round_id = await _create(today_in_vietnam(now))
    secretary = await actor_for_login("thu-ky", now)
    await movement.open_round(round_id, actor=secretary, now=now)
    own = [n for n in world.story.nominees if n.nominating_unit == _HOME and n.person is not None]
    officer = await actor_for_login(_OFFICER, now)
    for nominee, submitted in zip(own[:2], (False, True), strict=True):
        assert nominee.person is not None  # noqa: S101 - chosen so above
        nomination = await nominations.nominate_person(
            round_id,
            ids.people[nominee.person],
            ids.units[nominee.unit],
            nominee.achievement_line.replace("2025", "2026"),
            actor=officer,
            now=now,
        )
        for item in nominee.evidence[:2]:
            await nominations.add_evidence(
                nomination,
                item.criterion,
                item.statement,
                Decimal(item.before),
                Decimal(item.after),
                item.unit,
                "",
                actor=officer,
                now=now,
            )
        if submitted:
            await nominations.submit(nomination, actor=officer, now=now)


async def _create(today: date) -> int:
    """Judged by the same criteria sets and for the same award as the round before."""
    async with DB.transaction():
        made = await ReviewRound.raw(
            "INSERT INTO review_round (movement, code, kind, name, achievements_from,"
            " achievements_to, nominations_open_on, nominations_close_on, scoring_close_on,"
            " session_on, award_form, individual_set, collective_set)"
            " SELECT r.movement, {}, 'annual', 'Tổng kết năm 2026', DATE '2025-12-01',"
            " DATE '2026-11-30', {}, {}, {}, {}, r.award_form, r.individual_set, r.collective_set"
            " FROM review_round r JOIN movement m ON m.id = r.movement"
            " WHERE m.code = {} AND r.code = 'VKS-2025' RETURNING id",
            CODE,
            today - timedelta(days=14),
            today + timedelta(days=14),
            today + timedelta(days=28),
            today + timedelta(days=35),
            MOVEMENT_CODE,
        )
    return int(made[0]["id"])
