"""Write the demo world's units, people and accounts: what an office would import on day one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from piccolo.table import Table

from app.accounts.actions import hash_password
from app.accounts.tables import Account, RoleHeld
from app.audit import actions as audit
from app.catalogue.actions import load_product_data
from app.demo.world import World
from app.demo.world.facts import EventKind, Unit
from app.kernel.vietnamese import order_key, person_order_key, search_key, tidy
from app.organization import tables
from app.piccolo_conf import DB

PASSWORD = "thi-dua-2025"  # noqa: S105 - made-up people need no secret
ROLES_FROM = date(2024, 1, 2)
_CHUNK = 500


@dataclass
class Ids:
    """From the world's keys to the database's ids."""

    units: dict[str, int] = field(default_factory=dict)
    people: dict[str, int] = field(default_factory=dict)
    accounts: dict[str, int] = field(default_factory=dict)
    """By login."""
    logins: dict[str, str] = field(default_factory=dict)
    """By person key."""


async def load_world(world: World, *, now: datetime) -> Ids:
    ids = Ids()
    async with DB.transaction():
        await load_product_data(actor=None, now=now)
        await _units(world, ids)
        await _people(world, ids)
        await _accounts(world, ids)
        await audit.record(
            None, "demo.load", "world", None, now=now, people=len(ids.people), units=len(ids.units)
        )
    return ids


async def _insert(table: type[Table], rows: Sequence[Table]) -> list[int]:
    made: list[int] = []
    for start in range(0, len(rows), _CHUNK):
        done = await table.insert(*rows[start : start + _CHUNK])
        made.extend(row["id"] for row in done)
    return made


async def _units(world: World, ids: Ids) -> None:
    made = await _insert(
        tables.Unit,
        [
            tables.Unit(
                code=unit.key,
                kind=unit.kind.value,
                founded_on=unit.founded_on,
                dissolved_on=unit.dissolved_on,
                illustrative=unit.illustrative,
            )
            for unit in world.units
        ],
    )
    ids.units = dict(zip((unit.key for unit in world.units), made, strict=True))
    await _insert(tables.UnitVersion, [row for unit in world.units for row in _versions(unit, ids)])
    events = {EventKind.MERGE: "merge", EventKind.REPLACE: "conversion"}
    await _insert(
        tables.UnitSuccession,
        [
            tables.UnitSuccession(
                predecessor=ids.units[source],
                successor=ids.units[event.target],
                happened_on=event.on,
                event=events[event.kind],
            )
            for event in world.events
            if event.kind in events
            for source in event.sources
        ],
    )


def _versions(unit: Unit, ids: Ids) -> list[Table]:
    rows: list[Table] = []
    for version in unit.names:
        parent = unit.parent_on(version.period.first)
        rows.append(
            tables.UnitVersion(
                unit=ids.units[unit.key],
                name=version.name,
                search_key=search_key(version.name),
                order_key=order_key(version.name),
                parent=ids.units[parent] if parent else None,
                valid_from=version.period.first,
                valid_to=version.period.last,
            )
        )
    return rows


async def _people(world: World, ids: Ids) -> None:
    made = await _insert(
        tables.Person,
        [
            tables.Person(
                staff_code=person.staff_code,
                full_name=tidy(person.name_as_typed),
                search_key=search_key(person.name),
                order_key=person_order_key(person.name),
                birth_date=person.born_on,
                sex=person.sex.value,
                ethnicity=person.ethnicity,
                staff_category=person.category.value,
                recruited_on=person.recruited_on,
            )
            for person in world.people
        ],
    )
    ids.people = dict(zip((person.key for person in world.people), made, strict=True))
    await _insert(
        tables.Posting,
        [
            tables.Posting(
                person=ids.people[person.key],
                unit=ids.units[posting.unit],
                post=posting.post,
                is_main=posting.main,
                valid_from=posting.period.first,
                valid_to=posting.period.last,
            )
            for person in world.people
            for posting in person.postings
        ],
    )
    await _insert(
        tables.YearlyClassification,
        [
            tables.YearlyClassification(
                person=ids.people[person.key], year=line.year, level=line.level.value
            )
            for person in world.people
            for line in person.classifications
        ],
    )


async def _accounts(world: World, ids: Ids) -> None:
    names = {person.key: person.name for person in world.people}
    founded = {unit.key: unit.founded_on for unit in world.units}
    password_hash = hash_password(PASSWORD)
    accounts = world.story.accounts
    made = await _insert(
        Account,
        [
            Account(
                login=account.login,
                name=names[account.person],
                person=ids.people[account.person],
                password_hash=password_hash,
            )
            for account in accounts
        ],
    )
    ids.accounts = dict(zip((account.login for account in accounts), made, strict=True))
    ids.logins = {account.person: account.login for account in accounts}
    await _insert(
        RoleHeld,
        [
            RoleHeld(
                account=ids.accounts[account.login],
                role=grant.role,
                unit=ids.units[grant.unit],
                valid_from=max(ROLES_FROM, founded[grant.unit]),
                valid_to=grant.until,
            )
            for account in accounts
            for grant in account.grants
        ],
    )
