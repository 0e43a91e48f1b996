"""The columns of points of one dossier, as its reader may see them."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable, Mapping
from decimal import Decimal

from app.kernel.actor import Actor
from app.kernel.indicators import Measured
from app.nominations import policy
from app.nominations.rules import GIVERS, Column, Dossier
from app.nominations.tables import ScoreColumn

# What the council gave is another room's to know, and above: it says so here when the system is
# put together. None: nothing is frozen yet, or this reader may not see it.
CouncilColumn = Callable[[Dossier, Actor], Awaitable[Column | None]]
_council: list[CouncilColumn] = []


def take_council_column_from(source: CouncilColumn) -> None:
    """Once, by the composition root."""
    _council[:] = [source]


# What a phase round cites of its years, from the same later room; None for whoever may not see it.
CitedYears = Callable[[Dossier, Actor], Awaitable[Measured | None]]
_cited_years: list[CitedYears] = []


def take_cited_years_from(source: CitedYears) -> None:
    """Once, by the composition root."""
    _cited_years[:] = [source]


async def cited_years_of(dossier: Dossier, actor: Actor) -> Measured | None:
    for source in _cited_years:
        return await source(dossier, actor)
    return None


async def columns_of(dossier: Dossier, actor: Actor) -> Mapping[str, Column]:
    """Those this reader sees, in the order of rules.COLUMNS; one not begun is an empty one."""
    stored = await _stored(dossier.id)
    seen = {
        giver: stored.get(giver, Column())
        for giver in GIVERS
        if policy.sees_column(actor, dossier, giver)
    }
    for source in _council:
        if (council := await source(dossier, actor)) is not None:
            seen["council"] = council
    return seen


async def stored_column(nomination_id: int, giver: str) -> Column:
    """For the action that changes it, which has locked the dossier."""
    return (await _stored(nomination_id)).get(giver, Column())


async def _stored(nomination_id: int) -> dict[str, Column]:
    rows = await ScoreColumn.raw(
        "SELECT s.giver, s.version, s.note, a.name AS by, s.at,"
        " (SELECT json_object_agg(c.code, m.points::text) FROM score_column_mark m"
        " JOIN criterion c ON c.id = m.criterion WHERE m.score_column = s.id) AS marks"
        " FROM score_column s JOIN account a ON a.id = s.by WHERE s.nomination = {}",
        nomination_id,
    )
    return {
        row["giver"]: Column(
            {code: Decimal(text) for code, text in json.loads(row["marks"] or "{}").items()},
            row["version"],
            row["note"],
            row["by"],
            row["at"],
        )
        for row in rows
    }
