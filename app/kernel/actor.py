"""Who acts: an account with the roles it holds today, each over a unit and what lies below."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from app.kernel.period import Period
from app.kernel.refusal import N_


class Role(StrEnum):
    STAFF = "staff"
    UNIT_OFFICER = "unit_officer"
    UNIT_HEAD = "unit_head"
    APPRAISER = "appraiser"
    COUNCIL_MEMBER = "council_member"
    COUNCIL_SECRETARY = "council_secretary"
    INITIATIVE_COUNCIL_MEMBER = "initiative_council_member"
    DISCIPLINE_OFFICER = "discipline_officer"
    PERSONNEL_OFFICER = "personnel_officer"
    LEADER = "leader"
    AUDITOR = "auditor"
    ADMINISTRATOR = "administrator"


# What people call a role; gettext ids, for every room that shows one.
ROLE_WORDS: Mapping[Role, str] = {
    Role.STAFF: N_("Cán bộ"),
    Role.UNIT_OFFICER: N_("Cán bộ đầu mối của đơn vị"),
    Role.UNIT_HEAD: N_("Thủ trưởng đơn vị"),
    Role.APPRAISER: N_("Cán bộ thẩm định"),
    Role.COUNCIL_MEMBER: N_("Thành viên Hội đồng"),
    Role.COUNCIL_SECRETARY: N_("Thư ký Hội đồng"),
    Role.INITIATIVE_COUNCIL_MEMBER: N_("Thành viên Hội đồng sáng kiến"),
    Role.DISCIPLINE_OFFICER: N_("Cán bộ theo dõi kỷ luật"),
    Role.PERSONNEL_OFFICER: N_("Cán bộ tổ chức"),
    Role.LEADER: N_("Lãnh đạo quyết định khen thưởng"),
    Role.AUDITOR: N_("Kiểm toán viên"),
    Role.ADMINISTRATOR: N_("Quản trị tài khoản"),
}


@dataclass(frozen=True, slots=True)
class Holding:
    """One role as it is held: over the unit and all that `covers` names, on these days.

    `stands_in_for`: whom a deputy acts for, else empty.
    """

    role: Role
    unit_id: int
    unit_name: str
    period: Period
    covers: frozenset[int]
    stands_in_for: str = ""


@dataclass(slots=True)
class Used:
    """By which roles a policy last said yes, for the log to name. Judges nothing."""

    last: tuple[Holding, ...] = ()
    logged: tuple[Holding, ...] = ()
    within: object = None

    def during(self, transaction: object) -> tuple[Holding, ...]:
        """What the entries of one transaction say: a yes of an earlier one is no answer here."""
        if self.last or transaction is not self.within:
            self.logged, self.within = self.last, transaction
        self.last = ()
        return self.logged


@dataclass(frozen=True, slots=True)
class Actor:
    """The signed-in account. `units` holds, per role, every unit id the role covers today.

    A role over the whole sector covers the root unit's subtree like any other; there is no
    special "all" value that a rule could forget. `top`: the units with nothing above them today.
    """

    account_id: int
    person_id: int | None
    name: str
    units: dict[Role, frozenset[int]] = field(default_factory=dict)
    address: str = ""
    holdings: tuple[Holding, ...] = ()
    top: frozenset[int] = frozenset()
    used: Used = field(default_factory=Used, compare=False, repr=False)

    def holds(self, *roles: Role) -> bool:
        held = any(role in self.units for role in roles)
        if held:
            self._note(roles, None)
        return held

    def holds_over(self, unit_id: int, *roles: Role) -> bool:
        held = any(unit_id in self.units.get(role, frozenset()) for role in roles)
        if held:
            self._note(roles, unit_id)
        return held

    def units_for(self, *roles: Role) -> frozenset[int]:
        return frozenset().union(*(self.units.get(role, frozenset()) for role in roles))

    def _note(self, roles: tuple[Role, ...], unit_id: int | None) -> None:
        found = [
            own
            for own in self.holdings
            if own.role in roles and (unit_id is None or unit_id in own.covers)
        ]
        self.used.last = _enough(found)

    def acts_by(self, *choices: Sequence[Holding]) -> None:
        """Put right for the log what a yes without a unit left open.

        `choices`: for each thing acted on, the holdings of which one is enough.
        """
        used = [own for choice in choices for own in _enough(choice)]
        if used:
            self.used.last = tuple(own for own in self.holdings if own in used)


def _enough(found: Sequence[Holding]) -> tuple[Holding, ...]:
    """Nobody stands in for others where the own role is enough."""
    return tuple(own for own in found if not own.stands_in_for) or tuple(found)


def actor_with(
    holdings: tuple[Holding, ...],
    *,
    account_id: int,
    person_id: int | None,
    name: str,
    address: str = "",
    top: frozenset[int] = frozenset(),
) -> Actor:
    units: dict[Role, frozenset[int]] = {}
    for own in holdings:
        units[own.role] = units.get(own.role, frozenset()) | own.covers
    return Actor(account_id, person_id, name, units, address, holdings, top)
