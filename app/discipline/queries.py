from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any

from piccolo.querystring import QueryString

from app.discipline import policy
from app.discipline.rules import DisciplineFacts
from app.discipline.tables import DisciplineCase
from app.kernel.actor import Actor
from app.kernel.refusal import NotVisible

LARGEST_ID = 2**31 - 1
# The number of the decision and the note never leave the register.
_COLUMNS = (
    "id AS case_id, person AS person_id, kind, violated_on, opened_on, form, decided_on,"
    " served_until, closed_on"
)


async def cases_of(person_ids: Collection[int]) -> tuple[DisciplineFacts, ...]:
    """Every case of these people, whenever it was; for verdicts, never for a page as it is.

    Who may see more than the class of a reason is `policy.may_read_details`.
    """
    rows = await DisciplineCase.raw(
        f"SELECT {_COLUMNS} FROM discipline_case WHERE person = ANY({{}}) ORDER BY opened_on, id",
        list(person_ids),
    )
    return tuple(_facts(row) for row in rows)


async def case_for(
    case_id: int, actor: Actor, today: date
) -> tuple[DisciplineFacts, frozenset[int]]:
    """With where the person is or was: for that person, and for who keeps the register there."""
    if not 0 < case_id <= LARGEST_ID:
        raise NotVisible
    rows = await DisciplineCase.raw(
        f"SELECT {_COLUMNS} FROM discipline_case c WHERE id = {{}} AND {{}}",
        case_id,
        _seen_by(actor, today),
    )
    if not rows:
        raise NotVisible
    case = _facts(rows[0])
    return case, await units_of(case.person_id, today)


async def cases_like(
    text: str, actor: Actor, today: date, *, limit: int
) -> tuple[DisciplineFacts, ...]:
    """Of those the actor sees, by staff code; who keeps the register, by the decision's number."""
    rows = await DisciplineCase.raw(
        f"SELECT {_COLUMNS} FROM discipline_case c WHERE {{}} AND ((SELECT p.staff_code"
        " FROM person p WHERE p.id = c.person) = {} OR (lower(c.decision_number) = {} AND {}))"
        f" ORDER BY opened_on DESC, id LIMIT {limit}",
        _seen_by(actor, today),
        text.upper(),
        text.lower(),
        _kept_by(actor, today),
    )
    return tuple(_facts(row) for row in rows)


def _seen_by(actor: Actor, today: date) -> QueryString:
    return QueryString("(c.person = {} OR {})", actor.person_id, _kept_by(actor, today))


def _kept_by(actor: Actor, today: date) -> QueryString:
    """Case `c` of somebody posted today, or last, where the actor keeps the register."""
    return QueryString(
        "EXISTS (SELECT FROM posting q WHERE q.person = c.person AND q.unit = ANY({})"
        " AND q.valid_from <= {} AND coalesce(q.valid_to, 'infinity') >= least({}::date,"
        " (SELECT max(coalesce(z.valid_to, 'infinity')) FROM posting z"
        " WHERE z.person = c.person AND z.valid_from <= {})))",
        sorted(policy.keeps_over(actor)),
        today,
        today,
        today,
    )


async def case_for_update(case_id: int) -> DisciplineFacts:
    if not 0 < case_id <= LARGEST_ID:
        raise NotVisible
    rows = await DisciplineCase.raw(
        f"SELECT {_COLUMNS} FROM discipline_case WHERE id = {{}} FOR UPDATE", case_id
    )
    if not rows:
        raise NotVisible
    return _facts(rows[0])


async def units_of(person_id: int, day: date) -> frozenset[int]:
    """Where the person is posted that day; after the last posting ended, where it was."""
    if not 0 < person_id <= LARGEST_ID:
        return frozenset()
    rows = await DisciplineCase.raw(
        "WITH own AS (SELECT unit, coalesce(valid_to, 'infinity') AS last FROM posting"
        " WHERE person = {} AND valid_from <= {})"
        " SELECT unit FROM own WHERE last >= least({}::date, (SELECT max(last) FROM own))",
        person_id,
        day,
        day,
    )
    return frozenset(row["unit"] for row in rows)


def _facts(row: dict[str, Any]) -> DisciplineFacts:
    return DisciplineFacts(**row)
