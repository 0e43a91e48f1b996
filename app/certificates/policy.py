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


@dataclass(frozen=True, slots=True)
class Reach:
    """Whose certificates a reader sees: all, or those nominated by `units`, and the own one."""

    everything: bool
    units: frozenset[int]
    person_id: int | None


def reach(actor: Actor) -> Reach:
    return Reach(
        actor.holds(*_SEES_ALL),
        actor.units_for(Role.UNIT_OFFICER, Role.UNIT_HEAD),
        actor.person_id,
    )


def may_issue(actor: Actor) -> bool:
    return actor.holds(Role.COUNCIL_SECRETARY, Role.LEADER)


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
