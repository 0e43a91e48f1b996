"""Minutes of peer review: who held them sees all, a reviewer the votes on dossiers they see."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from piccolo.querystring import QueryString

from app.kernel.actor import Actor
from app.kernel.period import Period
from app.kernel.refusal import NotVisible
from app.nominations.policy import NOMINATE, REVIEW
from app.nominations.queries.placing import LARGEST_ID
from app.nominations.queries.visible import FROM, seen_by
from app.nominations.rules import Minutes, MinutesHead, Nominee, Vote
from app.nominations.tables import Nomination, PeerReview
from app.web.paging import Cursor, PageOf

PAGE = 50
# The name a unit had when the meeting was held.
_UNIT_NAME = (
    "(SELECT v.name FROM unit_version v WHERE v.unit = p.unit AND v.valid_from <= p.held_on"
    " ORDER BY v.valid_from DESC LIMIT 1)"
)
_NOMINEE = (
    "n.id, n.code, n.subject, n.name, n.post, n.unit_name, n.stage,"
    " (SELECT max(i.due_on) FROM item_return i WHERE i.nomination = n.id AND i.item = 'minutes'"
    " AND i.answered_at IS NULL AND i.closed_at IS NULL) AS minutes_due,"
    " x.peer_review, x.agree_votes, x.disagree_votes, x.note"
)


@dataclass(frozen=True, slots=True)
class MinutesLine:
    """`votes`: how many nominees it counts that the reader sees."""

    id: int
    number: str
    held_on: date
    unit_name: str
    members_present: int
    members_total: int
    votes: int


async def minutes_page(
    round_id: int, actor: Actor, *, cursor: Cursor | None = None, limit: int = PAGE
) -> PageOf[MinutesLine]:
    """Newest meeting first."""
    rows = await PeerReview.raw(
        f"SELECT * FROM (SELECT p.id, p.number, p.held_on, {_UNIT_NAME} AS unit_name,"
        " p.members_present, p.members_total, p.unit = ANY({}) AS own,"
        f" (SELECT count(*) FROM peer_review_vote x JOIN ({_seen_ids()}) AS n"
        " ON n.id = x.nomination WHERE x.peer_review = p.id) AS votes"
        " FROM peer_review p WHERE p.round = {} AND (p.unit = ANY({}) OR p.unit = ANY({}))"
        " AND (p.held_on, p.id) < ({}, {})) AS seen WHERE own OR votes > 0"
        " ORDER BY held_on DESC, id DESC LIMIT {}",
        list(actor.units_for(*NOMINATE)),
        seen_by(actor),
        round_id,
        list(actor.units_for(*NOMINATE)),
        list(actor.units_for(*REVIEW)),
        date.fromisoformat(cursor.key) if cursor else date.max,
        cursor.id if cursor else LARGEST_ID,
        limit + 1,
    )
    found = tuple(
        MinutesLine(**{name: row[name] for name in MinutesLine.__dataclass_fields__})
        for row in rows[:limit]
    )
    last = found[-1] if len(rows) > limit else None
    return PageOf(found, Cursor(last.held_on.isoformat(), last.id) if last else None)


def _seen_ids() -> str:
    return f"SELECT n.id FROM {FROM} WHERE {{}}"


def minutes_seen_by(actor: Actor) -> QueryString:
    """Minutes `p`: the unit that held them, and reviewers who see a dossier counted there."""
    return QueryString(
        "(p.unit = ANY({}) OR (p.unit = ANY({}) AND EXISTS (SELECT FROM peer_review_vote x"
        f" JOIN ({_seen_ids()}) AS n ON n.id = x.nomination WHERE x.peer_review = p.id)))",
        list(actor.units_for(*NOMINATE)),
        list(actor.units_for(*REVIEW)),
        seen_by(actor),
    )


async def minutes(minutes_id: int, actor: Actor, *, lock: bool = False) -> Minutes:
    if not 0 < minutes_id <= LARGEST_ID:
        raise NotVisible
    if lock:
        await PeerReview.raw("SELECT 1 FROM peer_review WHERE id = {} FOR UPDATE", minutes_id)
    rows = await PeerReview.raw(
        f"SELECT p.*, {_UNIT_NAME} AS unit_name, a.name AS by_name, r.name AS round_name,"
        " r.achievements_from, r.achievements_to, r.nominations_open_on, r.nominations_close_on,"
        " (SELECT count(*) FROM peer_review_vote x WHERE x.peer_review = p.id) AS votes"
        " FROM peer_review p JOIN account a ON a.id = p.by JOIN review_round r ON r.id = p.round"
        " WHERE p.id = {} AND {}",
        minutes_id,
        minutes_seen_by(actor),
    )
    if not rows:
        raise NotVisible
    row = rows[0]
    counted = await Nomination.raw(
        f"SELECT {_NOMINEE} FROM {FROM} JOIN peer_review_vote x ON x.nomination = n.id"
        ' WHERE x.peer_review = {} AND {} ORDER BY n.subject, n.order_key COLLATE "C", n.id',
        minutes_id,
        seen_by(actor),
    )
    return _minutes(row, tuple(_nominee(own, minutes_id) for own in counted))


async def nominees_of(
    round_id: int, unit_id: int, minutes_id: int | None = None, *, lock: bool = False
) -> tuple[Nominee, ...]:
    """Whom the minutes of a unit may count: what it nominated and other minutes do not hold.

    For those who hold the unit; `minutes_id`: the minutes at hand, None for new ones.
    """
    if lock:
        await Nomination.raw(
            "SELECT 1 FROM nomination WHERE round = {} AND nominating_unit = {}"
            " ORDER BY id FOR UPDATE",
            round_id,
            unit_id,
        )
    rows = await Nomination.raw(
        f"SELECT {_NOMINEE} FROM nomination n LEFT JOIN peer_review_vote x ON x.nomination = n.id"
        " WHERE n.round = {} AND n.nominating_unit = {}"
        ' ORDER BY n.subject, n.order_key COLLATE "C", n.id',
        round_id,
        unit_id,
    )
    found = tuple(_nominee(row, minutes_id) for row in rows)
    return tuple(nominee for nominee in found if not nominee.elsewhere)


async def reviewing_units(round_id: int, actor: Actor) -> tuple[tuple[int, str], ...]:
    """Units of the actor that nominated in the round: those that can hold a review."""
    rows = await Nomination.raw(
        "SELECT u.unit, u.name FROM (SELECT DISTINCT ON (v.unit) v.unit, v.name, v.order_key"
        " FROM unit_version v WHERE v.unit IN (SELECT n.nominating_unit FROM nomination n"
        " WHERE n.round = {} AND n.nominating_unit = ANY({}))"
        ' ORDER BY v.unit, v.valid_from DESC) AS u ORDER BY u.order_key COLLATE "C", u.unit',
        round_id,
        list(actor.units_for(*NOMINATE)),
    )
    return tuple((row["unit"], row["name"]) for row in rows)


async def number_taken(round_id: int, unit_id: int, number: str, besides: int | None) -> bool:
    rows = await PeerReview.raw(
        "SELECT EXISTS (SELECT FROM peer_review WHERE round = {} AND unit = {} AND number = {}"
        " AND id IS DISTINCT FROM {}) AS found",
        round_id,
        unit_id,
        number,
        besides,
    )
    return bool(rows[0]["found"])


async def last_locality(unit_id: int) -> str:
    """What the unit's minutes were last dated from; empty where it has none yet."""
    rows = await PeerReview.raw(
        "SELECT locality FROM peer_review WHERE unit = {} AND locality <> ''"
        " ORDER BY held_on DESC, id DESC LIMIT 1",
        unit_id,
    )
    return str(rows[0]["locality"]) if rows else ""


def _nominee(row: Mapping[str, Any], minutes_id: int | None) -> Nominee:
    here = minutes_id is not None and row["peer_review"] == minutes_id
    return Nominee(
        row["id"],
        row["code"],
        row["subject"],
        row["name"],
        row["post"],
        row["unit_name"],
        row["stage"],
        row["minutes_due"],
        elsewhere=row["peer_review"] is not None and not here,
        vote=Vote(row["agree_votes"], row["disagree_votes"], row["note"]) if here else None,
    )


def _minutes(row: Mapping[str, Any], nominees: tuple[Nominee, ...]) -> Minutes:
    first = row["nominations_open_on"]
    return Minutes(
        row["id"],
        row["round"],
        row["round_name"],
        row["unit"],
        row["unit_name"],
        MinutesHead(**{name: row[name] for name in MinutesHead.__dataclass_fields__}),
        row["version"],
        row["by_name"],
        nominees,
        len(nominees) == row["votes"],
        Period(row["achievements_from"], row["achievements_to"]),
        Period(first, row["nominations_close_on"]) if first else None,
    )
