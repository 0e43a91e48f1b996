"""A checked sheet into the tables: a few statements however many rows, inside a transaction."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator, Sequence
from dataclasses import replace
from typing import Any

from app.accounts import passwords
from app.accounts.tables import Account
from app.imports.rules.accounts import AccountWritten
from app.imports.rules.namesakes import bare
from app.imports.rules.postings import PostingWritten
from app.imports.rules.problems import Outcome
from app.imports.rules.units import UnitWritten
from app.kernel.vietnamese import order_key, person_order_key, search_key
from app.organization.tables import (
    LeadershipPipeline,
    LongAbsence,
    Person,
    Posting,
    Unit,
    YearlyClassification,
)

# What stands in the way of a check being still true when its rows are written.
TABLES = {
    "units": "unit, unit_version, posting",
    "people": "person",
    "postings": "unit, person, posting",
    "classifications": "person, yearly_classification",
    "pipeline": "person, leadership_pipeline",
    "absences": "person, long_absence",
    "accounts": "person, account",
}
# Rows per statement: few enough to see a long import move, many enough not to slow it down.
STEP = 2000


async def lock(kind: str) -> None:
    """Others go on reading; writers of these tables wait until the import is done."""
    await Unit.raw(f"LOCK TABLE {TABLES[kind]} IN SHARE ROW EXCLUSIVE MODE")


async def write(
    kind: str, outcome: Outcome, wrote: Callable[[int], Awaitable[None]] | None = None
) -> None:
    """`wrote` is told how many rows stand so far."""
    so_far = 0
    for part in _parts(kind, outcome):
        await _WRITERS[kind](part)
        so_far += len(part.new) + len(part.changed)
        if wrote is not None:
            await wrote(so_far)


async def renew_statistics(kind: str) -> None:
    """Outside the import's transaction: plans made for the few rows of before would be slow."""
    await Unit.raw(f"ANALYZE {TABLES[kind]}")


def _parts(kind: str, outcome: Outcome) -> Iterator[Outcome]:
    if kind == "units":
        # A unit may stand in the file before the one it belongs to.
        yield outcome
        return
    for start in range(0, len(outcome.changed), STEP):
        yield replace(outcome, new=(), changed=outcome.changed[start : start + STEP])
    for start in range(0, len(outcome.new), STEP):
        yield replace(outcome, new=outcome.new[start : start + STEP], changed=())


async def _units(outcome: Outcome) -> None:
    new: Sequence[Any] = outcome.new
    changed: Sequence[Any] = outcome.changed
    await Unit.raw(
        "INSERT INTO unit (code, kind, founded_on, dissolved_on, illustrative)"
        " SELECT *, false FROM unnest({}::varchar[], {}::varchar[], {}::date[], {}::date[])",
        *_columns(new, "code", "kind", "founded_on", "dissolved_on"),
    )
    await Unit.raw(
        "UPDATE unit u SET kind = e.kind, dissolved_on = e.ends"
        " FROM unnest({}::int[], {}::varchar[], {}::date[]) AS e(id, kind, ends)"
        " WHERE u.id = e.id",
        *_columns(changed, "id", "kind", "dissolved_on"),
    )
    closed = [unit for unit in changed if unit.close is not None]
    await Unit.raw(
        "UPDATE unit_version v SET valid_to = e.last"
        " FROM unnest({}::int[], {}::date[], {}::date[]) AS e(unit, last, next)"
        " WHERE v.unit = e.unit AND v.valid_from < e.next"
        " AND (v.valid_to IS NULL OR v.valid_to >= e.next)",
        [unit.id for unit in closed],
        [unit.close for unit in closed],
        [unit.version.first for unit in closed],
    )
    await _versions([unit for unit in (*new, *changed) if unit.version is not None])


async def _versions(units: Sequence[UnitWritten]) -> None:
    versions = [unit.version for unit in units if unit.version is not None]
    await Unit.raw(
        "INSERT INTO unit_version"
        " (unit, name, search_key, order_key, parent, valid_from, valid_to)"
        " SELECT u.id, e.name, e.search, e.sorting, p.id, e.first, e.last"
        " FROM unnest({}::varchar[], {}::varchar[], {}::varchar[], {}::text[], {}::varchar[],"
        " {}::date[], {}::date[]) AS e(code, name, search, sorting, parent, first, last)"
        " JOIN unit u ON u.code = e.code LEFT JOIN unit p ON p.code = e.parent"
        " ON CONFLICT (unit, valid_from) DO UPDATE SET name = excluded.name,"
        " search_key = excluded.search_key, order_key = excluded.order_key,"
        " parent = excluded.parent, valid_to = excluded.valid_to",
        [unit.code for unit in units],
        [version.name for version in versions],
        [search_key(version.name) for version in versions],
        [order_key(version.name) for version in versions],
        [version.parent for version in versions],
        [version.first for version in versions],
        [version.last for version in versions],
    )


