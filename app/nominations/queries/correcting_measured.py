"""What a correction does to points that the system computes, and whom it does not show."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from app.kernel.actor import Actor
from app.movement.rules import CriteriaSetFacts, RoundFacts
from app.nominations.queries.measuring import measured_of_round
from app.nominations.queries.visible import FROM, seen_by
from app.nominations.rules.correcting import MeasuredDossier, measured_effects
from app.nominations.tables import Nomination
from app.web.paging import Cursor, PageOf

PAGE = 50
_STANDS = "n.round = {} AND n.subject = {} AND n.stage NOT IN ('refused', 'withdrawn')"


async def dossiers_measured(
    round_: RoundFacts,
    old: CriteriaSetFacts,
    new: CriteriaSetFacts,
    codes: Collection[str],
    actor: Actor,
    *,
    cursor: Cursor | None = None,
) -> PageOf[MeasuredDossier]:
    """In the order of names: what measured criteria give by the old version and by the new one.

    `codes`: those that change. Two statements, and one for each indicator.
    """
    before, after = (
        tuple(c for c in found.measured if c.code in codes and c.indicator) for found in (old, new)
    )
    if not before and not after:
        return PageOf((), None)
    start = cursor or Cursor("", 0)
    rows = await Nomination.raw(
        f"SELECT n.id, n.code, n.name, n.unit_name, n.order_key FROM {FROM} WHERE {_STANDS}"
        ' AND {} AND (n.order_key COLLATE "C", n.id) > ({}, {})'
        f' ORDER BY n.order_key COLLATE "C", n.id LIMIT {PAGE + 1}',
        round_.id,
        new.subject,
        seen_by(actor),
        start.key,
        start.id,
    )
    shown = rows[:PAGE]
    # Both versions at once: no indicator is asked twice.
    both = replace(round_, sets={new.subject: replace(new, criteria=(*before, *after))})
    found = await measured_of_round(both, [row["id"] for row in shown])
    dossiers = tuple(
        MeasuredDossier(
            **row,
            effects=measured_effects(
                found[row["id"]][: len(before)], found[row["id"]][len(before) :]
            ),
        )
        for row in shown
    )
    more = len(rows) > PAGE
    return PageOf(dossiers, Cursor(dossiers[-1].order_key, dossiers[-1].id) if more else None)


async def in_preparation(round_id: int, subject: str, actor: Actor) -> int:
    """Dossiers that were not handed in and that this reader does not see."""
    rows = await Nomination.raw(
        f"SELECT count(*) AS n FROM {FROM} WHERE {_STANDS} AND n.submitted_at IS NULL"
        " AND ({}) IS NOT TRUE",
        round_id,
        subject,
        seen_by(actor),
    )
    return int(rows[0]["n"])
