"""What is there already, loaded for one whole sheet at a time."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from app.accounts.queries.reach import Reach, lies_within, seen_within
from app.accounts.tables import Account
from app.imports.rules.accounts import AccountKnown, Taken
from app.imports.rules.periods import PeriodKnown
from app.imports.rules.postings import PostingKnown, Reached
from app.imports.rules.tree import Version
from app.imports.rules.units import UnitKnown
from app.organization.tables import (
    LeadershipPipeline,
    LongAbsence,
    Posting,
    Unit,
    UnitVersion,
    YearlyClassification,
)


async def units_with_versions(within: Collection[int]) -> dict[str, UnitKnown]:
    rows = await Unit.raw(
        "SELECT u.id, u.code, u.kind, u.founded_on, u.dissolved_on,"
        " (SELECT max(coalesce(valid_to, 'infinity'::date)) FROM posting WHERE unit = u.id)"
        " AS last_posting FROM unit u"
    )
    codes = {row["id"]: row["code"] for row in rows}
    versions: dict[int, list[Version]] = {}
    for row in await UnitVersion.raw(
        "SELECT unit, name, parent, valid_from, valid_to FROM unit_version"
        " ORDER BY unit, valid_from"
    ):
        parent = codes[row["parent"]] if row["parent"] else None
        version = Version(row["name"], parent, row["valid_from"], row["valid_to"])
        versions.setdefault(row["unit"], []).append(version)
    return {
        row["code"]: UnitKnown(
            row["id"],
            row["kind"],
            row["founded_on"],
            row["dissolved_on"],
            tuple(versions[row["id"]]),
            row["id"] in within,
            row["last_posting"],
        )
        for row in rows
        if row["id"] in versions
    }


async def units(codes: Iterable[str], within: Collection[int]) -> dict[str, Reached]:
    rows = await Unit.raw(
        "SELECT id, code, founded_on, dissolved_on FROM unit WHERE code = ANY({})", list(codes)
    )
    return {
        row["code"]: Reached(row["id"], row["id"] in within, row["founded_on"], row["dissolved_on"])
        for row in rows
    }


async def postings(person_ids: Collection[int]) -> dict[int, list[PostingKnown]]:
    rows = await Posting.raw(
        "SELECT id, person, unit, post, valid_from, valid_to, is_main FROM posting"
        " WHERE person = ANY({})",
        list(person_ids),
    )
    found: dict[int, list[PostingKnown]] = {}
    for row in rows:
        person = row.pop("person")
        found.setdefault(person, []).append(PostingKnown(*row.values()))
    return found


async def classifications(
    person_ids: Collection[int],
) -> dict[tuple[int, int], tuple[int, str]]:
    rows = await YearlyClassification.raw(
        "SELECT id, person, year, level FROM yearly_classification WHERE person = ANY({})",
        list(person_ids),
    )
    return {(row["person"], row["year"]): (row["id"], row["level"]) for row in rows}


async def periods(kind: str, person_ids: Collection[int]) -> dict[int, list[PeriodKnown]]:
    """`kind`: pipeline or absences."""
    if kind == "pipeline":
        rows = await LeadershipPipeline.raw(
            "SELECT person, id, post AS text, valid_from, valid_to FROM leadership_pipeline"
            " WHERE person = ANY({})",
            list(person_ids),
        )
    else:
        rows = await LongAbsence.raw(
            "SELECT person, id, reason AS text, valid_from, valid_to FROM long_absence"
            " WHERE person = ANY({})",
            list(person_ids),
        )
    found: dict[int, list[PeriodKnown]] = {}
    for row in rows:
        person = row.pop("person")
        found.setdefault(person, []).append(PeriodKnown(*row.values()))
    return found


async def accounts(logins: Collection[str], reach: Reach) -> dict[str, AccountKnown]:
    rows = await Account.raw(
        "SELECT a.id, a.login, a.name, a.email, a.person, p.staff_code, {} AND {} AS within"
        " FROM account a LEFT JOIN person p ON p.id = a.person WHERE a.login = ANY({})",
        seen_within(reach),
        lies_within(reach),
        list(logins),
    )
    return {row.pop("login"): AccountKnown(**row) for row in rows}


async def taken(names: Collection[str], person_ids: Collection[int]) -> Taken:
    """By whom sign-in names (logins and e-mails are one kind) and people are held."""
    rows = await Account.raw(
        "SELECT login, email, person FROM account"
        " WHERE login = ANY({}) OR email = ANY({}) OR person = ANY({})",
        list(names),
        list(names),
        list(person_ids),
    )
    held = {row["email"]: row["login"] for row in rows if row["email"]}
    held |= {row["login"]: row["login"] for row in rows}
    return Taken(held, {row["person"]: row["login"] for row in rows if row["person"]})
