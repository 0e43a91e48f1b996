"""Who acts: an account with the roles it holds today, each over a unit and what lies below."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

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
