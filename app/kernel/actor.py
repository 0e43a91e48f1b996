"""Who acts: an account with the roles it holds today, each over a unit and what lies below."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum


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


@dataclass(frozen=True, slots=True)
class Actor:
    """The signed-in account. `units` holds, per role, every unit id the role covers today.

    A role over the whole sector covers the root unit's subtree like any other; there is no
    special "all" value that a rule could forget.
    """

    account_id: int
    person_id: int | None
    name: str
    units: dict[Role, frozenset[int]] = field(default_factory=dict)
    address: str = ""

    def holds(self, *roles: Role) -> bool:
        return any(role in self.units for role in roles)

    def holds_over(self, unit_id: int, *roles: Role) -> bool:
        return any(unit_id in self.units.get(role, frozenset()) for role in roles)

    def units_for(self, *roles: Role) -> frozenset[int]:
        return frozenset().union(*(self.units.get(role, frozenset()) for role in roles))
