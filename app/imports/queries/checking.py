"""One sheet against the data: load the facts its kind asks for, then let the rules decide."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from datetime import date

from app.imports import policy
from app.imports.queries import facts
from app.imports.rules.accounts import check_accounts
from app.imports.rules.classifications import check_classifications
from app.imports.rules.people import check_people
from app.imports.rules.periods import check_absences, check_pipeline
from app.imports.rules.postings import check_postings
from app.imports.rules.problems import Outcome
from app.imports.rules.reading import Parsed
from app.imports.rules.units import check_units
from app.kernel.actor import Actor
from app.organization.queries.reach import reach


async def check(kind: str, parsed: Parsed, actor: Actor, login: str, today: date) -> Outcome:
    """`login`: the account the run belongs to."""
    units = await reach(policy.scope(actor, kind))
    if kind == "units":
        known = await facts.units_with_versions(units)
        return await asyncio.to_thread(check_units, parsed, known)
    if kind == "people":
        return await _people(parsed, units, today)
    if kind == "postings":
        return await _postings(parsed, units, today)
    if kind == "classifications":
        people = await facts.people(_codes(parsed, 0), units, today)
        levels = await facts.classifications([person.id for person in people.values()])
        return await asyncio.to_thread(check_classifications, parsed, people, levels)
    if kind in ("pipeline", "absences"):
        people = await facts.people(_codes(parsed, 0), units, today)
        known_periods = await facts.periods(kind, [person.id for person in people.values()])
        check_kind = check_pipeline if kind == "pipeline" else check_absences
        return await asyncio.to_thread(check_kind, parsed, people, known_periods)
    return await _accounts(parsed, units, actor, login, today)


async def _people(parsed: Parsed, units: frozenset[int], today: date) -> Outcome:
    known = await facts.people_with_values(_codes(parsed, 0), units, today)
    new = (row for _, row in parsed.good() if row[0] not in known)
    namesakes = await facts.namesakes(new, units, today)
    return await asyncio.to_thread(check_people, parsed, known, namesakes)


async def _postings(parsed: Parsed, units: frozenset[int], today: date) -> Outcome:
    people = await facts.people(_codes(parsed, 0), units, today)
    places = await facts.units(_codes(parsed, 1), units)
    known = await facts.postings([person.id for person in people.values()])
    return await asyncio.to_thread(check_postings, parsed, people, places, known)


async def _accounts(
    parsed: Parsed, units: frozenset[int], actor: Actor, login: str, today: date
) -> Outcome:
    people = await facts.people(_codes(parsed, 3), units, today)
    known = await facts.accounts(_codes(parsed, 0), actor, today)
    names = [*_codes(parsed, 0), *_codes(parsed, 2)]
    taken = await facts.taken(names, [person.id for person in people.values()])
    return check_accounts(parsed, known, people, taken, login)


def _codes(parsed: Parsed, place: int) -> list[str]:
    return list(_texts(row[place] for row in parsed.rows))


def _texts(values: Iterable[object]) -> set[str]:
    return {value for value in values if isinstance(value, str)}
