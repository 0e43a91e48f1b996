"""What waits at a level of the way, what it sent on, and what happened to that since."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from app.eligibility.queries import Measure, Nominee, facts_of
from app.eligibility.rules import gate_verdicts, overall, settings_from
from app.kernel.actor import Actor
from app.kernel.refusal import NotVisible
from app.kernel.verdict import Verdict
from app.movement.rules import RoundFacts
from app.nominations.policy import ENDORSEMENT
from app.nominations.queries.dossier import LARGEST_ID
from app.nominations.queries.visible import CAME_BACK, seen_by, units_of
from app.nominations.rules.endorsing import Candidate, Level, WaitingRow, is_ready
from app.nominations.tables import Nomination
from app.web.paging import Cursor, PageOf

PAGE = 100
# Of `x.unit`, by its last name: a level may have been dissolved since.
NAME = "(SELECT v.name FROM unit_version v WHERE v.unit = {} ORDER BY v.valid_from DESC LIMIT 1)"


@dataclass(frozen=True, slots=True)
class LevelChoice:
    """A level the reader has a part in: how many dossiers wait there, how many lists it sent."""

    id: int
    name: str
    waiting: int
    lists: int


async def levels(round_id: int, actor: Actor) -> tuple[LevelChoice, ...]:
    """Highest first; a level with neither dossiers nor lists is not among them."""
    rows = await Nomination.raw(
        f"SELECT x.unit AS id, {NAME.format('x.unit')} AS name, sum(x.waiting)::int AS waiting,"
        " sum(x.lists)::int AS lists FROM ("
        " SELECT n.at_unit AS unit, count(*) AS waiting, 0 AS lists, max(t.position) AS step"
        " FROM nomination n JOIN route_step t ON t.nomination = n.id AND t.unit = n.at_unit"
        " WHERE n.round = {} AND n.stage = 'route' AND n.at_unit = ANY({}) GROUP BY n.at_unit"
        " UNION ALL SELECT l.unit, 0, count(DISTINCT l.id), max(e.step) FROM endorsement_list l"
        " JOIN endorsement e ON e.endorsement_list = l.id"
        " WHERE l.round = {} AND l.unit = ANY({}) GROUP BY l.unit) x"
        " GROUP BY x.unit ORDER BY max(x.step) DESC, 3 DESC, 2",
        round_id,
        units_of(actor, *ENDORSEMENT),
        round_id,
        units_of(actor, *ENDORSEMENT),
    )
    return tuple(LevelChoice(**row) for row in rows)


async def level(unit_id: int) -> Level:
    if not 0 < unit_id <= LARGEST_ID:
        raise NotVisible
    rows = await Nomination.raw(
        f"SELECT u.id, {NAME.format('u.id')} AS name FROM unit u WHERE u.id = {{}}",
        unit_id,
    )
    if not rows or rows[0]["name"] is None:
        raise NotVisible
    return Level(**rows[0])


async def waiting_at(
    round_: RoundFacts,
    unit_id: int,
    actor: Actor,
    today: date,
    cursor: Cursor | None = None,
    limit: int = PAGE,
) -> PageOf[WaitingRow]:
    """In the order of names, with the gates as they stand today; a fixed number of statements."""
    after = cursor or Cursor("", 0)
    rows = await Nomination.raw(
        "SELECT n.id, n.code, n.subject, n.name, n.post, n.unit_name, n.order_key, n.person,"
        " n.collective, p.agree_votes, p.members_present,"
        f" {CAME_BACK} AS returned,"
        f" {_points('self')} AS self_points, {_points('unit')} AS unit_points,"
        " (SELECT count(*) FROM evidence_item e WHERE e.nomination = n.id"
        " AND e.withdrawn_at IS NULL AND e.quantity_after IS NOT NULL) AS quantified,"
        " (SELECT json_object_agg(a.gate, a.positive) FROM attestation a"
        " WHERE a.nomination = n.id) AS words"
        " FROM nomination n LEFT JOIN LATERAL (SELECT w.agree_votes, q.members_present"
        " FROM peer_review_vote w JOIN peer_review q ON q.id = w.peer_review"
        " WHERE w.nomination = n.id) p ON true"
        " WHERE n.round = {} AND n.stage = 'route' AND n.at_unit = {} AND {}"
        ' AND (n.order_key COLLATE "C", n.id) > ({}, {})'
        f' ORDER BY n.order_key COLLATE "C", n.id LIMIT {limit + 1}',
        round_.id,
        unit_id,
        seen_by(actor),
        after.key,
        after.id,
    )
    shown = rows[:limit]
    verdicts = await _verdicts(round_, shown, today)
    found = tuple(_waiting(row, verdicts[row["id"]]) for row in shown)
    more = len(rows) > limit
    return PageOf(found, Cursor(shown[-1]["order_key"], shown[-1]["id"]) if more else None)


async def all_waiting_at(round_id: int, unit_id: int, actor: Actor) -> tuple[int, ...]:
    """Every dossier there, in the order of names."""
    rows = await Nomination.raw(
        "SELECT n.id FROM nomination n WHERE n.round = {} AND n.stage = 'route'"
        ' AND n.at_unit = {} AND {} ORDER BY n.order_key COLLATE "C", n.id',
        round_id,
        unit_id,
        seen_by(actor),
    )
    return tuple(row["id"] for row in rows)


async def codes_of(ids: Sequence[int], round_id: int, actor: Actor) -> dict[int, tuple[str, str]]:
    """(code, name) of those the reader sees."""
    rows = await Nomination.raw(
        "SELECT n.id, n.code, n.name FROM nomination n"
        " WHERE n.id = ANY({}) AND n.round = {} AND {}",
        list(ids),
        round_id,
        seen_by(actor),
    )
    return {row["id"]: (row["code"], row["name"]) for row in rows}


async def candidates_for_update(
    ids: Sequence[int], round_id: int, actor: Actor
) -> tuple[Candidate, ...]:
    """Call inside a transaction. Locked in the order of ids, by a statement of its own."""
    await Nomination.raw(
        "SELECT id FROM nomination WHERE id = ANY({}) ORDER BY id FOR UPDATE", list(ids)
    )
    rows = await Nomination.raw(
        "SELECT n.id, n.code, CASE WHEN n.stage = 'route' THEN n.at_unit END AS at_unit_id,"
        " coalesce((SELECT t.position FROM route_step t WHERE t.nomination = n.id"
        " AND t.unit = n.at_unit), 0) AS step,"
        f" {CAME_BACK} AS returned"
        " FROM nomination n WHERE n.id = ANY({}) AND n.round = {} AND {} ORDER BY n.id",
        list(ids),
        round_id,
        seen_by(actor),
    )
    if len(rows) != len(set(ids)):
        raise NotVisible
    return tuple(Candidate(**row) for row in rows)


async def scoring_opened(round_id: int) -> bool:
    """Opening scoring freezes every dossier at the office at once, so any one of them tells."""
    rows = await Nomination.raw(
        "SELECT EXISTS (SELECT FROM gate_check x WHERE x.nomination = (SELECT y.id"
        " FROM nomination y WHERE y.round = {} AND y.stage = 'office' LIMIT 1)) AS opened",
        round_id,
    )
    return bool(rows[0]["opened"])


def _points(giver: str) -> str:
    return (
        "(SELECT sum(m.points) FROM score_column s JOIN score_column_mark m"
        f" ON m.score_column = s.id WHERE s.nomination = n.id AND s.giver = '{giver}')"
    )


async def _verdicts(
    round_: RoundFacts, rows: Sequence[dict[str, Any]], today: date
) -> dict[int, Mapping[str, Verdict]]:
    nominees = [
        Nominee(
            row["id"],
            row["subject"],
            row["person"],
            row["collective"],
            row["quantified"],
            json.loads(row["words"] or "{}"),
        )
        for row in rows
    ]
    if not nominees or round_.opening is None:
        return {}
    measure = Measure(round_.kind, round_.achievements, settings_from(round_.opening.protocol))
    found = await facts_of(nominees, measure, today)
    return {key: gate_verdicts(facts) for key, facts in found.items()}


def _waiting(row: dict[str, Any], verdicts: Mapping[str, Verdict]) -> WaitingRow:
    judged = ("outcome", "ready")
    named = {name: row[name] for name in WaitingRow.__dataclass_fields__ if name not in judged}
    return WaitingRow(**named, outcome=overall(verdicts), ready=is_ready(verdicts))
