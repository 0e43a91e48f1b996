from __future__ import annotations

from app.kernel.actor import Actor, Role
from app.kernel.refusal import N_

# In every question here `unit_id` is the unit that launched the movement: an office role over
# another unit gives nothing in it.
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

# These speak of everybody in the round; the others list only the dossiers a reader's units reach.
_OF_THE_ROUND = frozenset({"scoring", "ranking", "council", "comment"})


def may_launch(actor: Actor) -> bool:
    """Plan a movement of some unit; of which one, the form says and `may_plan` decides."""
    return actor.holds(Role.COUNCIL_SECRETARY)


def plans_for(actor: Actor) -> frozenset[int]:
    """The units whose movements the actor plans."""
    return actor.units_for(Role.COUNCIL_SECRETARY)


def may_plan(actor: Actor, unit_id: int) -> bool:
    """Movements, their rounds, calendars and protocols."""
    return actor.holds_over(unit_id, Role.COUNCIL_SECRETARY)


def may_open_round(actor: Actor, unit_id: int) -> bool:
    return actor.holds_over(unit_id, Role.COUNCIL_SECRETARY)


def may_build_criteria(actor: Actor, unit_id: int) -> bool:
    return actor.holds_over(unit_id, Role.COUNCIL_SECRETARY)


def round_tabs(actor: Actor, unit_id: int) -> list[tuple[str, str, str]]:
    """(tab, path suffix, label) of the pages this actor has of a round that the unit launched."""
    return [(tab, suffix, label) for tab, suffix, label, _ in _TABS if has_tab(actor, tab, unit_id)]


def has_tab(actor: Actor, tab: str, unit_id: int = 0) -> bool:
    """What the tab leads to lies in a later room, which asks here who has it.

    Without `unit_id` nobody has a tab that speaks of the whole round.
    """
    roles = next((roles for found, _, _, roles in _TABS if found == tab), None)
    if not roles:
        return roles is not None
    return actor.holds_over(unit_id, *roles) if tab in _OF_THE_ROUND else actor.holds(*roles)
