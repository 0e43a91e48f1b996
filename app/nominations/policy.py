"""Who may do what with a nomination. Who sees one is decided where it is loaded."""

from __future__ import annotations

from collections.abc import Callable

from app.kernel.actor import Actor, Role
from app.kernel.refusal import N_
from app.nominations.rules.facts import ATTESTED_GATES, Dossier
from app.nominations.rules.refusing import refuse_attesting

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


def may_attest(actor: Actor, dossier: Dossier, gate: str) -> bool:
    return gate in ATTESTS and actor.holds_over(dossier.nominating_unit_id, ATTESTS[gate])


def gives_word(actor: Actor) -> bool:
    """Has a list of what is still owed."""
    return actor.holds(*ATTESTS.values())


def attestable(actor: Actor, dossier: Dossier) -> tuple[str, ...]:
    """The gates this actor may give or change a word on now; decides which forms show."""
    return tuple(
        gate
        for gate in ATTESTED_GATES[dossier.subject]
        if may_attest(actor, dossier, gate)
        and refuse_attesting(dossier, gate, actor.person_id) is None
    )


def may_freeze(actor: Actor) -> bool:
    return actor.holds(Role.COUNCIL_SECRETARY)


# (tab, what follows /nominations/{id}, label, who has it)
_TABS: tuple[tuple[str, str, str, Callable[[Actor, Dossier], bool]], ...] = (
    ("dossier", "", N_("Hồ sơ"), lambda actor, dossier: True),
)


def dossier_tabs(actor: Actor, dossier: Dossier) -> list[tuple[str, str, str]]:
    """(tab, path suffix, label) of the pages of a dossier this actor has."""
    return [(tab, suffix, label) for tab, suffix, label, has in _TABS if has(actor, dossier)]
