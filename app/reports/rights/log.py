from __future__ import annotations

from datetime import date

from app.audit.policy import may_read_log
from app.kernel.abilities import Ability, Question, ability
from app.kernel.period import today_in_vietnam
from app.kernel.refusal import N_
from app.organization.tables import UnitVersion


async def log(question: Question) -> tuple[Ability, ...]:
    top = await _top_units(today_in_vietnam(question.now))
    return (
        ability(
            N_("Đọc nhật ký"), question.subject, lambda actor: may_read_log(actor, top), over=top
        ),
    )


async def _top_units(today: date) -> frozenset[int]:
    rows = await UnitVersion.raw(
        "SELECT v.unit FROM unit_version v JOIN unit u ON u.id = v.unit WHERE v.parent IS NULL"
        " AND v.valid_from <= {} AND (v.valid_to IS NULL OR v.valid_to >= {})"
        " AND (u.dissolved_on IS NULL OR u.dissolved_on > {})",
        today,
        today,
        today,
    )
    return frozenset(row["unit"] for row in rows)
