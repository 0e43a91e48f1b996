"""A person's own data, for who writes it."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from piccolo.querystring import QueryString

from app.kernel.refusal import NotVisible
from app.kernel.vietnamese import search_key
from app.organization.queries.asking import seen_through
from app.organization.rules import Namesake, PersonFacts
from app.organization.tables import Person


async def lock_people() -> None:
    """Inside a transaction: one writer of people's data at a time, be it a form or an import.

    Who is new is posted too, so an import of units is waited for before any of its rows is.
    """
    await Person.raw("LOCK TABLE person IN SHARE ROW EXCLUSIVE MODE")
    await Person.raw("LOCK TABLE posting IN ROW EXCLUSIVE MODE")


async def person_facts(person_id: int) -> PersonFacts:
    """Of somebody the caller may keep; whether they may is asked before."""
    rows = await Person.raw(
        "SELECT staff_code, full_name, birth_date, sex, ethnicity, staff_category, recruited_on"
        " FROM person WHERE id = {}",
        person_id,
    )
    if not rows:
        raise NotVisible
    return PersonFacts(**rows[0])


async def is_code_taken(code: str, *, but: int = 0) -> bool:
    """By anybody: a staff code is one person's in the whole sector. `but`: who may have it."""
    rows = await Person.raw(
        "SELECT EXISTS (SELECT FROM person WHERE staff_code = {} AND id <> {}) AS taken", code, but
    )
    return bool(rows[0]["taken"])


async def namesakes(
    person: PersonFacts, reach: Collection[int], today: date, *, but: int = 0
) -> tuple[Namesake, ...]:
    """Those with this `reach` may know of; `but`: the person themselves."""
    rows = await Person.raw("{}", namesakes_statement(person, reach, today, but))
    return tuple(Namesake(**row) for row in rows)


def namesakes_statement(
    person: PersonFacts, reach: Collection[int], today: date, but: int = 0
) -> QueryString:
    return QueryString(
        "SELECT p.id, p.staff_code, p.full_name FROM person p WHERE p.search_key = {}"
        " AND p.birth_date = {} AND p.id <> {} AND {} ORDER BY p.id LIMIT 5",
        search_key(person.full_name),
        person.birth_date,
        but,
        seen_through(reach, today),
    )
