from app.organization.rules.changing import ended, passed_on, with_version
from app.organization.rules.cycles import first_cycle
from app.organization.rules.facts import Link, NewUnit, UnitFacts, Version
from app.organization.rules.refusing import (
    refuse_code,
    refuse_ending,
    refuse_event,
    refuse_merge,
    refuse_move,
    refuse_parent,
    refuse_rename,
    refuse_split,
)
from app.organization.rules.words import (
    CATEGORIES,
    EVENTS,
    KINDS,
    LEVELS,
    SEXES,
    SUCCESSIONS,
)

__all__ = (
    "CATEGORIES",
    "EVENTS",
    "KINDS",
    "LEVELS",
    "SEXES",
    "SUCCESSIONS",
    "Link",
    "NewUnit",
    "UnitFacts",
    "Version",
    "ended",
    "first_cycle",
    "passed_on",
    "refuse_code",
    "refuse_ending",
    "refuse_event",
    "refuse_merge",
    "refuse_move",
    "refuse_parent",
    "refuse_rename",
    "refuse_split",
    "with_version",
)
