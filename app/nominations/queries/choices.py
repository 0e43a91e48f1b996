"""Whom a unit can register or nominate today, found by name."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from app.kernel.actor import Actor
from app.nominations.policy import NOMINATE
from app.nominations.queries.listing import patterns
from app.organization.tables import Posting, UnitVersion

HITS = 30
# What takes somebody: a nomination, or a registration that was not withdrawn.
_TAKEN = {
    "nomination": "nomination n ON n.round = {}",
    "registration": "registration n ON n.withdrawn_at IS NULL AND n.round = {}",
}
_TODAY = "{0}.valid_from <= {{}} AND ({0}.valid_to IS NULL OR {0}.valid_to >= {{}})"
_GOAL = (
    "(SELECT g.goal FROM registration g WHERE g.round = {{}} AND g.withdrawn_at IS NULL"
    " AND g.{0} ORDER BY g.id LIMIT 1)"
)


@dataclass(frozen=True, slots=True)
class Choice:
    """`value` is what the form posts; `taken`: in this round already. `goal`: what was registered
    for the round, empty where nothing was."""

    value: str
    name: str
    note: str
    taken: bool
    goal: str


async def people_to_nominate(
    round_id: int, actor: Actor, today: date, search: str, *, taken_by: str = "nomination"
) -> tuple[Choice, ...]:
    """People posted today in the actor's units; one more than `HITS` says there are more."""
    rows = await Posting.raw(
        "SELECT p.id, q.unit, p.full_name, p.staff_code, q.post, v.name AS unit_name,"
        f" n.id IS NOT NULL AS taken, {_GOAL.format('person = p.id')} AS goal"
        " FROM posting q JOIN person p ON p.id = q.person"
        f" JOIN unit_version v ON v.unit = q.unit AND {_TODAY.format('v')}"
        f" LEFT JOIN {_TAKEN[taken_by]} AND n.person = p.id"
        f" WHERE q.unit = ANY({{}}) AND {_TODAY.format('q')}"
        " AND (' ' || p.search_key || ' ' || v.search_key) LIKE ALL({}::text[])"
        f' ORDER BY p.order_key COLLATE "C", p.id, q.id LIMIT {HITS + 1}',
        round_id,
        today,
        today,
        round_id,
        list(actor.units_for(*NOMINATE)),
        today,
        today,
        patterns(search),
    )
    return tuple(
        Choice(
            f"{row['id']}-{row['unit']}",
            row["full_name"],
            " · ".join(filter(None, (row["post"], row["unit_name"], row["staff_code"]))),
            row["taken"],
            row["goal"] or "",
        )
        for row in rows
    )


async def collectives_to_nominate(
    round_id: int, actor: Actor, today: date, search: str, *, taken_by: str = "nomination"
) -> tuple[Choice, ...]:
    """The actor's units that exist today."""
    rows = await UnitVersion.raw(
        "SELECT v.unit, v.name, w.name AS parent_name, n.id IS NOT NULL AS taken,"
        f" {_GOAL.format('collective = v.unit')} AS goal"
        " FROM unit_version v JOIN unit u ON u.id = v.unit"
        f" LEFT JOIN unit_version w ON w.unit = v.parent AND {_TODAY.format('w')}"
        f" LEFT JOIN {_TAKEN[taken_by]} AND n.collective = v.unit"
        f" WHERE v.unit = ANY({{}}) AND {_TODAY.format('v')}"
        " AND (u.dissolved_on IS NULL OR u.dissolved_on > {})"
        " AND (' ' || v.search_key) LIKE ALL({}::text[])"
        f' ORDER BY v.order_key COLLATE "C", v.unit LIMIT {HITS + 1}',
        round_id,
        today,
        today,
        round_id,
        list(actor.units_for(*NOMINATE)),
        today,
        today,
        today,
        patterns(search),
    )
    return tuple(
        Choice(
            str(row["unit"]), row["name"], row["parent_name"] or "", row["taken"], row["goal"] or ""
        )
        for row in rows
    )
