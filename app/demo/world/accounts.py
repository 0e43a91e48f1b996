"""Demo sign-ins: at least one per role. Passwords are the runner's business."""

from __future__ import annotations

from app.demo.world.council_facts import Account, Council, Grant
from app.demo.world.movement import CALENDAR
from app.demo.world.roster import Roster
from app.demo.world.selection import (
    DISCIPLINED,
    NAME_WITH_APOSTROPHE,
    SEVEN_WORD_NAME,
    UNDER_CONSIDERATION,
    UnitList,
)
from app.demo.world.story_facts import Nominee
from app.demo.world.units import ROOT
from app.kernel.actor import Role

_OFFICE = "van-phong.tdkt"
_REGION = "vks-lang-son.khu-vuc-1"
_STAFF_MEMBERS = (SEVEN_WORD_NAME, NAME_WITH_APOSTROPHE, DISCIPLINED, UNDER_CONSIDERATION)


def build_accounts(
    roster: Roster, council: Council, lists: tuple[UnitList, ...], nominees: tuple[Nominee, ...]
) -> tuple[Account, ...]:
    found = [*_council(council), *_office(roster)]
    for line in lists:
        place = _short(line.unit)
        found.append(
            _account(f"dm.{place}", roster.staff(line.unit).key, Role.UNIT_OFFICER, line.unit)
        )
        found.append(_account(f"tt.{place}", roster.head(line.unit).key, Role.UNIT_HEAD, line.unit))
    # A level below the province: its dossiers pass both.
    found.append(
        _account(f"dm.{_short(_REGION)}", roster.staff(_REGION).key, Role.UNIT_OFFICER, _REGION)
    )
    found.append(
        _account(f"tt.{_short(_REGION)}", roster.head(_REGION).key, Role.UNIT_HEAD, _REGION)
    )
    units = {nominee.person: nominee.unit for nominee in nominees}
    found += [
        Account(f"cb{number}", person, (Grant(Role.STAFF, units[person]),))
        for number, person in enumerate(_STAFF_MEMBERS, start=1)
    ]
    return tuple(found)


def _short(unit: str) -> str:
    return unit.removeprefix("vks-").removesuffix(f"-{CALENDAR.session_on.year}")


def _account(login: str, person: str, role: Role, unit: str) -> Account:
    return Account(login, person, (Grant(role, unit),))


def _council(council: Council) -> list[Account]:
    """The chair is the head of the agency and signs the decision: one person, two roles."""
    accounts = []
    for position, member in enumerate(council.members, start=1):
        grants = [Grant(Role.COUNCIL_MEMBER, ROOT)]
        if position == 1:
            grants.append(Grant(Role.LEADER, ROOT))
        accounts.append(Account(f"hd{position}", member.person, tuple(grants)))
    return [*accounts, Account("thu-ky", council.secretary, (Grant(Role.COUNCIL_SECRETARY, ROOT),))]


def _office(roster: Roster) -> list[Account]:
    lines = (
        ("tham-dinh", roster.deputy(_OFFICE), Role.APPRAISER),
        ("ky-luat", roster.deputy("thanh-tra"), Role.DISCIPLINE_OFFICER),
        ("to-chuc", roster.deputy("vu-tccb"), Role.PERSONNEL_OFFICER),
        ("sang-kien", roster.deputy("vien-khks"), Role.INITIATIVE_COUNCIL_MEMBER),
        ("giam-sat", roster.staff("cuc-tai-chinh"), Role.AUDITOR),
        ("quan-tri", roster.deputy("cuc-tktp"), Role.ADMINISTRATOR),
    )
    return [Account(login, person.key, (Grant(role, ROOT),)) for login, person, role in lines]
