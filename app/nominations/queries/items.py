"""What appraisal sent back of one dossier."""

from __future__ import annotations

from datetime import date

from piccolo.querystring import QueryString

from app.kernel.actor import Actor
from app.kernel.refusal import NotVisible
from app.nominations.policy import OFFICE
from app.nominations.queries.dossier import LARGEST_ID
from app.nominations.queries.visible import nominated_in
from app.nominations.rules.items import ItemReturnFacts
from app.nominations.tables import Nomination

# Of item_return `i`: the last day on which its asker holds a role of the office.
_ROLES = ", ".join(f"'{role}'" for role in OFFICE)
ASKER_UNTIL = (
    "(SELECT max(coalesce(h.valid_to, DATE '9999-12-31')) FROM role_held h"
    f" WHERE h.account = i.by AND h.role IN ({_ROLES}))"
)
_SELECT = (
    "SELECT i.id, i.item, coalesce(c.code, '') AS criterion_code, i.question, i.due_on,"
    " i.by AS asker_id, a.name AS asked_by, i.at AS asked_at, i.answer,"
    " coalesce(b.name, '') AS answered_by, i.answered_at, i.accepted, i.closed_at,"
    f" {ASKER_UNTIL} AS asker_until"
    " FROM item_return i JOIN account a ON a.id = i.by"
    " LEFT JOIN account b ON b.id = i.answered_by LEFT JOIN criterion c ON c.id = i.criterion"
)


def looked_at_by(actor: Actor, today: date) -> QueryString:
    """Item `i` waits for this actor to look again, as `ItemReturnFacts.looked_at_by` says.

    Of a dossier that they may appraise: joined with `n`.
    """
    return QueryString(
        f"(i.by = {{}} OR (coalesce({ASKER_UNTIL} < {{}}, true) AND {{}}))",
        actor.account_id,
        today,
        nominated_in(actor, *OFFICE),
    )


async def items_of(nomination_id: int) -> tuple[ItemReturnFacts, ...]:
    """Open ones first, each group newest first. The caller has loaded the dossier as its reader."""
    rows = await Nomination.raw(
        f"{_SELECT} WHERE i.nomination = {{}} ORDER BY i.closed_at IS NOT NULL, i.at DESC,"
        " i.id DESC",
        nomination_id,
    )
    return tuple(ItemReturnFacts(**row) for row in rows)


async def item_of(nomination_id: int, item_id: int) -> ItemReturnFacts:
    """NotVisible when it belongs to no or to another dossier."""
    if not 0 < item_id <= LARGEST_ID:
        raise NotVisible
    rows = await Nomination.raw(
        f"{_SELECT} WHERE i.id = {{}} AND i.nomination = {{}}", item_id, nomination_id
    )
    if not rows:
        raise NotVisible
    return ItemReturnFacts(**rows[0])
