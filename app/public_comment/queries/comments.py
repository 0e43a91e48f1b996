"""What the public said, for the office."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from app.kernel.actor import Actor
from app.kernel.refusal import NotVisible
from app.public_comment import policy
from app.public_comment.queries.publications import LARGEST_ID
from app.public_comment.rules import NewComment
from app.public_comment.tables import PublicComment
from app.web.paging import Cursor, PageOf

PAGE = 50
# The same words again so soon are a double click.
_TWICE = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Comment:
    """`author` and `contact` are empty for who may not know them. `conclusion` None: open."""

    id: int
    publication_id: int
    position: int | None
    name: str
    author: str
    contact: str
    text: str
    at: datetime
    conclusion: str | None
    answer: str
    answered_by: str
    answered_at: datetime | None
    unit_id: int


_SELECT = (
    "SELECT c.id, c.publication AS publication_id, i.position, coalesce(i.name, '') AS name,"
    " c.author, c.contact, c.text, c.at, h.conclusion, coalesce(h.text, '') AS answer,"
    " coalesce(b.name, '') AS answered_by, h.at AS answered_at, w.launched_by AS unit_id"
    " FROM public_comment c JOIN publication p ON p.id = c.publication"
    " JOIN review_round r ON r.id = p.round JOIN movement w ON w.id = r.movement"
    " LEFT JOIN publication_item i ON i.id = c.about"
    " LEFT JOIN comment_handling h ON h.comment = c.id LEFT JOIN account b ON b.id = h.by"
)


async def comments_page(
    publication_id: int, actor: Actor, cursor: Cursor | None = None, limit: int = PAGE
) -> PageOf[Comment]:
    """In the order they came. The caller has loaded the publication as visible."""
    rows = await PublicComment.raw(
        f"{_SELECT} WHERE c.publication = {{}} AND c.id > {{}} ORDER BY c.id LIMIT {limit + 1}",
        publication_id,
        cursor.id if cursor else 0,
    )
    shown = tuple(_comment(row, actor) for row in rows[:limit])
    return PageOf(shown, Cursor("", shown[-1].id) if len(rows) > limit else None)


async def comment_for_update(comment_id: int, actor: Actor) -> Comment:
    """Inside a transaction: two who handle it at once must see each other's."""
    if not 0 < comment_id <= LARGEST_ID:
        raise NotVisible
    await PublicComment.raw("SELECT id FROM public_comment WHERE id = {} FOR UPDATE", comment_id)
    rows = await PublicComment.raw(f"{_SELECT} WHERE c.id = {{}}", comment_id)
    if not rows or not policy.may_read(actor, rows[0]["unit_id"]):
        raise NotVisible
    return _comment(rows[0], actor)


async def same_comment(
    publication_id: int, about: int | None, new: NewComment, now: datetime
) -> int | None:
    rows = await PublicComment.raw(
        "SELECT id FROM public_comment WHERE publication = {} AND about IS NOT DISTINCT FROM {}"
        " AND author = {} AND contact = {} AND text = {} AND at > {} LIMIT 1",
        publication_id,
        about,
        new.author,
        new.contact,
        new.text,
        now - _TWICE,
    )
    return int(rows[0]["id"]) if rows else None


def _comment(row: Mapping[str, Any], actor: Actor) -> Comment:
    hidden = {} if policy.may_see_authors(actor, row["unit_id"]) else {"author": "", "contact": ""}
    return Comment(**{**row, **hidden})
