"""Published lists and who was on them, as they were published."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from app.kernel.actor import Actor
from app.kernel.refusal import NotVisible
from app.public_comment import policy
from app.public_comment.rules import Publication, Withdrawal
from app.public_comment.tables import Publication as PublicationTable
from app.public_comment.tables import PublicationItem
from app.web.paging import Cursor, PageOf

LARGEST_ID = 2**31 - 1
ITEMS = 200

_SELECT = (
    "SELECT p.id, p.round AS round_id, r.name AS round_name, p.code, p.title, p.first_on,"
    " m.launched_by AS unit_id, p.last_on, p.working_days, p.contact, b.name AS by, p.at,"
    " p.withdrawn_at,"
    " p.withdrawn_because, w.name AS withdrawn_by,"
    " (SELECT count(*) FROM publication_item i WHERE i.publication = p.id) AS items,"
    " (SELECT count(*) FROM public_comment c WHERE c.publication = p.id) AS comments,"
    " (SELECT count(*) FROM public_comment c LEFT JOIN comment_handling h ON h.comment = c.id"
    " WHERE c.publication = p.id AND h.id IS NULL) AS open_comments,"
    " (SELECT coalesce(sum(v.visits), 0) FROM publication_visits v WHERE v.publication = p.id)"
    " AS visits FROM publication p JOIN review_round r ON r.id = p.round"
    " JOIN movement m ON m.id = r.movement"
    " JOIN account b ON b.id = p.by LEFT JOIN account w ON w.id = p.withdrawn_by"
)


@dataclass(frozen=True, slots=True)
class Item:
    """A line as the public reads it; nothing in it leads to a person's record."""

    position: int
    subject: str
    name: str
    post: str
    unit_name: str
    award_form: str


async def publications_of(round_id: int) -> tuple[Publication, ...]:
    """Newest first. The caller has asked whether the reader may read them."""
    rows = await PublicationTable.raw(
        f"{_SELECT} WHERE p.round = {{}} ORDER BY p.id DESC", round_id
    )
    return tuple(_publication(row) for row in rows)


async def publication(publication_id: int, actor: Actor) -> Publication:
    if not 0 < publication_id <= LARGEST_ID:
        raise NotVisible
    found = await _one("p.id = {}", publication_id)
    if not policy.may_read(actor, found.unit_id):
        raise NotVisible
    return found


async def publication_for_update(publication_id: int, actor: Actor) -> Publication:
    if not 0 < publication_id <= LARGEST_ID:
        raise NotVisible
    await PublicationTable.raw(
        "SELECT id FROM publication WHERE id = {} FOR UPDATE", publication_id
    )
    return await publication(publication_id, actor)


async def public_list(code: str, today: date, *, lock: bool = False) -> Publication:
    """By its public address, for anybody; one that is still planned is not known to anybody."""
    if not (code.isascii() and code.isalnum()):
        raise NotVisible
    if lock:
        await PublicationTable.raw("SELECT id FROM publication WHERE code = {} FOR UPDATE", code)
    found = await _one("p.code = {}", code)
    if today < found.first_on:
        raise NotVisible
    return found


async def open_until(round_id: int, today: date) -> date | None:
    """Last day of a list of the round that is planned or running, None where there is none."""
    rows = await PublicationTable.raw(
        "SELECT max(last_on) AS last FROM publication"
        " WHERE round = {} AND withdrawn_at IS NULL AND last_on >= {}",
        round_id,
        today,
    )
    last = rows[0]["last"]
    assert last is None or isinstance(last, date)  # noqa: S101 - what the column holds
    return last


async def open_comments(round_id: int) -> int:
    """How many comments on lists of the round, but withdrawn ones, nobody has handled."""
    rows = await PublicationTable.raw(
        "SELECT count(*) AS n FROM public_comment c JOIN publication p ON p.id = c.publication"
        " WHERE p.round = {} AND p.withdrawn_at IS NULL"
        " AND NOT EXISTS (SELECT FROM comment_handling h WHERE h.comment = c.id)",
        round_id,
    )
    return int(rows[0]["n"])


async def items_page(
    publication_id: int, cursor: Cursor | None = None, limit: int = ITEMS
) -> PageOf[Item]:
    rows = await PublicationItem.raw(
        "SELECT i.position, i.subject, i.name, i.post, i.unit_name, f.name AS award_form"
        " FROM publication_item i JOIN award_form f ON f.id = i.award_form"
        " WHERE i.publication = {} AND i.position > {} ORDER BY i.position LIMIT {}",
        publication_id,
        cursor.id if cursor else 0,
        limit + 1,
    )
    shown = tuple(Item(**row) for row in rows[:limit])
    more = len(rows) > limit
    return PageOf(shown, Cursor("", shown[-1].position) if more else None)


async def position_id(publication_id: int, position: int) -> int | None:
    rows = await PublicationItem.raw(
        "SELECT id FROM publication_item WHERE publication = {} AND position = {}",
        publication_id,
        position,
    )
    return int(rows[0]["id"]) if rows else None


async def visits(publication_id: int) -> tuple[tuple[date, int], ...]:
    rows = await PublicationTable.raw(
        "SELECT day, visits FROM publication_visits WHERE publication = {} ORDER BY day",
        publication_id,
    )
    return tuple((row["day"], row["visits"]) for row in rows)


async def _one(condition: str, key: int | str) -> Publication:
    rows = await PublicationTable.raw(f"{_SELECT} WHERE {condition}", key)
    if not rows:
        raise NotVisible
    return _publication(rows[0])


def _publication(row: Mapping[str, Any]) -> Publication:
    facts = {
        key: value
        for key, value in row.items()
        if key not in ("withdrawn_at", "withdrawn_by", "withdrawn_because")
    }
    withdrawal = None
    if row["withdrawn_at"] is not None:
        withdrawal = Withdrawal(
            row["withdrawn_by"] or "", row["withdrawn_at"], row["withdrawn_because"]
        )
    return Publication(**facts, withdrawal=withdrawal)


@dataclass(frozen=True, slots=True)
class CouncilName:
    name: str
    place: str


async def council_of(publication_id: int) -> CouncilName:
    """The council that met on the round, else the one in office when the list was published."""
    rows = await PublicationTable.raw(
        "SELECT c.name, c.place FROM publication p"
        " LEFT JOIN council_session s ON s.round = p.round JOIN council c ON c.id = s.council"
        " OR (s.id IS NULL AND c.valid_from <= p.first_on"
        " AND (c.valid_to IS NULL OR c.valid_to >= p.first_on))"
        " WHERE p.id = {} ORDER BY c.id LIMIT 1",
        publication_id,
    )
    return CouncilName(rows[0]["name"], rows[0]["place"]) if rows else CouncilName("", "")