async def _people(outcome: Outcome) -> None:
    new: Sequence[Any] = outcome.new
    changed: Sequence[Any] = outcome.changed
    values = (
        " {}::varchar[], {}::date[], {}::varchar[], {}::varchar[], {}::varchar[], {}::date[],"
        " {}::varchar[], {}::text[]"
    )
    await Person.raw(
        "INSERT INTO person (staff_code, full_name, birth_date, sex, ethnicity, staff_category,"
        f" recruited_on, search_key, order_key) SELECT * FROM unnest({{}}::varchar[],{values})",
        [row[0] for row in new],
        *_person_columns(new),
    )
    await Person.raw(
        "UPDATE person p SET full_name = e.name, birth_date = e.born, sex = e.sex,"
        " ethnicity = e.ethnicity, staff_category = e.category, recruited_on = e.recruited,"
        " search_key = e.search, order_key = e.sorting"
        f" FROM unnest({{}}::int[],{values})"
        " AS e(id, name, born, sex, ethnicity, category, recruited, search, sorting)"
        " WHERE p.id = e.id",
        [person_id for person_id, _ in changed],
        *_person_columns([row for _, row in changed]),
    )


def _person_columns(rows: Sequence[Any]) -> list[list[Any]]:
    columns = [[row[place] for row in rows] for place in range(1, 7)]
    names = columns[0]
    return [*columns, [bare(n) for n in names], [person_order_key(n) for n in names]]


async def _postings(outcome: Outcome) -> None:
    new: Sequence[PostingWritten] = outcome.new  # type: ignore[assignment]
    changed: Sequence[PostingWritten] = outcome.changed  # type: ignore[assignment]
    await Posting.raw(
        "INSERT INTO posting (person, unit, post, valid_from, valid_to, is_main)"
        " SELECT * FROM unnest({}::int[], {}::int[], {}::varchar[], {}::date[], {}::date[],"
        " {}::bool[])",
        *_columns(new, "person", "unit", "post", "first", "last", "is_main"),
    )
    await Posting.raw(
        "UPDATE posting p SET valid_to = e.last, is_main = e.main"
        " FROM unnest({}::int[], {}::date[], {}::bool[]) AS e(id, last, main) WHERE p.id = e.id",
        *_columns(changed, "id", "last", "is_main"),
    )


async def _classifications(outcome: Outcome) -> None:
    new: Sequence[Any] = outcome.new
    changed: Sequence[Any] = outcome.changed
    await YearlyClassification.raw(
        "INSERT INTO yearly_classification (person, year, level)"
        " SELECT * FROM unnest({}::int[], {}::int[], {}::varchar[])",
        *([row[place] for row in new] for place in range(3)),
    )
    await YearlyClassification.raw(
        "UPDATE yearly_classification c SET level = e.level"
        " FROM unnest({}::int[], {}::varchar[]) AS e(id, level) WHERE c.id = e.id",
        *([row[place] for row in changed] for place in range(2)),
    )


async def _accounts(outcome: Outcome) -> None:
    new: Sequence[AccountWritten] = outcome.new  # type: ignore[assignment]
    changed: Sequence[AccountWritten] = outcome.changed  # type: ignore[assignment]
    # The hash of a password nobody knows: the first sign-in is by a one-time link.
    unusable = await passwords.hashed(passwords.new_token())
    await Account.raw(
        "INSERT INTO account (login, name, email, person, password_hash, active)"
        " SELECT *, {}, true FROM unnest({}::varchar[], {}::varchar[], {}::varchar[], {}::int[])",
        unusable,
        *_columns(new, "login", "name", "email", "person"),
    )
    await Account.raw(
        "UPDATE account a SET name = e.name, email = e.email, person = e.person"
        " FROM unnest({}::int[], {}::varchar[], {}::varchar[], {}::int[])"
        " AS e(id, name, email, person) WHERE a.id = e.id",
        *_columns(changed, "id", "name", "email", "person"),
    )


async def _pipeline(outcome: Outcome) -> None:
    await LeadershipPipeline.raw(
        "INSERT INTO leadership_pipeline (person, post, valid_from, valid_to)"
        " SELECT * FROM unnest({}::int[], {}::varchar[], {}::date[], {}::date[])",
        *_columns(outcome.new, "person", "text", "first", "last"),
    )
    await LeadershipPipeline.raw(
        "UPDATE leadership_pipeline p SET valid_to = e.last"
        " FROM unnest({}::int[], {}::date[]) AS e(id, last) WHERE p.id = e.id",
        *_columns(outcome.changed, "id", "last"),
    )


async def _absences(outcome: Outcome) -> None:
    await LongAbsence.raw(
        "INSERT INTO long_absence (person, reason, valid_from, valid_to)"
        " SELECT * FROM unnest({}::int[], {}::varchar[], {}::date[], {}::date[])",
        *_columns(outcome.new, "person", "text", "first", "last"),
    )
    await LongAbsence.raw(
        "UPDATE long_absence p SET reason = e.reason, valid_to = e.last"
        " FROM unnest({}::int[], {}::varchar[], {}::date[]) AS e(id, reason, last)"
        " WHERE p.id = e.id",
        *_columns(outcome.changed, "id", "text", "last"),
    )


def _columns(rows: Sequence[object], *names: str) -> list[list[Any]]:
    return [[getattr(row, name) for row in rows] for name in names]


_WRITERS = {
    "units": _units,
    "people": _people,
    "postings": _postings,
    "classifications": _classifications,
    "pipeline": _pipeline,
    "absences": _absences,
    "accounts": _accounts,
}
