"""Which accounts an administrator sees: those that belong to the own units.

An account belongs to a unit by a role over it or by where its person is posted. One that
belongs nowhere is seen from the top of the tree only.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from piccolo.querystring import QueryString

from app.accounts.policy import administered_units
from app.kernel.actor import Actor, Role


@dataclass(frozen=True, slots=True)
class Reach:
    """`whole`: the units include one with nothing above it."""

    units: frozenset[int]
    whole: bool
    today: date


async def reach_of(actor: Actor, today: date, *, auditor_too: bool = False) -> Reach:
    """`auditor_too`: where reading is meant, an auditor's units count as well."""
    units = administered_units(actor)
    if auditor_too:
        units |= actor.units_for(Role.AUDITOR)
    return Reach(units, not units.isdisjoint(actor.top), today)


def seen_within(reach: Reach) -> QueryString:
    """A condition on account `a`."""
    units = list(reach.units)
    return QueryString(
        "({} OR EXISTS (SELECT 1 FROM role_held r WHERE r.account = a.id AND r.unit = ANY({}))"
        " OR EXISTS (SELECT 1 FROM posting p WHERE p.person = a.person AND p.unit = ANY({})"
        " AND p.valid_from <= {} AND (p.valid_to IS NULL OR p.valid_to >= {})))",
        reach.whole,
        units,
        units,
        reach.today,
        reach.today,
    )


def lies_within(reach: Reach) -> QueryString:
    """Whether nothing that account `a` has to do with lies outside."""
    units = list(reach.units)
    return QueryString(
        "({} OR NOT (EXISTS (SELECT 1 FROM role_held r WHERE r.account = a.id"
        " AND r.unit <> ALL({}) AND (r.valid_to IS NULL OR r.valid_to >= {}))"
        " OR EXISTS (SELECT 1 FROM posting p WHERE p.person = a.person AND p.unit <> ALL({})"
        " AND p.valid_from <= {} AND (p.valid_to IS NULL OR p.valid_to >= {}))))",
        reach.whole,
        units,
        reach.today,
        units,
        reach.today,
        reach.today,
    )


def without_role(today: date) -> QueryString:
    """Account `a` holds no role that day."""
    return QueryString(
        "NOT EXISTS (SELECT FROM role_held h WHERE h.account = a.id AND h.valid_from <= {}"
        " AND (h.valid_to IS NULL OR h.valid_to >= {}))",
        today,
        today,
    )
