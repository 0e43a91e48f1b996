"""The one condition on which a nomination exists for a reader; every statement here uses it."""

from __future__ import annotations

from piccolo.querystring import QueryString

from app.kernel.actor import Actor
from app.nominations.policy import ATTESTS, NOMINATE, REVIEW

# What the condition speaks of.
FROM = "nomination n LEFT JOIN gate_check g ON g.nomination = n.id"
STATE = "coalesce(g.outcome, n.stage)"


def seen_by(actor: Actor) -> QueryString:
    """Own units: drafts too. Reviewers: what was submitted. A nominee: the own one."""
    return QueryString(
        "(n.nominating_unit = ANY({}) OR n.person = {}"
        " OR (n.submitted_at IS NOT NULL AND n.nominating_unit = ANY({})))",
        list(actor.units_for(*NOMINATE)),
        actor.person_id,
        list(actor.units_for(*REVIEW)),
    )


def awaiting_word_of(actor: Actor) -> QueryString:
    """Not frozen, and without a word that this actor is the one to give."""
    return QueryString(
        "(g.id IS NULL AND n.stage NOT IN ('refused', 'withdrawn')"
        " AND (n.person IS NULL OR n.person IS DISTINCT FROM {}) AND EXISTS ("
        "SELECT FROM (VALUES ('G1'), ('G3'), ('G4')) AS owed (gate) WHERE"
        " CASE owed.gate WHEN 'G1' THEN n.stage = 'office' AND n.nominating_unit = ANY({})"
        " WHEN 'G3' THEN n.subject = 'collective' AND n.nominating_unit = ANY({})"
        " ELSE n.nominating_unit = ANY({}) END"
        " AND NOT EXISTS (SELECT FROM attestation a"
        " WHERE a.nomination = n.id AND a.gate = owed.gate)))",
        actor.person_id,
        *_units_of_givers(actor),
    )


def _units_of_givers(actor: Actor) -> list[list[int]]:
    return [list(actor.units_for(ATTESTS[gate])) for gate in ("G1", "G3", "G4")]
