"""Who may change units and who may see people. Units themselves are no secret inside the house.

The sets of unit ids given here are a role's units with their past and future (`queries.reach`):
a dissolved unit belongs to whoever is over its successor or its last parent.
"""

from __future__ import annotations

from collections.abc import Collection

from app.kernel.actor import Actor, Role

CHANGES_UNITS = (Role.ADMINISTRATOR, Role.PERSONNEL_OFFICER)
SEES_PEOPLE = (
    Role.UNIT_OFFICER,
    Role.UNIT_HEAD,
    Role.PERSONNEL_OFFICER,
    Role.DISCIPLINE_OFFICER,
    Role.LEADER,
    Role.AUDITOR,
    Role.ADMINISTRATOR,
)
# Whoever may bring people in from a sheet writes one by hand and puts one right.
KEEPS_PEOPLE = CHANGES_UNITS
# An administrator sets up who exists; how people are classified is personnel work.
KEEPS_RECORDS = {
    "postings": CHANGES_UNITS,
    "classifications": (Role.PERSONNEL_OFFICER,),
    "pipeline": CHANGES_UNITS,
    "absences": CHANGES_UNITS,
}
SEES_BIRTH_DATES = (Role.PERSONNEL_OFFICER, Role.DISCIPLINE_OFFICER, Role.ADMINISTRATOR)


def changes_units(actor: Actor) -> bool:
    return actor.holds(*CHANGES_UNITS)


def may_change_units(reach: Collection[int], *unit_ids: int) -> bool:
    """`reach`: of the actor's CHANGES_UNITS roles."""
    return all(unit_id in reach for unit_id in unit_ids)


def may_keep(actor: Actor, kind: str) -> bool:
    """Whether the actor keeps such records of anybody."""
    return actor.holds(*KEEPS_RECORDS.get(kind, ()))


def keeps_over(actor: Actor, kind: str) -> frozenset[int]:
    return actor.units_for(*KEEPS_RECORDS.get(kind, ()))


def may_keep_people(actor: Actor) -> bool:
    return actor.holds(*KEEPS_PEOPLE)


def people_kept_over(actor: Actor) -> frozenset[int]:
    return actor.units_for(*KEEPS_PEOPLE)


def may_list_people(actor: Actor) -> bool:
    return actor.holds(*SEES_PEOPLE)


def is_self(actor: Actor, person_id: int) -> bool:
    return actor.person_id is not None and actor.person_id == person_id


def may_see_birth_date(
    actor: Actor, person_id: int, unit_ids: Collection[int], reach: Collection[int]
) -> bool:
    """`unit_ids`: where the person is or last was; `reach`: of the SEES_BIRTH_DATES roles."""
    return is_self(actor, person_id) or any(unit_id in reach for unit_id in unit_ids)
