"""One sheet against the data: load the facts its kind asks for, then let the rules decide."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from datetime import date

from app.accounts.queries.reach import reach_of
from app.imports import policy
from app.imports.queries import facts, people
from app.imports.queries.people import Scope
from app.imports.rules.accounts import check_accounts
from app.imports.rules.classifications import check_classifications
from app.imports.rules.namesakes import lines_by_key
from app.imports.rules.people import check_people, settled
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
    if kind == "accounts":
        return await _accounts(parsed, actor, login, today)
    scope = await people.scope_of(actor, units, today)
    if kind == "people":
        return await _people(parsed, scope)
    if kind == "postings":
        return await _postings(parsed, scope)
    if kind == "classifications":
        found = await people.known(_codes(parsed, 0), scope)
        levels = await facts.classifications([person.id for person in found.values()])
        return await asyncio.to_thread(check_classifications, parsed, found, levels)
    found = await people.known(_codes(parsed, 0), scope)
    known_periods = await facts.periods(kind, [person.id for person in found.values()])
    check_kind = check_pipeline if kind == "pipeline" else check_absences
    return await asyncio.to_thread(check_kind, parsed, found, known_periods)


async def _people(parsed: Parsed, scope: Scope) -> Outcome:
    known = await people.with_values(_codes(parsed, 0), scope)
    groups = await asyncio.to_thread(lines_by_key, parsed, settled(known))
    fresh = [key for key, lines in groups.items() if any(line.fresh for line in lines)]
    others = await people.namesakes(fresh, scope)
    return await asyncio.to_thread(check_people, parsed, known, groups, others)


async def _postings(parsed: Parsed, scope: Scope) -> Outcome:
    found = await people.known(_codes(parsed, 0), scope)
    places = await facts.units(_codes(parsed, 1), scope.units)
    known = await facts.postings([person.id for person in found.values()])
    return await asyncio.to_thread(check_postings, parsed, found, places, known)


async def _accounts(parsed: Parsed, actor: Actor, login: str, today: date) -> Outcome:
    reach = await reach_of(actor, today)
    found = await people.for_accounts(_codes(parsed, 3), reach)
    known = await facts.accounts(_codes(parsed, 0), reach)
    names = [*_codes(parsed, 0), *_codes(parsed, 2)]
    taken = await facts.taken(names, [person.id for person in found.values()])
    return check_accounts(parsed, known, found, taken, login, whole=reach.whole)


def _codes(parsed: Parsed, place: int) -> list[str]:
    return list(_texts(row[place] for row in parsed.rows))


def _texts(values: Iterable[object]) -> set[str]:
    return {value for value in values if isinstance(value, str)}
