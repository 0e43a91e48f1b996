"""The units that take part in a movement."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from piccolo.querystring import QueryString

from app.kernel.period import Period
from app.kernel.refusal import NotVisible
from app.movement.queries.rounds import LARGEST_ID
from app.movement.tables import Movement, MovementUnit
from app.organization.queries.asking import has_words, words
from app.web.paging import Cursor, PageOf

PAGE = 50


@dataclass(frozen=True, slots=True)
class JoinedUnit:
    """`name`: what the unit was last called; the same unit may have left and come back."""

    id: int
    unit_id: int
    code: str
    name: str
    order_key: str
    joined_on: date
    left_on: date | None


async def joined_units(
    movement_id: int,
    *,
    search: str = "",
    cursor: Cursor | None = None,
    limit: int = PAGE,
) -> PageOf[JoinedUnit]:
    """By name; `search`: every word begins one of the name's, without marks and in any order."""
    after = cursor or Cursor("", 0)
    rows = await MovementUnit.raw(
        "SELECT m.id, m.unit AS unit_id, u.code, v.name, v.order_key, m.joined_on, m.left_on"
        " FROM movement_unit m JOIN unit u ON u.id = m.unit CROSS JOIN LATERAL"
        " (SELECT x.name, x.order_key, x.search_key FROM unit_version x WHERE x.unit = m.unit"
        " ORDER BY x.valid_from DESC LIMIT 1) v"
        " WHERE m.movement = {} AND {}"
        ' AND (v.order_key COLLATE "C", m.id) > ({}, {})'
        f' ORDER BY v.order_key COLLATE "C", m.id LIMIT {limit + 1}',
        movement_id,
        has_words("v", words(search)) if search.strip() else QueryString("TRUE"),
        after.key,
        after.id,
    )
    shown = tuple(JoinedUnit(**row) for row in rows[:limit])
    more = len(rows) > limit
    return PageOf(shown, Cursor(shown[-1].order_key, shown[-1].id) if more else None)


async def joined_count(movement_id: int, today: date) -> int:
    """Units that are in it today; the last day still counts."""
    rows = await MovementUnit.raw(
        "SELECT count(*) AS n FROM movement_unit WHERE movement = {} AND joined_on <= {}"
        " AND (left_on IS NULL OR left_on >= {})",
        movement_id,
        today,
        today,
    )
    return int(rows[0]["n"])


async def unit_life(unit_id: int) -> Period:
    rows = await Movement.raw("SELECT founded_on, dissolved_on FROM unit WHERE id = {}", unit_id)
    if not rows:
        raise NotVisible
    return Period(rows[0]["founded_on"], rows[0]["dissolved_on"])


async def memberships(movement_id: int, unit_id: int) -> tuple[Period, ...]:
    rows = await MovementUnit.raw(
        "SELECT joined_on, left_on FROM movement_unit WHERE movement = {} AND unit = {}",
        movement_id,
        unit_id,
    )
    return tuple(Period(row["joined_on"], row["left_on"]) for row in rows)


async def membership(movement_id: int, membership_id: int) -> Period:
    """NotVisible when there is none of that id in the movement."""
    if not 0 < membership_id <= LARGEST_ID:
        raise NotVisible
    rows = await MovementUnit.raw(
        "SELECT joined_on, left_on FROM movement_unit WHERE movement = {} AND id = {}",
        movement_id,
        membership_id,
    )
    if not rows:
        raise NotVisible
    return Period(rows[0]["joined_on"], rows[0]["left_on"])


def directly_below(unit_id: int, day: date) -> QueryString:
    """The units whose parent it is on `day`."""
    return QueryString(
        "SELECT v.unit FROM unit_version v WHERE v.parent = {} AND v.valid_from <= {}"
        " AND (v.valid_to IS NULL OR v.valid_to >= {})",
        unit_id,
        day,
        day,
    )
