"""What stands in the tables after an event of units."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from app.audit.tables import AuditEntry
from app.organization import queries
from app.organization.tables import Posting
from tests.conftest import World

DAY, LAST = date(2025, 7, 1), date(2025, 6, 30)
LANG_SON, CAO_BANG = (
    "Viện kiểm sát nhân dân tỉnh Lạng Sơn",
    "Viện kiểm sát nhân dân tỉnh Cao Bằng",
)
Line = tuple[str, str, bool, date, date | None]


async def versions(unit_id: int) -> list[tuple[str, int | None, date, date | None]]:
    facts = (await queries.units_facts([unit_id]))[unit_id]
    return [(v.name, v.parent_id, v.period.first, v.period.last) for v in facts.versions]


async def postings(world: World, person: str) -> list[Line]:
    rows = await Posting.raw(
        "SELECT u.code, q.post, q.is_main, q.valid_from, q.valid_to FROM posting q"
        " JOIN unit u ON u.id = q.unit WHERE q.person = {} ORDER BY q.valid_from, q.post",
        world.ids[person],
    )
    return [tuple(row.values()) for row in rows]


async def logged(action: str) -> list[tuple[int, dict[str, Any]]]:
    rows = (
        await AuditEntry.select(AuditEntry.object_id, AuditEntry.detail)
        .where(AuditEntry.action == f"organization.{action}")
        .order_by(AuditEntry.id)
    )
    return [(row["object_id"], json.loads(row["detail"])) for row in rows]


async def tree(world: World, day: date) -> list[tuple[str, str, int]]:
    page = await queries.children_page(world.ids["root"], day)
    return [(row.code, row.name, row.below) for row in page.rows]
