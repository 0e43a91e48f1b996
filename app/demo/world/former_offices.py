"""Who kept and signed the dossiers of 2024 in units that the merger of 2025 ended."""

from __future__ import annotations

from dataclasses import replace

from app.demo.world.council_facts import Account, Grant
from app.demo.world.facts import LAST_OLD_DAY, Person
from app.demo.world.roster import Roster
from app.kernel.actor import Role

_DEPUTIES = ("Phó Viện trưởng", "Phó Hiệu trưởng")


def head_then(unit: str, roster: Roster) -> Person:
    """The head; in a unit that ended, the deputy who signed for the head."""
    if roster.units[unit].dissolved_on is None:
        return roster.head(unit)
    found = roster.of_unit(unit)
    signs = [p for p in found if roster.post_of(p).startswith(_DEPUTIES)]
    return (signs or [p for p in found if roster.post_of(p).startswith("Phó")])[0]


def with_former_offices(
    accounts: tuple[Account, ...], units: tuple[str, ...], away: set[str], roster: Roster
) -> tuple[Account, ...]:
    """`roster`: of that year; `away`: people who were nominated themselves.

    Whoever signs in today has the role of then too, ended; the others get a sign-in for it.
    """
    found = list(accounts)
    for unit in units:
        if roster.units[unit].dissolved_on is None:
            continue
        head = head_then(unit, roster)
        officer = _officer(unit, roster, {head.key, *away})
        place = unit.removeprefix("vks-")
        for prefix, person, role in (
            ("tt", head, Role.UNIT_HEAD),
            ("dm", officer, Role.UNIT_OFFICER),
        ):
            _grant(found, f"{prefix}.{place}-2024", person, Grant(role, unit, LAST_OLD_DAY))
    return tuple(found)


def _officer(unit: str, roster: Roster, away: set[str]) -> Person:
    able = [p for p in roster.of_unit(unit) if p.key not in away]
    clerks = [p for p in able if roster.post_of(p).startswith("Chuyên viên")]
    return (clerks or able)[0]


def _grant(accounts: list[Account], login: str, person: Person, grant: Grant) -> None:
    for position, account in enumerate(accounts):
        if account.person == person.key:
            accounts[position] = replace(account, grants=(*account.grants, grant))
            return
    accounts.append(Account(login, person.key, (grant,)))
