"""Who may do what with a nomination. Who sees one is decided where it is loaded."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from app.kernel.actor import Actor, Role
from app.kernel.refusal import N_
from app.nominations.rules.attesting import refuse_attesting
from app.nominations.rules.facts import ATTESTED_GATES, Dossier
from app.nominations.rules.minutes import Minutes
from app.nominations.rules.registering import RegistrationRow

# Over their own units they see drafts too; the others see what was submitted.
NOMINATE = (Role.UNIT_OFFICER, Role.UNIT_HEAD)
REVIEW = (
    Role.APPRAISER,
    Role.COUNCIL_MEMBER,
    Role.COUNCIL_SECRETARY,
    Role.DISCIPLINE_OFFICER,
    Role.LEADER,
    Role.AUDITOR,
)
# A level's head sends its list on; the officer sees it being made.
ENDORSEMENT = (Role.UNIT_HEAD, Role.UNIT_OFFICER)
# The council's office.
OFFICE = (Role.APPRAISER, Role.COUNCIL_SECRETARY)
# Learns that a file lies in a dossier they may not see.
CHECKS = (*OFFICE, Role.AUDITOR)
# Hears of dossiers that an open case holds; to everybody else there is no case.
FOLLOWS_CASES = (Role.DISCIPLINE_OFFICER,)
# Who gives the word a gate rests on.
ATTESTS = {"G1": Role.APPRAISER, "G3": Role.UNIT_HEAD, "G4": Role.UNIT_HEAD}


def may_nominate(actor: Actor) -> bool:
    return actor.holds(*NOMINATE)


def may_list(actor: Actor) -> bool:
    """A nominee's list holds the own nomination; the other roles have no list at all."""
    return actor.holds(*NOMINATE, *REVIEW) or actor.person_id is not None


def may_prepare(actor: Actor, dossier: Dossier) -> bool:
    """Answer for the dossier as a whole: submit it, withdraw it."""
    return actor.holds_over(dossier.nominating_unit_id, *NOMINATE)


def may_enter(actor: Actor, dossier: Dossier) -> bool:
    """Write achievements, files and the own score: the unit, or the nominee themselves."""
    own = dossier.person_id is not None and dossier.person_id == actor.person_id
    return own or may_prepare(actor, dossier)


def may_read_birth_date(actor: Actor, dossier: Dossier) -> bool:
    """Who writes the nominee's papers, and who checks them; the council judges without it."""
    checks = actor.holds_over(dossier.nominating_unit_id, Role.APPRAISER, Role.COUNCIL_SECRETARY)
    return may_enter(actor, dossier) or checks


def may_attest(actor: Actor, dossier: Dossier, gate: str) -> bool:
    return gate in ATTESTS and actor.holds_over(dossier.nominating_unit_id, ATTESTS[gate])


def may_change_registration(actor: Actor, row: RegistrationRow) -> bool:
    return actor.holds_over(row.unit_id, *NOMINATE)


def has_minutes(actor: Actor) -> bool:
    return actor.holds(*NOMINATE, *REVIEW)


def may_change_minutes(actor: Actor, minutes: Minutes) -> bool:
    return actor.holds_over(minutes.unit_id, *NOMINATE)


def may_give(actor: Actor, dossier: Dossier, giver: str) -> bool:
    """Fill in a column of points before the council's own."""
    if giver == "self":
        return may_enter(actor, dossier)
    if giver == "unit":
        return may_prepare(actor, dossier)
    return giver == "appraisal" and actor.holds_over(dossier.nominating_unit_id, Role.APPRAISER)


def sees_column(actor: Actor, dossier: Dossier, giver: str) -> bool:
    """Whoever reads the dossier sees what it was sent with. Appraisal is shown to those outside
    the office once it is over: points in the making are no verdict."""
    reviews = actor.holds_over(dossier.nominating_unit_id, *REVIEW)
    return giver != "appraisal" or reviews or dossier.verdicts is not None


def gives_word(actor: Actor) -> bool:
    """Has a list of what is still owed."""
    return actor.holds(*ATTESTS.values())


def follows_cases(actor: Actor) -> bool:
    return actor.holds(*FOLLOWS_CASES)


