from __future__ import annotations

from dataclasses import dataclass

from app.kernel.actor import Actor, Role
from app.kernel.refusal import N_, Refusal

_SEES_ALL = (
    Role.COUNCIL_SECRETARY,
    Role.LEADER,
    Role.AUDITOR,
    Role.APPRAISER,
    Role.COUNCIL_MEMBER,
)
_ISSUES = (Role.COUNCIL_SECRETARY, Role.LEADER)


@dataclass(frozen=True, slots=True)
class Reach:
    """Whose certificates a reader sees: all of movements launched by `office`, those nominated
    by `units`, and the own one."""

    office: frozenset[int]
    units: frozenset[int]
    person_id: int | None


def reach(actor: Actor) -> Reach:
    return Reach(
        actor.units_for(*_SEES_ALL),
        actor.units_for(Role.UNIT_OFFICER, Role.UNIT_HEAD),
        actor.person_id,
    )


def sees_all(actor: Actor, unit_id: int) -> bool:
    """All certificates of a decision; `unit_id`: launched the movement."""
    return actor.holds_over(unit_id, *_SEES_ALL)


def may_issue(actor: Actor, unit_id: int) -> bool:
    return actor.holds_over(unit_id, *_ISSUES)


def issues_for(actor: Actor) -> frozenset[int]:
    return actor.units_for(*_ISSUES)


def refuse_issue(state: str | None) -> Refusal | None:
    """`state` of the decision's batch, None when there is none; a failed one is taken up again."""
    if state == "done":
        return Refusal("already-issued", N_("Giấy khen của quyết định này đã được cấp."))
    if state in ("queued", "running"):
        return Refusal(
            "being-issued",
            N_("Giấy khen của quyết định này đang được tạo; vui lòng chờ đến khi hoàn tất."),
        )
    return None
