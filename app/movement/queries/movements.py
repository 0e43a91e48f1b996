"""Movements, what they rest on, and their rounds as lines. Everybody signed in may read them."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date

from app.kernel.period import Period
from app.kernel.refusal import NotVisible
from app.movement.queries.rounds import LARGEST_ID
from app.movement.tables import Movement, MovementDate, ReviewRound


@dataclass(frozen=True, slots=True)
class RoundLine:
    id: int
    code: str
    name: str
    kind: str
    achievements: Period
    nominations: Period | None
    session_on: date | None
    opened: bool


@dataclass(frozen=True, slots=True)
class SourceLine:
    id: int
    number: str
    title: str
    issuer: str
    signed_on: date | None
    effective_to: date | None


@dataclass(frozen=True, slots=True)
class YearlyDate:
    id: int
    name: str
    month: int
    day: int


@dataclass(frozen=True, slots=True)
class MovementLine:
    id: int
    name: str
    launched_by: str
    launched_on: date
    ends_on: date | None
    parent: str
    rounds: int


@dataclass(frozen=True, slots=True)
class MovementFacts:
    """`parent`: (id, name) of the movement it is part of.

    `unit_id`: of the unit that launched it.
    """

    id: int
    code: str
    name: str
    plan: str
    launched_by: str
    launched_on: date
    ends_on: date | None
    summary: str
    parent: tuple[int, str] | None
    parts: tuple[MovementLine, ...]
    sources: tuple[SourceLine, ...]
    dates: tuple[YearlyDate, ...]
    rounds: tuple[RoundLine, ...]
    unit_id: int

    @property
    def life(self) -> Period:
        return Period(self.launched_on, self.ends_on)


# The launching unit is shown by the name it had on the day of the launch.
_LINES = (
    "SELECT m.id, m.name, coalesce(v.name, '') AS launched_by, m.launched_on, m.ends_on,"
    " coalesce(p.name, '') AS parent,"
    " (SELECT count(*) FROM review_round r WHERE r.movement = m.id) AS rounds"
    " FROM movement m LEFT JOIN movement p ON p.id = m.parent"
    " LEFT JOIN unit_version v ON v.unit = m.launched_by AND v.valid_from <= m.launched_on"
    " AND (v.valid_to IS NULL OR v.valid_to >= m.launched_on)"
)
_NEWEST_FIRST = "ORDER BY m.launched_on DESC, m.id"


async def movements() -> tuple[MovementLine, ...]:
    rows = await Movement.raw(f"{_LINES} {_NEWEST_FIRST}")
    return tuple(MovementLine(**row) for row in rows)


async def movement(movement_id: int) -> MovementFacts:
    if not 0 < movement_id <= LARGEST_ID:
        raise NotVisible
    rows = await Movement.raw(
        "SELECT m.*, v.name AS unit_name, p.name AS parent_name,"
        " (SELECT json_agg(json_build_array(s.id, s.number, s.title, s.issuer,"
        " s.signed_on, s.effective_to) ORDER BY s.signed_on NULLS LAST, s.number)"
        " FROM movement_source ms JOIN legal_source s ON s.id = ms.source"
        " WHERE ms.movement = m.id) AS sources FROM movement m"
        " LEFT JOIN movement p ON p.id = m.parent LEFT JOIN unit_version v"
        " ON v.unit = m.launched_by AND v.valid_from <= m.launched_on"
        " AND (v.valid_to IS NULL OR v.valid_to >= m.launched_on) WHERE m.id = {}",
        movement_id,
    )
    if not rows:
        raise NotVisible
    row = rows[0]
    parts = await Movement.raw(f"{_LINES} WHERE m.parent = {{}} {_NEWEST_FIRST}", movement_id)
    return MovementFacts(
        row["id"],
        row["code"],
        row["name"],
        row["plan"],
        row["unit_name"] or "",
        row["launched_on"],
        row["ends_on"],
        row["summary"],
        (row["parent"], row["parent_name"]) if row["parent"] else None,
        tuple(MovementLine(**part) for part in parts),
        tuple(
            SourceLine(id_, number, title, issuer, _day(signed), _day(until))
            for id_, number, title, issuer, signed, until in json.loads(row["sources"] or "[]")
        ),
        await _dates(movement_id),
        await _round_lines(movement_id),
        row["launched_by"],
    )


async def _dates(movement_id: int) -> tuple[YearlyDate, ...]:
    rows = await MovementDate.raw(
        "SELECT id, name, month, day FROM movement_date WHERE movement = {}"
        " ORDER BY month, day, name",
        movement_id,
    )
    return tuple(YearlyDate(**row) for row in rows)


async def _round_lines(movement_id: int) -> tuple[RoundLine, ...]:
    rows = await ReviewRound.raw(
        "SELECT r.*, o.id AS opening FROM review_round r"
        " LEFT JOIN round_opening o ON o.round = r.id"
        " WHERE r.movement = {} ORDER BY r.achievements_to DESC, r.achievements_from DESC",
        movement_id,
    )
    return tuple(
        RoundLine(
            row["id"],
            row["code"],
            row["name"],
            row["kind"],
            Period(row["achievements_from"], row["achievements_to"]),
            _period(row["nominations_open_on"], row["nominations_close_on"]),
            row["session_on"],
            row["opening"] is not None,
        )
        for row in rows
    )


def _period(first: date | None, last: date | None) -> Period | None:
    return Period(first, last) if first is not None else None


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