def list_tasks(actor: Actor) -> tuple[str, ...]:
    """What the list of a round can be asked for; keys of rules.listing.TASK_WORDS."""
    has = {
        "word": gives_word(actor),
        "level": actor.holds(Role.UNIT_HEAD),
        "view": actor.holds(*NOMINATE),
    }
    own = tuple(task for task, held in has.items() if held)
    return ("mine", *own, "asked", "answered", "overdue")


def attestable(actor: Actor, dossier: Dossier, today: date) -> tuple[str, ...]:
    """The gates this actor may give or change a word on now; decides which forms show."""
    return tuple(
        gate
        for gate in ATTESTED_GATES[dossier.subject]
        if may_attest(actor, dossier, gate)
        and refuse_attesting(dossier, gate, actor.person_id, today) is None
    )


def may_freeze(actor: Actor, unit_id: int) -> bool:
    """`unit_id`: launched the movement."""
    return actor.holds_over(unit_id, Role.COUNCIL_SECRETARY)


def may_endorse(actor: Actor, level_id: int) -> bool:
    return actor.holds_over(level_id, Role.UNIT_HEAD)


def sees_level(actor: Actor, level_id: int) -> bool:
    return actor.holds_over(level_id, *ENDORSEMENT)


def may_move(actor: Actor, dossier: Dossier) -> bool:
    """Send it back, stop it, or go on with what was stopped: whoever has it in hand."""
    if dossier.level_id is not None:
        return dossier.stage in ("route", "refused") and may_endorse(actor, dossier.level_id)
    return dossier.stage in ("office", "refused") and may_appraise(actor, dossier)


def may_withdraw(actor: Actor, dossier: Dossier) -> bool:
    """Take the nomination back: the unit, or the nominee themselves."""
    return may_enter(actor, dossier)


def may_appraise(actor: Actor, dossier: Dossier) -> bool:
    return actor.holds_over(dossier.nominating_unit_id, *OFFICE)


def has_desk(actor: Actor) -> bool:
    return actor.holds(*OFFICE)


def may_answer(actor: Actor, dossier: Dossier, item: str) -> bool:
    """What was asked of the nominee too; of the unit's own words only the unit answers."""
    if item in ("criterion", "report"):
        return may_enter(actor, dossier)
    return may_prepare(actor, dossier)


def may_ask_views(actor: Actor, dossier: Dossier) -> bool:
    """Who has the dossier in hand may ask other units."""
    return dossier.stage != "refused" and may_move(actor, dossier)


def sees_views(actor: Actor, dossier: Dossier) -> bool:
    """All opinions; a unit that was asked sees its own, the nominee none."""
    return actor.holds_over(dossier.nominating_unit_id, *OFFICE, *REVIEW) or (
        dossier.level_id is not None and may_endorse(actor, dossier.level_id)
    )


def has_views_tab(actor: Actor, dossier: Dossier) -> bool:
    return sees_views(actor, dossier) or is_asked(actor, dossier)


def is_asked(actor: Actor, dossier: Dossier) -> bool:
    """Reads the dossier because the own unit was asked for its view."""
    return not actor.units_for(*NOMINATE).isdisjoint(dossier.asked_ids)


def may_give_view(actor: Actor, asked_id: int) -> bool:
    return actor.holds_over(asked_id, *NOMINATE)


# (tab, what follows /nominations/{id}, label, who has it)
_TABS: tuple[tuple[str, str, str, Callable[[Actor, Dossier], bool]], ...] = (
    ("dossier", "", N_("Hồ sơ"), lambda actor, dossier: True),
    ("route", "/route", N_("Quá trình trình, xét duyệt"), lambda actor, dossier: True),
    ("items", "/items", N_("Yêu cầu bổ sung"), lambda actor, dossier: True),
    ("opinions", "/opinions", N_("Hiệp y"), has_views_tab),
    ("points", "/points", N_("Bảng điểm"), lambda actor, dossier: True),
    ("report", "/report", N_("Báo cáo thành tích"), lambda actor, dossier: True),
    ("files", "/files", N_("Tài liệu"), lambda actor, dossier: True),
    ("warnings", "/warnings", N_("Lưu ý"), lambda actor, dossier: True),
)


def dossier_tabs(actor: Actor, dossier: Dossier) -> list[tuple[str, str, str]]:
    """(tab, path suffix, label) of the pages of a dossier this actor has."""
    return [(tab, suffix, label) for tab, suffix, label, has in _TABS if has(actor, dossier)]
