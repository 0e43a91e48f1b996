"""The lists a level sent on, and what became of their dossiers."""

from __future__ import annotations

from dataclasses import dataclass

from piccolo.querystring import QueryString

from app.kernel.actor import Actor
from app.kernel.refusal import NotVisible
from app.nominations.policy import ENDORSEMENT, REVIEW
from app.nominations.queries.dossier import LARGEST_ID
from app.nominations.queries.endorsing import NAME, PAGE
from app.nominations.queries.visible import seen_by, units_of
from app.nominations.rules.endorsing import ListFacts
from app.nominations.tables import Nomination
from app.web.paging import Cursor, PageOf


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


async def list_rows(
    list_id: int, actor: Actor, cursor: Cursor | None = None, limit: int = PAGE
) -> PageOf[ListRow]:
    """In the level's own order; only what the reader sees anyway. `cursor.id`: a position."""
    rows = await Nomination.raw(
        "SELECT n.id, n.code, n.name, n.unit_name, e.position, e.votes,"
        " e.ended_at IS NULL AS standing, coalesce(g.outcome, n.stage) AS state"
        " FROM endorsement e JOIN nomination n ON n.id = e.nomination"
        " LEFT JOIN gate_check g ON g.nomination = n.id"
        " WHERE e.endorsement_list = {} AND {} AND e.position > {}"
        f" ORDER BY e.position LIMIT {limit + 1}",
        list_id,
        seen_by(actor),
        cursor.id if cursor else 0,
    )
    shown = tuple(ListRow(**row) for row in rows[:limit])
    return PageOf(shown, Cursor("", shown[-1].position) if len(rows) > limit else None)


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


_LIST = (
    "SELECT l.id, l.round AS round_id, l.unit AS unit_id,"
    f" coalesce({NAME.format('l.unit')}, '') AS unit_name, l.paper_number, l.paper_on,"
    " l.paper_name, l.votes_total, a.name AS by, l.at,"
    " (SELECT count(*) FROM endorsement e WHERE e.endorsement_list = l.id) AS count,"
    " coalesce(b.name, '') AS undone_by, l.undone_at"
    " FROM endorsement_list l JOIN account a ON a.id = l.by"
    " LEFT JOIN account b ON b.id = l.undone_by"
)
