"""The people of a sheet, as far as the account that imports it may write about them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from piccolo.querystring import QueryString

from app.accounts.queries.reach import Reach
from app.imports.rules.namesakes import Key, Someone
from app.imports.rules.people import PersonKnown
from app.imports.rules.postings import Reached
from app.kernel.actor import Actor
from app.organization.queries.asking import seen_through
from app.organization.tables import Person, Unit


@dataclass(frozen=True, slots=True)
class Scope:
    """Whom one account writes about: who is seen through `units`, and who it brought in itself.

    `whole`: the units include one with nothing above it; then also whoever is posted nowhere.
    """

    account_id: int
    units: frozenset[int]
    whole: bool
    today: date


async def scope_of(actor: Actor, units: frozenset[int], today: date) -> Scope:
    rows = await Unit.raw(
        "SELECT EXISTS (SELECT FROM unit_version v WHERE v.unit = ANY({}) AND v.parent IS NULL"
        " AND v.valid_from <= {} AND (v.valid_to IS NULL OR v.valid_to >= {})) AS whole",
        sorted(units),
        today,
        today,
    )
    return Scope(actor.account_id, units, rows[0]["whole"], today)


def _within(scope: Scope) -> QueryString:
    """A condition on person `p`."""
    # Who brings people in goes on to post them; of a long file the run keeps its first lines.
    own = QueryString(
        "EXISTS (SELECT FROM import_run i CROSS JOIN LATERAL"
        " jsonb_array_elements(i.lines::jsonb -> 'new') l WHERE i.by = {} AND i.kind = 'people'"
        " AND i.state = 'done' AND l ->> 1 = p.staff_code)",
        scope.account_id,
    )
    return QueryString(
        "({} OR ({} AND NOT EXISTS (SELECT FROM posting z WHERE z.person = p.id)))",
        seen_through(scope.units, scope.today),
        QueryString("TRUE") if scope.whole else own,
    )


async def with_values(codes: Iterable[str], scope: Scope) -> dict[str, PersonKnown]:
    """Everybody with one of the codes, for a new code must be nobody's."""
    rows = await Person.raw(
        "SELECT p.id, p.staff_code, p.full_name, p.birth_date, p.sex, p.ethnicity,"
        " p.staff_category, p.recruited_on, {} AS within FROM person p"
        " WHERE p.staff_code = ANY({})",
        _within(scope),
        list(codes),
    )
    names = ("full_name", "birth_date", "sex", "ethnicity", "staff_category", "recruited_on")
    return {
        row["staff_code"]: PersonKnown(row["id"], tuple(row[n] for n in names), row["within"])
        for row in rows
    }


async def known(codes: Iterable[str], scope: Scope) -> dict[str, Reached]:
    """Of the codes those of people the account may write about."""
    rows = await Person.raw(
        "SELECT p.id, p.staff_code, p.full_name FROM person p WHERE p.staff_code = ANY({}) AND {}",
        list(codes),
        _within(scope),
    )
    return {row["staff_code"]: Reached(row["id"], name=row["full_name"]) for row in rows}


async def for_accounts(codes: Iterable[str], reach: Reach) -> dict[str, Reached]:
    """Of the codes those of people for whom an account may be opened: posted here today."""
    rows = await Person.raw(
        "SELECT p.id, p.staff_code FROM person p WHERE p.staff_code = ANY({}) AND ({} OR EXISTS"
        " (SELECT FROM posting g WHERE g.person = p.id AND g.unit = ANY({})"
        " AND g.valid_from <= {} AND (g.valid_to IS NULL OR g.valid_to >= {})))",
        list(codes),
        reach.whole,
        sorted(reach.units),
        reach.today,
        reach.today,
    )
    return {row["staff_code"]: Reached(row["id"]) for row in rows}


async def namesakes(keys: Iterable[Key], scope: Scope) -> dict[Key, list[Someone]]:
    """By bare name and birth date; only people this account may know of."""
    wanted = list(keys)
    rows = await Person.raw(
        "SELECT p.staff_code, p.full_name, p.search_key, p.birth_date FROM person p"
        " JOIN unnest({}::varchar[], {}::date[]) AS e(name, born)"
        " ON p.search_key = e.name AND p.birth_date = e.born WHERE {} ORDER BY p.staff_code",
        [name for name, _ in wanted],
        [born for _, born in wanted],
        _within(scope),
    )
    found: dict[Key, list[Someone]] = {}
    for row in rows:
        someone = Someone(row["staff_code"], row["full_name"])
        found.setdefault((row["search_key"], row["birth_date"]), []).append(someone)
    return found
