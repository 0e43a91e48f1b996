from __future__ import annotations

from app.kernel.actor import Actor, Role
from app.kernel.refusal import N_

_SEES_SUBMITTED = (
    Role.UNIT_OFFICER,
    Role.UNIT_HEAD,
    Role.APPRAISER,
    Role.COUNCIL_MEMBER,
    Role.COUNCIL_SECRETARY,
    Role.LEADER,
    Role.AUDITOR,
    Role.DISCIPLINE_OFFICER,
)
_SEES_RANKING = (
    Role.APPRAISER,
    Role.COUNCIL_MEMBER,
    Role.COUNCIL_SECRETARY,
    Role.LEADER,
    Role.AUDITOR,
)

# (tab, what follows /rounds/{id}, label, who has it; empty: everybody)
_TABS: tuple[tuple[str, str, str, tuple[Role, ...]], ...] = (
    ("overview", "", N_("Tổng quan"), ()),
    ("nominations", "/nominations", N_("Hồ sơ"), _SEES_SUBMITTED),
    ("scoring", "/score-sheet", N_("Chấm điểm"), (Role.COUNCIL_MEMBER,)),
    ("ranking", "/ranking", N_("Xếp hạng"), _SEES_RANKING),
    ("council", "/council-session", N_("Kết quả Hội đồng"), _SEES_RANKING),
    ("decision", "/decision", N_("Quyết định"), ()),
)


def may_open_round(actor: Actor) -> bool:
    return actor.holds(Role.COUNCIL_SECRETARY)


def round_tabs(actor: Actor) -> list[tuple[str, str, str]]:
    """(tab, path suffix, label) of the pages of a round this actor has."""
    return [
        (tab, suffix, label)
        for tab, suffix, label, roles in _TABS
        if not roles or actor.holds(*roles)
    ]


def has_tab(actor: Actor, tab: str) -> bool:
    """What the tab leads to lies in a later room, which asks here who has it."""
    return any(found == tab for found, _, _ in round_tabs(actor))
