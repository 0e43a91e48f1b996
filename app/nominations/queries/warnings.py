"""What warnings rest on, for many dossiers at once in a fixed number of statements."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from app.award_history.policy import READS_OF_PEOPLE
from app.award_history.queries import awards_of
from app.award_history.rules import Award
from app.kernel.actor import Actor
from app.kernel.period import Period
from app.nominations.policy import CHECKS
from app.nominations.queries.listing_filters import UNREGISTERED
from app.nominations.queries.visible import FROM, seen_by, units_of
from app.nominations.queries.warnings_own import decided_by
from app.nominations.queries.warnings_standing import Standings, standings
from app.nominations.rules import Dossier
from app.nominations.rules.warnings import similar_percent
from app.nominations.rules.warnings_facts import (
    EarlierDossier,
    Entry,
    Examined,
    Ground,
    SharedFile,
    Source,
    Standing,
)
from app.nominations.tables import Nomination
from app.organization.queries import reach
from app.organization.queries.asking import seen_through

_DOSSIERS = (
    "SELECT n.id, n.subject, n.person, n.collective, n.name, n.post, n.unit_name, r.method,"
    " n.period_from, n.period_to, r.achievements_from, r.achievements_to, o.protocol,"
    # What happens after the decision is no news of the dossier any more.
    " least({}::date, r.decision_on, r.session_on) AS day,"
    " (SELECT json_agg(json_build_array(c.code, e.statement, e.document,"
    " e.quantity_after IS NOT NULL, e.document <> '' OR EXISTS (SELECT FROM evidence_file v"
    " WHERE v.nomination = n.id AND v.removed_at IS NULL AND (v.evidence = e.id"
    " OR (v.evidence IS NULL AND v.criterion = e.criterion))), e.last_on IS NOT NULL)"
    " ORDER BY c.position, e.id) FROM evidence_item e JOIN criterion c ON c.id = e.criterion"
    " WHERE e.nomination = n.id AND e.withdrawn_at IS NULL) AS entries,"
    " (SELECT json_agg(json_build_array(d.id, a.id, f.name, a.method, a.decision_number,"
    " a.decided_on, a.removed_at IS NOT NULL) ORDER BY a.decided_on, d.id)"
    " FROM nomination_ground d JOIN award_record a ON a.id = d.award"
    " JOIN award_form f ON f.id = a.award_form WHERE d.nomination = n.id) AS grounds,"
    " (SELECT json_object_agg(c.code, l.number) FROM criterion c"
    " JOIN legal_source l ON l.id = c.source WHERE c.criteria_set = CASE n.subject"
    " WHEN 'individual' THEN r.individual_set ELSE r.collective_set END) AS cited,"
    f" {UNREGISTERED} AS unregistered"
    " FROM nomination n JOIN review_round r ON r.id = n.round"
    " LEFT JOIN round_opening o ON o.round = r.id WHERE n.id = ANY({})"
)

_AWARDED = (
    "EXISTS (SELECT FROM award_record a WHERE a.from_decision AND a.removed_at IS NULL"
    " AND a.decided_on <= {} AND a.award_form = n.award_form AND a.method = r.method"
    " AND (a.person = n.person OR a.collective = n.collective)"
    " AND a.period_from = coalesce(n.period_from, r.achievements_from)"
    " AND a.period_to = coalesce(n.period_to, r.achievements_to))"
)


async def examined(
    nomination_ids: Sequence[int], actor: Actor, today: date
) -> Mapping[int, Examined]:
    """By id, of dossiers of one round that the caller has loaded as visible to this actor."""
    rows = await Nomination.raw(_DOSSIERS, today, list(nomination_ids))
    if not rows:
        return {}
    day = rows[0]["day"]
    people = [row["person"] for row in rows if row["person"] is not None]
    collectives = [row["collective"] for row in rows if row["collective"] is not None]
    awards = await awards_of(people, collectives)
    decided = await decided_by(nomination_ids)
    open_people = await _with_history(people, actor, today)
    earlier = await _earlier(nomination_ids, actor, day)
    shared = await _shared(nomination_ids, actor)
    places = await standings(nomination_ids, day)
    expired = await _expired(day)
    return {
        row["id"]: _examined(
            row,
            tuple(
                award
                for award in awards.get((row["person"], row["collective"]), ())
                if award.decided_on <= day and not _own(award, row, decided.get(row["id"]))
            ),
            row["person"] is None or row["person"] in open_people,
            earlier.get(row["id"], ()),
            shared.get(row["id"], ()),
            places[row["id"]],
            expired,
        )
        for row in rows
    }


def _examined(
    row: Mapping[str, Any],
    awards: tuple[Award, ...],
    opens_history: bool,
    earlier: tuple[EarlierDossier, ...],
    shared: tuple[SharedFile, ...],
    places: Standings,
    expired: tuple[Source, ...],
) -> Examined:
    holder = f"/people/{row['person']}" if row["person"] else f"/units/{row['collective']}"
    return Examined(
        id=row["id"],
        method=row["method"],
        period=Period(
            row["period_from"] or row["achievements_from"],
            row["period_to"] or row["achievements_to"],
        ),
        day=row["day"],
        snapshot=Standing(row["name"], row["post"], row["unit_name"]),
        standings=places.now,
        gone=places.gone,
        entries=tuple(Entry(*item) for item in json.loads(row["entries"] or "[]")),
        awards=awards,
        awards_href=f"{holder}/awards" if opens_history else "",
        grounds=tuple(_ground(item) for item in json.loads(row["grounds"] or "[]")),
        earlier=earlier,
        shared=shared,
        expired=expired,
        cited=json.loads(row["cited"] or "{}"),
        percent=similar_percent(json.loads(row["protocol"] or "{}")),
        unregistered=row["unregistered"],
    )


def _own(award: Award, row: Mapping[str, Any], paper: tuple[str, date] | None) -> bool:
    """The award the dossier itself led to; `paper`: number and day of its decision."""
    return (
        award.from_decision
        and paper == (award.decision_number, award.decided_on)
        and (award.person_id, award.collective_id) == (row["person"], row["collective"])
    )


def _ground(item: list[Any]) -> Ground:
    ground_id, award_id, award_form, method, number, decided_on, removed = item
    day = date.fromisoformat(decided_on)
    return Ground(ground_id, award_id, award_form, method, number, day, removed)


async def _with_history(people: Sequence[int], actor: Actor, today: date) -> frozenset[int]:
    """Those whose page of awards the actor may open."""
    if not people:
        return frozenset()
    units = await reach(actor.units_for(*READS_OF_PEOPLE))
    rows = await Nomination.raw(
        "SELECT p.id FROM person p WHERE p.id = ANY({}) AND (p.id = {} OR {})",
        list(people),
        actor.person_id,
        seen_through(units, today),
    )
    return frozenset(row["id"] for row in rows)


async def _earlier(
    nomination_ids: Sequence[int], actor: Actor, day: date
) -> Mapping[int, tuple[EarlierDossier, ...]]:
    """Of the same nominees in other rounds, newest first: what was awarded, or sent before.

    Awarded is what has its row in the history of awards, as a decision of this system writes it.
    """
    rows = await Nomination.raw(
        "SELECT t.id AS of, n.id, n.code, r.name AS round_name, {} AS seen, x.awarded,"
        " (SELECT json_agg(e.statement ORDER BY e.id) FROM evidence_item e"
        " WHERE e.nomination = n.id AND e.withdrawn_at IS NULL) AS statements"
        " FROM nomination t CROSS JOIN LATERAL (SELECT o.id FROM nomination o"
        " WHERE o.person = t.person AND o.round <> t.round"
        " UNION ALL SELECT o.id FROM nomination o"
        " WHERE o.collective = t.collective AND o.round <> t.round) same"
        f" JOIN {FROM} ON n.id = same.id JOIN review_round r ON r.id = n.round"
        f" CROSS JOIN LATERAL (SELECT {_AWARDED} AS awarded) x"
        " WHERE t.id = ANY({}) AND (x.awarded"
        " OR (n.submitted_at, n.id) < (coalesce(t.submitted_at, 'infinity'), t.id))"
        " ORDER BY n.id DESC",
        seen_by(actor),
        day,
        list(nomination_ids),
    )
    found: dict[int, list[EarlierDossier]] = {}
    for row in rows:
        found.setdefault(row["of"], []).append(
            EarlierDossier(
                row["id"] if row["seen"] else None,
                row["code"] if row["seen"] else "",
                row["round_name"],
                row["awarded"],
                tuple(json.loads(row["statements"] or "[]")),
            )
        )
    return {key: tuple(dossiers) for key, dossiers in found.items()}


async def _shared(
    nomination_ids: Sequence[int], actor: Actor
) -> Mapping[int, tuple[SharedFile, ...]]:
    """Files that lie in another dossier too, each once with one dossier the reader may see.

    Of a dossier the reader may not see only who checks learns: else uploading a file would tell
    whether somebody else has it.
    Minutes of one meeting belong to many dossiers; what proves an achievement does not.
    """
    rows = await Nomination.raw(
        "SELECT f.nomination AS of, f.name, coalesce(c.code, '') AS criterion_code, x.id, x.code"
        " FROM evidence_file f LEFT JOIN criterion c ON c.id = f.criterion"
        " CROSS JOIN LATERAL (SELECT CASE WHEN y.seen THEN y.id END AS id,"
        " CASE WHEN y.seen THEN y.code ELSE '' END AS code FROM (SELECT n.id, n.code, {} AS seen"
        f" FROM evidence_file o JOIN {FROM} ON n.id = o.nomination WHERE o.file = f.file"
        " AND o.removed_at IS NULL AND o.purpose IN ('evidence', 'report')"
        " AND o.nomination <> f.nomination AND (n.submitted_at IS NOT NULL OR {})) y"
        " ORDER BY y.seen DESC, y.id LIMIT 1) x"
        " WHERE f.nomination = ANY({}) AND f.removed_at IS NULL"
        " AND f.purpose IN ('evidence', 'report') AND (x.id IS NOT NULL OR f.nomination IN"
        " (SELECT t.id FROM nomination t WHERE t.nominating_unit = ANY({}))) ORDER BY f.id",
        seen_by(actor),
        seen_by(actor),
        list(nomination_ids),
        units_of(actor, *CHECKS),
    )
    found: dict[int, list[SharedFile]] = {}
    for row in rows:
        found.setdefault(row["of"], []).append(
            SharedFile(row["name"], row["criterion_code"], row["id"], row["code"])
        )
    return {key: tuple(files) for key, files in found.items()}


async def _expired(day: date) -> tuple[Source, ...]:
    rows = await Nomination.raw(
        "SELECT number, title, effective_to FROM legal_source WHERE effective_to < {}"
        " ORDER BY number",
        day,
    )
    return tuple(Source(**row) for row in rows)


async def ground_choices(dossier: Dossier) -> tuple[Award, ...]:
    """Awards of the nominee, newest first, that the dossier may name as grounds."""
    people = [dossier.person_id] if dossier.person_id is not None else []
    collectives = [dossier.collective_id] if dossier.collective_id is not None else []
    found = await awards_of(people, collectives)
    return found.get((dossier.person_id, dossier.collective_id), ())
