"""The one condition on which a nomination exists for a reader; every statement here uses it."""

from __future__ import annotations

from collections.abc import Collection

from piccolo.querystring import QueryString

from app.kernel.actor import Actor, Role
from app.nominations.policy import ATTESTS, NOMINATE, REVIEW

# What the condition speaks of.
FROM = "nomination n LEFT JOIN gate_check g ON g.nomination = n.id"
STATE = "coalesce(g.outcome, n.stage)"
BROAD = 200  # units
# The level at which `n` waits, or that refused it; NULL elsewhere.
LEVEL = (
    "coalesce(n.at_unit, (SELECT f.from_unit FROM nomination_refusal f"
    " WHERE f.nomination = n.id AND f.lifted_at IS NULL))"
)

# `n` came back to a level at least once: returned, with its list taken back, or its refusal lifted.
CAME_BACK = (
    "(EXISTS (SELECT FROM dossier_return d WHERE d.nomination = n.id)"
    " OR EXISTS (SELECT FROM endorsement e WHERE e.nomination = n.id AND e.ended_at IS NOT NULL)"
    " OR EXISTS (SELECT FROM nomination_refusal f"
    " WHERE f.nomination = n.id AND f.lifted_at IS NOT NULL))"
)


def seen_by(actor: Actor) -> QueryString:
    """Own units: drafts too. Reviewers: what was submitted. A nominee: the own one.

    A unit that was asked for its view sees that dossier.
    """
    return QueryString(
        "({} OR n.person = {} OR (n.submitted_at IS NOT NULL AND {})"
        " OR n.id IN (SELECT i.nomination FROM inter_agency_opinion i WHERE i.unit = ANY({})))",
        nominated_in(actor, *NOMINATE),
        actor.person_id,
        nominated_in(actor, *REVIEW),
        units_of(actor, *NOMINATE),
    )


def nominated_in(actor: Actor, *roles: Role) -> QueryString:
    """`n` was nominated by a unit these roles cover.

    Over a whole sector an array is searched from its beginning for each dossier; hashed, 16,000
    of them cost a fifth. Over few units the array finds them through the index.
    """
    broad = len(actor.units_for(*roles)) > BROAD
    return QueryString(
        "n.nominating_unit IN (SELECT unnest({}))" if broad else "n.nominating_unit = ANY({})",
        units_of(actor, *roles),
    )


def units_of(actor: Actor, *roles: Role) -> QueryString:
    """The units these roles cover, those among them that were merged away: an array."""
    return QueryString("{}::int[]", sorted(actor.units_for(*roles)))


def with_dissolved(units: Collection[int]) -> QueryString:
    """Them, and those dissolved since whose work they took over: an array."""
    if not units:
        return QueryString("{}::int[]", [])
    return QueryString(
        "ARRAY(WITH RECURSIVE edge AS MATERIALIZED ("
        "SELECT s.successor AS up, s.predecessor AS down FROM unit_succession s UNION ALL ("
        "SELECT DISTINCT ON (v.unit) v.parent, v.unit FROM unit u JOIN unit_version v"
        " ON v.unit = u.id WHERE u.dissolved_on IS NOT NULL ORDER BY v.unit, v.valid_from DESC)),"
        # The array within the array hides how long it is: told so, the planner expects the walk to
        # grow without end and asks for memory that takes longer to get than the answer.
        " reached AS (SELECT unnest(ARRAY(SELECT unnest({}::int[]))) AS id UNION"
        " SELECT e.down FROM reached r JOIN edge e ON e.up = r.id) SELECT id FROM reached)",
        sorted(units),
    )


# Whose word a gate waits for, besides the units of who gives it.
_OWED = {"G1": "n.stage = 'office' AND ", "G3": "n.subject = 'collective' AND ", "G4": ""}


def awaiting_word_of(actor: Actor) -> QueryString:
    """Not frozen, and without a word that this actor is the one to give.

    One condition for each gate: of each, the planner chooses between asking dossier by dossier
    and reading all words at once.
    """
    owed = [
        QueryString(
            f"({when}{{}} AND NOT EXISTS (SELECT FROM attestation a"
            f" WHERE a.nomination = n.id AND a.gate = '{gate}'))",
            nominated_in(actor, ATTESTS[gate]),
        )
        for gate, when in _OWED.items()
        if actor.holds(ATTESTS[gate])
    ]
    if not owed:
        return QueryString("false")
    return QueryString(
        "(g.id IS NULL AND n.stage NOT IN ('refused', 'withdrawn')"
        " AND (n.person IS NULL OR n.person IS DISTINCT FROM {}) AND ("
        + " OR ".join(["{}"] * len(owed))
        + "))",
        actor.person_id,
        *owed,
    )
