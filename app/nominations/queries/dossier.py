"""One nomination with all that belongs to it, in one statement; and its gates on a day."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from app.discipline.policy import may_read_details
from app.discipline.rules import DisciplineFacts
from app.eligibility.queries import Measure, Nominee, facts_of
from app.eligibility.rules import from_document, gate_verdicts, settings_from
from app.eligibility.rules.conduct import case_outcome
from app.kernel.actor import Actor
from app.kernel.period import Period, today_in_vietnam
from app.kernel.refusal import NotVisible
from app.kernel.verdict import Outcome, Verdict
from app.movement.rules import CriterionFacts
from app.nominations.queries.visible import FROM, seen_by
from app.nominations.rules import (
    AttestationFacts,
    Dossier,
    DossierRound,
    EvidenceFacts,
    OpenReturn,
    RouteStepFacts,
)
from app.nominations.tables import Nomination

LARGEST_ID = 2**31 - 1
_SELECT = (
    "SELECT n.*, g.outcome, g.verdicts, g.at AS frozen_at,"
    " r.code AS round_code, r.name AS round_name, r.kind AS round_kind, r.achievements_from,"
    " r.achievements_to, r.nominations_open_on, r.nominations_close_on, o.protocol,"
    " f.name AS form_name,"
    " (SELECT json_agg(json_build_array(c.id, c.code, c.kind, c.title, c.text,"
    " c.max_points::text, c.position) ORDER BY c.position) FROM criterion c"
    " WHERE c.criteria_set = CASE n.subject WHEN 'individual' THEN r.individual_set"
    " ELSE r.collective_set END) AS criteria,"
    " (SELECT json_agg(json_build_array(e.id, c.code, e.statement, e.quantity_before::text,"
    " e.quantity_after::text, e.quantity_unit, e.document) ORDER BY c.position, e.id)"
    " FROM evidence_item e JOIN criterion c ON c.id = e.criterion"
    " WHERE e.nomination = n.id AND e.withdrawn_at IS NULL) AS evidence,"
    " (SELECT json_agg(json_build_array(a.gate, a.positive, a.statement, b.name, a.at))"
    " FROM attestation a JOIN account b ON b.id = a.by WHERE a.nomination = n.id)"
    " AS attestations,"
    " (SELECT json_agg(json_build_array(i.id, i.item, coalesce(c.code, ''), i.due_on)"
    " ORDER BY i.id) FROM item_return i LEFT JOIN criterion c ON c.id = i.criterion"
    " WHERE i.nomination = n.id AND i.answered_at IS NULL AND i.closed_at IS NULL)"
    " AS open_returns"
    f" FROM {FROM} JOIN review_round r ON r.id = n.round JOIN award_form f ON f.id = n.award_form"
    " LEFT JOIN round_opening o ON o.round = r.id"
)


@dataclass(frozen=True, slots=True)
class Gates:
    """`frozen`: as scoring found them. `cases`: only for who may read dates and form.

    `min_quantified`: how many figures G1 asks for.
    """

    verdicts: Mapping[str, Verdict]
    frozen: bool
    cases: tuple[DisciplineFacts, ...]
    min_quantified: int


async def nomination(nomination_id: int, actor: Actor) -> Dossier:
    if not 0 < nomination_id <= LARGEST_ID:
        raise NotVisible
    rows = await Nomination.raw(
        f"{_SELECT} WHERE n.id = {{}} AND {{}}", nomination_id, seen_by(actor)
    )
    if not rows:
        raise NotVisible
    return _dossier(rows[0])


async def nomination_for_update(nomination_id: int, actor: Actor) -> Dossier:
    """Call inside a transaction.

    The lock is a statement of its own: a submission that another transaction committed while
    this one waited would not be seen by the statement that waited.
    """
    if not 0 < nomination_id <= LARGEST_ID:
        raise NotVisible
    await Nomination.raw("SELECT id FROM nomination WHERE id = {} FOR UPDATE", nomination_id)
    return await nomination(nomination_id, actor)


async def gates_of(dossier: Dossier, actor: Actor, today: date) -> Gates:
    """Frozen verdicts where there are any, else answered now; at most four statements."""
    on = today if dossier.frozen_at is None else today_in_vietnam(dossier.frozen_at)
    nominee = Nominee(
        dossier.id,
        dossier.subject,
        dossier.person_id,
        dossier.collective_id,
        dossier.quantified_evidence,
        {gate: word.positive for gate, word in dossier.attestations.items()},
    )
    facts = (await facts_of([nominee], measure_of(dossier.review), on))[dossier.id]
    cases = tuple(
        case
        for case in facts.cases
        if may_read_details(actor, dossier.nominating_unit_id, case.person_id)
        and case_outcome(case, facts) is not Outcome.PASS
    )
    frozen = dossier.verdicts is not None
    verdicts = dossier.verdicts if dossier.verdicts is not None else gate_verdicts(facts)
    return Gates(verdicts, frozen, cases, facts.settings.min_quantified)


def measure_of(review: DossierRound) -> Measure:
    return Measure(review.kind, review.achievements, settings_from(review.protocol))


def _dossier(row: dict[str, Any]) -> Dossier:
    return Dossier(
        id=row["id"],
        code=row["code"],
        review=_round(row),
        subject=row["subject"],
        person_id=row["person"],
        collective_id=row["collective"],
        nominating_unit_id=row["nominating_unit"],
        name=row["name"],
        post=row["post"],
        unit_name=row["unit_name"],
        achievement=row["achievement"],
        criteria=tuple(_criterion(item) for item in json.loads(row["criteria"] or "[]")),
        evidence=tuple(_evidence(item) for item in json.loads(row["evidence"] or "[]")),
        attestations={
            gate: AttestationFacts(gate, positive, statement, by, datetime.fromisoformat(at))
            for gate, positive, statement, by, at in json.loads(row["attestations"] or "[]")
        },
        submitted_at=row["submitted_at"],
        outcome=row["outcome"],
        verdicts=from_document(row["verdicts"]) if row["verdicts"] else None,
        frozen_at=row["frozen_at"],
        stage=row["stage"],
        at_unit_id=row["at_unit"],
        period=Period(
            row["period_from"] or row["achievements_from"],
            row["period_to"] or row["achievements_to"],
        ),
        open_returns=tuple(
            OpenReturn(id_, item, code, date.fromisoformat(due))
            for id_, item, code, due in json.loads(row["open_returns"] or "[]")
        ),
    )


def _round(row: dict[str, Any]) -> DossierRound:
    first = row["nominations_open_on"]
    return DossierRound(
        id=row["round"],
        code=row["round_code"],
        name=row["round_name"],
        kind=row["round_kind"],
        achievements=Period(row["achievements_from"], row["achievements_to"]),
        nominations=Period(first, row["nominations_close_on"]) if first else None,
        award_form_name=row["form_name"],
        protocol=json.loads(row["protocol"] or "{}"),
    )


def _criterion(item: list[Any]) -> CriterionFacts:
    criterion_id, code, kind, title, text, points, position = item
    return CriterionFacts(criterion_id, code, kind, title, text, _decimal(points), position)


def _evidence(item: list[Any]) -> EvidenceFacts:
    item_id, code, statement, before, after, unit, document = item
    return EvidenceFacts(
        item_id, code, statement, _decimal(before), _decimal(after), unit, document
    )


def _decimal(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


async def route_of(nomination_id: int) -> tuple[RouteStepFacts, ...]:
    """Its levels in their order; empty before the first submission."""
    rows = await Nomination.raw(
        "SELECT position, unit AS unit_id, unit_name FROM route_step WHERE nomination = {}"
        " ORDER BY position",
        nomination_id,
    )
    return tuple(RouteStepFacts(**row) for row in rows)


async def submissions_of(nomination_id: int) -> int:
    rows = await Nomination.raw(
        "SELECT count(*) AS n FROM submission WHERE nomination = {}", nomination_id
    )
    return int(rows[0]["n"])
