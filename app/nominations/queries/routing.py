"""Where a dossier stands by its records, and all that happened to it on its way."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from app.nominations.rules.returning import StandingRefusal
from app.nominations.rules.routing import RouteRecords
from app.nominations.tables import Nomination

# `rules.stage_from` for many at once: id, stage, at_unit, submitted_at; what a nomination's own
# columns only remember. A test holds the two together.
STANDING = """
SELECT n.id, CASE WHEN w.gone THEN 'withdrawn' WHEN w.stopped THEN 'refused'
  WHEN s.times = s.back THEN 'draft' WHEN t.unit IS NULL THEN 'office' ELSE 'route' END AS stage,
 CASE WHEN NOT w.gone AND NOT w.stopped AND s.times <> s.back THEN t.unit END AS at_unit,
 s.at AS submitted_at
FROM nomination n CROSS JOIN LATERAL (
  SELECT count(*) AS times, max(x.at) AS at, (SELECT count(*) FROM dossier_return d
   WHERE d.nomination = n.id AND d.to_step = 0) AS back
  FROM submission x WHERE x.nomination = n.id) s
CROSS JOIN LATERAL (
  SELECT EXISTS (SELECT FROM withdrawal x WHERE x.nomination = n.id) AS gone,
   EXISTS (SELECT FROM nomination_refusal x
    WHERE x.nomination = n.id AND x.lifted_at IS NULL) AS stopped) w
LEFT JOIN LATERAL (
  SELECT x.unit FROM route_step x WHERE x.nomination = n.id AND NOT EXISTS (
   SELECT FROM endorsement e WHERE e.nomination = n.id AND e.step = x.position
   AND e.ended_at IS NULL) ORDER BY x.position LIMIT 1) t ON true
"""


@dataclass(frozen=True, slots=True)
class RouteEvent:
    """One record of the way; `kind` is one of `EVENT_WORDS`, `note` what was said with it.

    `place`: the unit the record comes from or concerns; `number`: a paper's, a step's, an item's.
    """

    kind: str
    at: datetime
    who: str
    place: str
    number: str
    note: str


async def records_of(nomination_id: int) -> RouteRecords:
    rows = await Nomination.raw(
        "SELECT ARRAY(SELECT t.unit FROM route_step t WHERE t.nomination = n.id"
        " ORDER BY t.position) AS levels,"
        " (SELECT count(*) FROM submission s WHERE s.nomination = n.id) AS submissions,"
        " (SELECT count(*) FROM dossier_return d WHERE d.nomination = n.id AND d.to_step = 0)"
        " AS to_unit,"
        " ARRAY(SELECT e.step FROM endorsement e WHERE e.nomination = n.id"
        " AND e.ended_at IS NULL) AS endorsed,"
        " EXISTS (SELECT FROM nomination_refusal f WHERE f.nomination = n.id"
        " AND f.lifted_at IS NULL) AS refused,"
        " EXISTS (SELECT FROM withdrawal w WHERE w.nomination = n.id) AS withdrawn"
        " FROM nomination n WHERE n.id = {}",
        nomination_id,
    )
    row = rows[0]
    return RouteRecords(
        tuple(row["levels"]),
        row["submissions"],
        row["to_unit"],
        frozenset(row["endorsed"]),
        row["refused"],
        row["withdrawn"],
    )


async def standing_refusal(nomination_id: int) -> StandingRefusal | None:
    rows = await Nomination.raw(
        "SELECT f.id, f.reason, coalesce(v.name, '') AS from_unit_name FROM nomination_refusal f"
        " LEFT JOIN LATERAL (SELECT x.name FROM unit_version x WHERE x.unit = f.from_unit"
        " ORDER BY x.valid_from DESC LIMIT 1) v ON true"
        " WHERE f.nomination = {} AND f.lifted_at IS NULL",
        nomination_id,
    )
    return StandingRefusal(**rows[0]) if rows else None


async def events_of(nomination_id: int, *, with_opinions: bool) -> tuple[RouteEvent, ...]:
    """Newest first. `with_opinions`: also what other units were asked; not for everybody."""
    rows = await Nomination.raw(
        "SELECT x.kind, x.at, coalesce(a.name, '') AS who, coalesce(v.name, '') AS place,"
        f" x.number, x.note FROM ({_EVENTS}) x LEFT JOIN account a ON a.id = x.by"
        " LEFT JOIN LATERAL (SELECT y.name FROM unit_version y WHERE y.unit = x.unit"
        " ORDER BY y.valid_from DESC LIMIT 1) v ON true"
        " WHERE x.nomination = {} AND ({} OR x.kind NOT IN ('opinion-asked', 'opinion-given'))"
        " ORDER BY x.at DESC, x.place DESC, x.id DESC",
        nomination_id,
        with_opinions,
    )
    return tuple(RouteEvent(**row) for row in rows)


# `place` orders what one person did within the same moment.
_EVENTS = """
SELECT nomination, 'submitted' AS kind, at, by, NULL::int AS unit, number::text AS number,
 '' AS note, 1 AS place, id FROM submission
UNION ALL SELECT e.nomination, 'endorsed', l.at, l.by, l.unit, l.paper_number, '', 2, e.id
 FROM endorsement e JOIN endorsement_list l ON l.id = e.endorsement_list
UNION ALL SELECT e.nomination, 'endorsement-undone', l.undone_at, l.undone_by, l.unit,
 l.paper_number, '', 3, e.id
 FROM endorsement e JOIN endorsement_list l ON l.id = e.endorsement_list
 WHERE l.undone_at IS NOT NULL
UNION ALL SELECT d.nomination, 'returned', d.at, d.by, d.from_unit,
 coalesce((SELECT t.unit_name FROM route_step t
  WHERE t.nomination = d.nomination AND t.position = d.to_step), ''), d.reason, 4, d.id
 FROM dossier_return d
UNION ALL SELECT nomination, 'refused', at, by, from_unit, '', reason, 5, id
 FROM nomination_refusal
UNION ALL SELECT nomination, 'refusal-lifted', lifted_at, lifted_by, from_unit, '',
 lifted_because, 6, id FROM nomination_refusal WHERE lifted_at IS NOT NULL
UNION ALL SELECT i.nomination, 'item-asked', i.at, i.by, NULL, coalesce(c.code, i.item),
 i.question, 7, i.id FROM item_return i LEFT JOIN criterion c ON c.id = i.criterion
UNION ALL SELECT i.nomination, 'item-answered', i.answered_at, i.answered_by, NULL,
 coalesce(c.code, i.item), i.answer, 8, i.id
 FROM item_return i LEFT JOIN criterion c ON c.id = i.criterion WHERE i.answered_at IS NOT NULL
UNION ALL SELECT i.nomination, 'item-accepted', i.closed_at, i.by, NULL,
 coalesce(c.code, i.item), '', 9, i.id
 FROM item_return i LEFT JOIN criterion c ON c.id = i.criterion WHERE i.accepted
UNION ALL SELECT nomination, 'opinion-asked', at, by, unit, '', question, 10, id
 FROM inter_agency_opinion
UNION ALL SELECT nomination, 'opinion-given', answered_at, answered_by, unit, view, answer, 11,
 id FROM inter_agency_opinion WHERE answered_at IS NOT NULL
UNION ALL SELECT nomination, 'withdrawn', at, by, NULL, '', reason, 12, id FROM withdrawal
"""
