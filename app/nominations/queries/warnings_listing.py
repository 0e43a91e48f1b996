"""The dossiers of a round that may have something to look at twice, in the list's order.

SQL keeps those that can have a warning of a kind; the rules then say which have one. So a page
costs a fixed number of statements, and nothing is stored that could be out of date.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from app.kernel.actor import Actor
from app.nominations.queries.listing_filters import UNREGISTERED
from app.nominations.queries.visible import FROM, seen_by
from app.nominations.queries.warnings import examined
from app.nominations.rules.warnings import NOT_FOR_MERIT, warnings_of
from app.nominations.rules.warnings_facts import KINDS, Caution
from app.nominations.tables import Nomination
from app.web.paging import Cursor, PageOf

PAGE = 50
# Texts are compared by the rules alone, so many candidates turn out to have nothing.
LOOK_AT = 300

_AWARDED = (
    "EXISTS (SELECT FROM award_record a WHERE a.removed_at IS NULL AND a.person = n.person{more})"
    " OR EXISTS (SELECT FROM award_record a WHERE a.removed_at IS NULL"
    " AND a.collective = n.collective{more})"
    # A unit has the awards of those it came from; the rules look closer.
    " OR EXISTS (SELECT FROM unit_succession s WHERE s.successor = n.collective)"
)
_GROUND = (
    "EXISTS (SELECT FROM nomination_ground d JOIN award_record a ON a.id = d.award"
    " WHERE d.nomination = n.id AND {which})"
)
_MADE = "(n.created_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date"
# What a number has before its first letter, which is written in one way only.
_DIGITS = "coalesce(substring(l.number FROM '^[0-9/-]+'), '')"
_CANDIDATES = {
    "rewarded": "(" + _AWARDED.format(more="") + ")",
    "overlap": "("
    + _AWARDED.format(
        more=" AND a.period_from <= coalesce(n.period_to, r.achievements_to)"
        " AND a.period_to >= coalesce(n.period_from, r.achievements_from)"
    )
    + ")",
    "ground_method": "r.method = 'merit' AND "
    + _GROUND.format(which="a.method IN ('" + "', '".join(sorted(NOT_FOR_MERIT)) + "')"),
    "ground_removed": _GROUND.format(which="a.removed_at IS NOT NULL"),
    "same_file": "EXISTS (SELECT FROM evidence_file f JOIN evidence_file o ON o.file = f.file"
    " WHERE f.nomination = n.id AND o.nomination <> n.id AND f.removed_at IS NULL"
    " AND o.removed_at IS NULL)",
    "copied": "(EXISTS (SELECT FROM nomination o WHERE o.person = n.person"
    " AND o.round <> n.round) OR EXISTS (SELECT FROM nomination o"
    " WHERE o.collective = n.collective AND o.round <> n.round))",
    "no_evidence": "EXISTS (SELECT FROM evidence_item e WHERE e.nomination = n.id"
    " AND e.withdrawn_at IS NULL AND e.quantity_after IS NOT NULL AND e.document = ''"
    " AND NOT EXISTS (SELECT FROM evidence_file v WHERE v.nomination = n.id"
    " AND v.removed_at IS NULL AND (v.evidence = e.id"
    " OR (v.evidence IS NULL AND v.criterion = e.criterion))))",
    "undated": "EXISTS (SELECT FROM evidence_item e WHERE e.nomination = n.id"
    " AND e.withdrawn_at IS NULL AND e.last_on IS NULL)",
    "expired_source": "(EXISTS (SELECT FROM evidence_item e JOIN legal_source l"
    " ON l.effective_to IS NOT NULL WHERE e.nomination = n.id AND e.withdrawn_at IS NULL"
    f" AND strpos(e.statement || ' ' || e.document, {_DIGITS}) > 0)"
    " OR EXISTS (SELECT FROM criterion c JOIN legal_source l ON l.id = c.source"
    " WHERE l.effective_to IS NOT NULL AND c.criteria_set = CASE n.subject"
    " WHEN 'individual' THEN r.individual_set ELSE r.collective_set END))",
    "unregistered": f"({UNREGISTERED})",
    "dissolved": "EXISTS (SELECT FROM unit u WHERE u.dissolved_on IS NOT NULL"
    " AND (u.id IN (n.collective, n.nominating_unit) OR EXISTS (SELECT FROM posting q"
    " WHERE q.person = n.person AND q.unit = u.id)))",
    # A posting that began or ended since, another name, or a unit on the way up renamed since.
    "changed": "(EXISTS (SELECT FROM posting q WHERE q.person = n.person"
    f" AND (q.valid_from > {_MADE} OR q.valid_to >= {_MADE}))"
    " OR EXISTS (SELECT FROM person p WHERE p.id = n.person AND p.full_name <> n.name)"
    f" OR EXISTS (SELECT FROM unit_version v WHERE v.valid_from > {_MADE} AND (v.unit ="
    " coalesce(n.collective, n.nominating_unit) OR v.unit IN (SELECT w.parent FROM unit_version w"
    " WHERE w.unit = n.collective) OR v.unit IN (SELECT q.unit FROM posting q"
    " WHERE q.person = n.person) OR v.unit IN (SELECT w.parent FROM posting q JOIN unit_version w"
    " ON w.unit = q.unit WHERE q.person = n.person))))",
}


@dataclass(frozen=True, slots=True)
class WarnedRow:
    id: int
    code: str
    subject: str
    name: str
    post: str
    unit_name: str
    order_key: str
    warnings: tuple[Caution, ...]


@dataclass(frozen=True, slots=True)
class WarnedPage:
    """`looked_at`: how many dossiers the rules weighed for this page."""

    page: PageOf[WarnedRow]
    looked_at: int


async def warned_page(
    round_id: int,
    actor: Actor,
    today: date,
    *,
    kind: str = "",
    cursor: Cursor | None = None,
    limit: int = PAGE,
    look_at: int = LOOK_AT,
) -> WarnedPage:
    """`kind`: one of KINDS, empty for all. A page may show fewer than it looked at."""
    after = cursor or Cursor("", 0)
    wanted = [_CANDIDATES[kind]] if kind in KINDS else list(_CANDIDATES.values())
    rows = await Nomination.raw(
        "SELECT n.id, n.code, n.subject, n.name, n.post, n.unit_name, n.order_key"
        f" FROM {FROM} JOIN review_round r ON r.id = n.round WHERE n.round = {{}} AND {{}}"
        f" AND n.stage NOT IN ('refused', 'withdrawn') AND ({' OR '.join(wanted)})"
        ' AND (n.order_key COLLATE "C", n.id) > ({}, {})'
        f' ORDER BY n.order_key COLLATE "C", n.id LIMIT {look_at + 1}',
        round_id,
        seen_by(actor),
        after.key,
        after.id,
    )
    looked = rows[:look_at]
    facts = await examined([row["id"] for row in looked], actor, today)
    found: list[WarnedRow] = []
    # Where the next page begins: after the last shown of a full page, else after all looked at.
    last = looked[-1] if len(rows) > look_at else None
    for row in looked:
        warnings = tuple(
            warning
            for warning in warnings_of(facts[row["id"]])
            if kind not in KINDS or warning.kind == kind
        )
        if warnings and len(found) == limit:
            last = {"order_key": found[-1].order_key, "id": found[-1].id}
            break
        if warnings:
            found.append(WarnedRow(**row, warnings=warnings))
    following = Cursor(last["order_key"], last["id"]) if last else None
    return WarnedPage(PageOf(tuple(found), following), len(looked))
