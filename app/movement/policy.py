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

_READS_COMMENTS = (Role.APPRAISER, Role.COUNCIL_SECRETARY, Role.LEADER, Role.AUDITOR)
_WEIGHS_WARNINGS = (Role.APPRAISER, Role.COUNCIL_SECRETARY, Role.AUDITOR)

# (tab, what follows /rounds/{id}, label, who has it; empty: everybody)
_TABS: tuple[tuple[str, str, str, tuple[Role, ...]], ...] = (
    ("overview", "", N_("Tổng quan"), ()),
    ("registrations", "/registrations", N_("Đăng ký"), _SEES_SUBMITTED),
    ("nominations", "/nominations", N_("Hồ sơ"), _SEES_SUBMITTED),
    ("endorsement", "/endorsement", N_("Trình danh sách"), (Role.UNIT_HEAD, Role.UNIT_OFFICER)),
    ("appraisal", "/appraisal", N_("Thẩm định"), (Role.APPRAISER, Role.COUNCIL_SECRETARY)),
    ("minutes", "/peer-reviews", N_("Bình xét"), _SEES_SUBMITTED),
    ("warnings", "/warnings", N_("Lưu ý"), _WEIGHS_WARNINGS),
    ("scoring", "/score-sheet", N_("Chấm điểm"), (Role.COUNCIL_MEMBER,)),
    ("ranking", "/ranking", N_("Xếp hạng"), _SEES_RANKING),
    ("council", "/council-session", N_("Kết quả Hội đồng"), _SEES_RANKING),
    ("comment", "/public-comment", N_("Lấy ý kiến"), _READS_COMMENTS),
    ("decision", "/decision", N_("Quyết định"), ()),
)


def may_plan(actor: Actor) -> bool:
    """Movements, their rounds, calendars and protocols."""
    return actor.holds(Role.COUNCIL_SECRETARY)


def may_open_round(actor: Actor) -> bool:
    return actor.holds(Role.COUNCIL_SECRETARY)


def may_build_criteria(actor: Actor) -> bool:
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
