"""One nomination with all that belongs to it, in one statement."""

from __future__ import annotations

import json
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from app.eligibility.rules import from_document
from app.kernel.actor import Actor
from app.kernel.period import Period
from app.kernel.refusal import NotVisible
from app.movement.rules import Band, CriterionFacts
from app.nominations.queries.visible import FROM, LEVEL, seen_by
from app.nominations.rules import (
    AttestationFacts,
    Dossier,
    DossierRound,
    DossierVote,
    EvidenceFacts,
    OpenReturn,
    Registered,
    RouteStepFacts,
    Vote,
)
from app.nominations.tables import Nomination

LARGEST_ID = 2**31 - 1
_SELECT = (
    "SELECT n.*, g.outcome, g.verdicts, g.at AS frozen_at,"
    " r.code AS round_code, r.name AS round_name, r.kind AS round_kind, r.movement,"
    " r.achievements_from, r.achievements_to, r.nominations_open_on, r.nominations_close_on,"
    " o.protocol,"
    " r.registration_open_on IS NOT NULL AS registers,"
    " (SELECT json_build_array(w.name, q.goal, q.at) FROM registration q"
    " JOIN award_form w ON w.id = q.award_form WHERE q.round = n.round AND q.withdrawn_at IS NULL"
    " AND (q.person = n.person OR q.collective = n.collective) ORDER BY q.id LIMIT 1)"
    " AS registered,"
    " f.name AS form_name,"
    " (SELECT json_agg(json_build_array(c.id, c.code, c.kind, c.title, c.text,"
    " c.max_points::text, c.position, c.help, coalesce(l.number, ''), c.evidence_required,"
    " c.proposed, c.indicator, c.function, (SELECT json_agg(json_build_array(b.label,"
    " b.description, b.points_from::text, b.points_to::text) ORDER BY b.position)"
    " FROM criterion_band b WHERE b.criterion = c.id)) ORDER BY c.position)"
    " FROM criterion c LEFT JOIN legal_source l ON l.id = c.source"
    " WHERE c.criteria_set = CASE n.subject WHEN 'individual' THEN r.individual_set"
    " ELSE r.collective_set END) AS criteria,"
    " (SELECT json_agg(json_build_array(e.id, c.code, e.statement, e.quantity_before::text,"
    " e.quantity_after::text, e.quantity_unit, e.document, e.first_on, e.last_on, e.version,"
    " b.name, e.at) ORDER BY c.position, e.id)"
    " FROM evidence_item e JOIN criterion c ON c.id = e.criterion JOIN account b ON b.id = e.by"
    " WHERE e.nomination = n.id AND e.withdrawn_at IS NULL) AS evidence,"
    " (SELECT json_agg(json_build_array(a.gate, a.positive, a.statement, b.name, a.at))"
    " FROM attestation a JOIN account b ON b.id = a.by WHERE a.nomination = n.id)"
    " AS attestations,"
    " (SELECT json_agg(json_build_array(i.id, i.item, coalesce(c.code, ''), i.due_on)"
    " ORDER BY i.id) FROM item_return i LEFT JOIN criterion c ON c.id = i.criterion"
    " WHERE i.nomination = n.id AND i.answered_at IS NULL AND i.closed_at IS NULL)"
    " AS open_returns,"
    " (SELECT json_object_agg(x.code, x.n) FROM (SELECT c.code, count(*) AS n FROM evidence_file v"
    " JOIN criterion c ON c.id = v.criterion WHERE v.nomination = n.id AND v.removed_at IS NULL"
    " GROUP BY c.code) AS x) AS files,"
    " (SELECT json_build_array(p.id, p.number, p.held_on, p.members_present, x.agree_votes,"
    " x.disagree_votes, x.note) FROM peer_review_vote x JOIN peer_review p ON p.id = x.peer_review"
    " WHERE x.nomination = n.id) AS vote,"
    " r.endorsement_close_on, r.appraisal_close_on, rm.launched_by,"
    # Opening scoring freezes every dossier at the office at once, so any one of them tells.
    " EXISTS (SELECT FROM gate_check x WHERE x.nomination = (SELECT y.id FROM nomination y"
    " WHERE y.round = n.round AND y.stage = 'office' LIMIT 1)) AS scoring_opened,"
    f" {LEVEL} AS level_id,"
    " ARRAY(SELECT i.unit FROM inter_agency_opinion i WHERE i.nomination = n.id) AS asked_ids,"
    " EXISTS (SELECT FROM dossier_return d WHERE d.nomination = n.id) AS returned"
    f" FROM {FROM} JOIN review_round r ON r.id = n.round JOIN award_form f ON f.id = n.award_form"
    " JOIN movement rm ON rm.id = r.movement LEFT JOIN round_opening o ON o.round = r.id"
)


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
        files=json.loads(row["files"] or "{}"),
        registered=_registered(json.loads(row["registered"] or "null")),
        vote=_vote(json.loads(row["vote"] or "null")),
        level_id=row["level_id"],
        asked_ids=frozenset(row["asked_ids"]),
        returned=row["returned"],
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
        registers=row["registers"],
        endorsement_close_on=row["endorsement_close_on"],
        appraisal_close_on=row["appraisal_close_on"],
        scoring_opened=row["scoring_opened"],
        unit_id=row["launched_by"],
        movement_id=row["movement"],
    )


def _criterion(item: list[Any]) -> CriterionFacts:
    *plain, points, position, help_, source, required, proposed, indicator, function, bands = item
    criterion_id, code, kind, title, text = plain
    return CriterionFacts(
        criterion_id,
        code,
        kind,
        title,
        text,
        _decimal(points),
        position,
        help_,
        source,
        required,
        proposed,
        indicator,
        function,
        tuple(
            Band(label, description, Decimal(first), Decimal(last))
            for label, description, first, last in bands or ()
        ),
    )


def _evidence(item: list[Any]) -> EvidenceFacts:
    item_id, code, statement, before, after, unit, document, first, last, version, by, at = item
    return EvidenceFacts(
        item_id,
        code,
        statement,
        _decimal(before),
        _decimal(after),
        unit,
        document,
        Period(date.fromisoformat(first), date.fromisoformat(last)) if last else None,
        version,
        by,
        datetime.fromisoformat(at),
    )


def _registered(item: list[Any] | None) -> Registered | None:
    if item is None:
        return None
    award_form, goal, at = item
    return Registered(award_form, goal, datetime.fromisoformat(at))


def _vote(item: list[Any] | None) -> DossierVote | None:
    if item is None:
        return None
    minutes_id, number, held_on, present, *vote = item
    return DossierVote(minutes_id, number, date.fromisoformat(held_on), present, Vote(*vote))


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
