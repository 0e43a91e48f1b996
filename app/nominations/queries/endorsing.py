"""What waits at a level of the way, what it sent on, and what happened to that since."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from piccolo.querystring import QueryString

from app.eligibility.queries import Measure, Nominee, facts_of
from app.eligibility.rules import gate_verdicts, overall, settings_from
from app.kernel.actor import Actor
from app.kernel.refusal import NotVisible
from app.kernel.verdict import Verdict
from app.movement.rules import RoundFacts
from app.nominations.policy import ENDORSEMENT, REVIEW
from app.nominations.queries.dossier import LARGEST_ID
from app.nominations.queries.visible import seen_by, units_of
from app.nominations.rules.endorsing import Candidate, Level, ListFacts, WaitingRow, is_ready
from app.nominations.tables import Nomination
from app.web.paging import Cursor, PageOf

PAGE = 100
# Of `x.unit`, by its last name: a level may have been dissolved since.
_NAME = "(SELECT v.name FROM unit_version v WHERE v.unit = {} ORDER BY v.valid_from DESC LIMIT 1)"


@dataclass(frozen=True, slots=True)
class LevelChoice:
    """A level the reader has a part in: how many dossiers wait there, how many lists it sent."""

    id: int
    name: str
    waiting: int
    lists: int


@dataclass(frozen=True, slots=True)
class ListRow:
    """One dossier of a list; `standing`: the endorsement still holds."""

    id: int
    code: str
    name: str
    unit_name: str
    position: int
    votes: int | None
    standing: bool
    state: str


async def levels(round_id: int, actor: Actor) -> tuple[LevelChoice, ...]:
    """Highest first; a level with neither dossiers nor lists is not among them."""
    rows = await Nomination.raw(
        f"SELECT x.unit AS id, {_NAME.format('x.unit')} AS name, sum(x.waiting)::int AS waiting,"
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
        f"SELECT u.id, {_NAME.format('u.id')} AS name FROM unit u WHERE u.id = {{}}",
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
        " EXISTS (SELECT FROM dossier_return d WHERE d.nomination = n.id) AS returned,"
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
        " EXISTS (SELECT FROM dossier_return d WHERE d.nomination = n.id) AS returned"
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


async def lists_of(round_id: int, unit_id: int) -> tuple[ListFacts, ...]:
    """What a level sent on, newest first."""
    rows = await Nomination.raw(
        f"{_LIST} WHERE l.round = {{}} AND l.unit = {{}} ORDER BY l.at DESC, l.id DESC",
        round_id,
        unit_id,
    )
    return tuple(ListFacts(**row) for row in rows)


def list_seen_by(actor: Actor) -> QueryString:
    """Endorsement list `l`."""
    return QueryString("l.unit = ANY({})", units_of(actor, *ENDORSEMENT, *REVIEW))


async def endorsement_list(list_id: int, actor: Actor) -> ListFacts:
    """For the level and who reviews it: its paper names everybody, so one dossier opens none."""
    if not 0 < list_id <= LARGEST_ID:
        raise NotVisible
    rows = await Nomination.raw(
        f"{_LIST} WHERE l.id = {{}} AND {{}}",
        list_id,
        list_seen_by(actor),
    )
    if not rows:
        raise NotVisible
    return ListFacts(**rows[0])


async def paper_of(list_id: int) -> str:
    """The SHA-256 of its paper; NotVisible when it has none. The caller has loaded the list."""
    rows = await Nomination.raw(
        "SELECT s.sha256 FROM endorsement_list l JOIN stored_file s ON s.id = l.paper"
        " WHERE l.id = {}",
        list_id,
    )
    if not rows:
        raise NotVisible
    return str(rows[0]["sha256"])


async def list_rows(list_id: int, actor: Actor) -> tuple[ListRow, ...]:
    """In the level's own order; only what the reader sees anyway."""
    rows = await Nomination.raw(
        "SELECT n.id, n.code, n.name, n.unit_name, e.position, e.votes,"
        " e.ended_at IS NULL AS standing, coalesce(g.outcome, n.stage) AS state"
        " FROM endorsement e JOIN nomination n ON n.id = e.nomination"
        " LEFT JOIN gate_check g ON g.nomination = n.id"
        " WHERE e.endorsement_list = {} AND {} ORDER BY e.position",
        list_id,
        seen_by(actor),
    )
    return tuple(ListRow(**row) for row in rows)


async def acted_on(list_id: int) -> tuple[str, ...]:
    """Codes of the list that the next level or the office has touched since, in its order."""
    rows = await Nomination.raw(
        "SELECT n.code FROM endorsement e JOIN endorsement_list l ON l.id = e.endorsement_list"
        " JOIN nomination n ON n.id = e.nomination WHERE l.id = {} AND ("
        " e.ended_at IS NOT NULL"
        " OR EXISTS (SELECT FROM endorsement x WHERE x.nomination = n.id AND x.step > e.step"
        " AND x.ended_at IS NULL)"
        " OR EXISTS (SELECT FROM nomination_refusal x WHERE x.nomination = n.id AND x.at >= l.at)"
        " OR EXISTS (SELECT FROM item_return x WHERE x.nomination = n.id AND x.at >= l.at)"
        " OR EXISTS (SELECT FROM inter_agency_opinion x"
        " WHERE x.nomination = n.id AND x.at >= l.at)"
        " OR EXISTS (SELECT FROM attestation x"
        " WHERE x.nomination = n.id AND x.gate = 'G1' AND x.at >= l.at)"
        " OR EXISTS (SELECT FROM score_column x"
        " WHERE x.nomination = n.id AND x.giver = 'appraisal' AND x.at >= l.at)"
        " OR EXISTS (SELECT FROM gate_check x WHERE x.nomination = n.id)) ORDER BY e.position",
        list_id,
    )
    return tuple(row["code"] for row in rows)


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


_LIST = (
    "SELECT l.id, l.round AS round_id, l.unit AS unit_id,"
    f" coalesce({_NAME.format('l.unit')}, '') AS unit_name, l.paper_number, l.paper_on,"
    " l.paper_name, l.votes_total, a.name AS by, l.at,"
    " (SELECT count(*) FROM endorsement e WHERE e.endorsement_list = l.id) AS count,"
    " coalesce(b.name, '') AS undone_by, l.undone_at"
    " FROM endorsement_list l JOIN account a ON a.id = l.by"
    " LEFT JOIN account b ON b.id = l.undone_by"
)
