"""The register of certificates as each reader may see it, and as anybody may check it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from piccolo.querystring import QueryString

from app.certificates import policy
from app.certificates.tables import Certificate
from app.kernel.actor import Actor
from app.kernel.refusal import NotVisible
from app.kernel.vietnamese import search_key
from app.web.paging import Cursor, PageOf

LARGEST_ID = 2**31 - 1
ROWS = 50

# What the condition speaks of.
FROM = (
    "FROM certificate c JOIN decision_item i ON i.id = c.item"
    " JOIN award_decision d ON d.id = i.decision JOIN nomination n ON n.id = i.nomination"
    " JOIN review_round r ON r.id = d.round JOIN movement w ON w.id = r.movement"
)


@dataclass(frozen=True, slots=True)
class Awarded:
    """One line of a decision's annex; `sex` is None for a collective."""

    item_id: int
    name: str
    position_line: str
    achievement: str
    sex: str | None


@dataclass(frozen=True, slots=True)
class CertificateRow:
    id: int
    register_number: str
    name: str
    unit_name: str
    award_title: str
    decision_number: str
    decided_on: date
    made: bool


@dataclass(frozen=True, slots=True)
class CertificateFacts:
    """`data` is the frozen content; `sha256` is None until the file is made."""

    id: int
    decision_id: int
    nomination_id: int
    register_number: str
    code: str
    data: Mapping[str, Any]
    issued_at: datetime
    sha256: str | None

    @property
    def decided_on(self) -> date:
        return date.fromisoformat(self.data["decided_on"])


@dataclass(frozen=True, slots=True)
class Genuine:
    """The least that proves a certificate: what is printed on it, and nothing about its unit."""

    name: str
    award_title: str
    authority: str
    decision_number: str
    decided_on: date
    register_number: str


async def awarded(decision_id: int) -> tuple[Awarded, ...]:
    """Everybody in the annex, in its order."""
    rows = await Certificate.raw(
        "SELECT i.id AS item_id, n.name, n.achievement, p.sex,"
        " concat_ws(', ', nullif(n.post, ''), nullif(nullif(n.unit_name, ''), n.name))"
        " AS position_line"
        " FROM decision_item i JOIN nomination n ON n.id = i.nomination"
        " LEFT JOIN person p ON p.id = n.person WHERE i.decision = {} ORDER BY i.position",
        decision_id,
    )
    return tuple(Awarded(**row) for row in rows)


async def certificates_page(
    actor: Actor,
    *,
    decision_id: int | None = None,
    search: str = "",
    cursor: Cursor | None = None,
    limit: int = ROWS,
) -> PageOf[CertificateRow]:
    """What the actor may see: one decision in register order, or all with the newest first.

    Every word of `search` must begin a word of name, unit or register number, in any order.
    """
    direction = ("c.id < {}", "c.id DESC") if decision_id is None else ("c.id > {}", "c.id")
    start = LARGEST_ID if decision_id is None else 0
    rows = await Certificate.raw(
        "SELECT c.id, c.register_number, n.name, n.unit_name, c.data::jsonb ->> 'award_title'"
        " AS award_title, d.number AS decision_number, d.signed_on AS decided_on,"
        f" c.file IS NOT NULL AS made {FROM} WHERE {direction[0]} AND {{}}"
        " AND ({}::int IS NULL OR d.id = {}::int)"
        " AND ' ' || n.search_key || ' ' || translate(lower(c.register_number), '/-', '  ')"
        f" LIKE ALL({{}}::text[]) ORDER BY {direction[1]} LIMIT {{}}",
        cursor.id if cursor else start,
        seen_by(actor),
        decision_id,
        decision_id,
        [f"% {word}%" for word in search_key(search).split()],
        limit + 1,
    )
    found = tuple(CertificateRow(**row) for row in rows[:limit])
    return PageOf(found, Cursor("", found[-1].id) if len(rows) > limit else None)


async def certificate(certificate_id: int, actor: Actor) -> CertificateFacts:
    if not 0 < certificate_id <= LARGEST_ID:
        raise NotVisible
    rows = await Certificate.raw(
        "SELECT c.id, d.id AS decision_id, n.id AS nomination_id, c.register_number, c.code,"
        " c.data, c.issued_at, f.sha256"
        f" {FROM} LEFT JOIN stored_file f ON f.id = c.file WHERE c.id = {{}} AND {{}}",
        certificate_id,
        seen_by(actor),
    )
    if not rows:
        raise NotVisible
    return CertificateFacts(**{**rows[0], "data": json.loads(rows[0]["data"])})


async def genuine(code: str) -> Genuine:
    """What anybody learns from a code. Without its file no certificate has left the house."""
    rows = await Certificate.raw(
        "SELECT data FROM certificate WHERE code = {} AND file IS NOT NULL", code
    )
    if not rows:
        raise NotVisible
    data = json.loads(rows[0]["data"])
    return Genuine(
        data["name"],
        data["award_title"],
        data["authority"],
        data["decision_number"],
        date.fromisoformat(data["decided_on"]),
        data["register_number"],
    )


def seen_by(actor: Actor) -> QueryString:
    """The one condition that decides which certificates exist for this reader."""
    reach = policy.reach(actor)
    return QueryString(
        "(w.launched_by = ANY({}::int[]) OR n.nominating_unit = ANY({}::int[])"
        " OR n.person = {}::int)",
        sorted(reach.office),
        sorted(reach.units),
        reach.person_id,
    )
