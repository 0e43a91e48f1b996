from __future__ import annotations

import json
from datetime import date

from app.kernel.period import Period
from app.kernel.refusal import NotVisible
from app.movement.queries.criteria import criteria_facts
from app.movement.rules import (
    COLUMNS,
    AnnualRound,
    AwardFormFacts,
    Calendar,
    CriteriaSetFacts,
    Opening,
    RoundFacts,
)
from app.movement.tables import ReviewRound

LARGEST_ID = 2**31 - 1


async def round_facts(round_id: int, *, lock: bool = False) -> RoundFacts:
    """A round with its criteria and, once opened, its frozen protocol; NotVisible if unknown.

    `lock` holds the round's row until the transaction ends, for actions that change its state.
    """
    if not 0 < round_id <= LARGEST_ID:
        raise NotVisible
    if lock:
        # A statement of its own: one that waits for a lock goes on with the joined rows as they
        # were when it began, and would not see what the other transaction has just written.
        await ReviewRound.raw("SELECT 1 FROM review_round WHERE id = {} FOR UPDATE", round_id)
    rows = await ReviewRound.raw(
        "SELECT r.*, m.name AS movement_name, m.launched_by,"
        " f.code AS form_code, f.name AS form_name,"
        " o.at AS opened_at, o.protocol AS frozen, o.protocol_sha256, o.criteria_sha256,"
        # A phase round may rest on these; an annual one on none.
        " (SELECT json_agg(json_build_array(a.code, a.name, a.achievements_from, a.achievements_to)"
        " ORDER BY a.achievements_from) FROM review_round a WHERE r.kind <> 'annual'"
        " AND a.movement = r.movement AND a.kind = 'annual') AS annual"
        " FROM review_round r JOIN movement m ON m.id = r.movement"
        " LEFT JOIN award_form f ON f.id = r.award_form"
        " LEFT JOIN round_opening o ON o.round = r.id WHERE r.id = {}",
        round_id,
    )
    if not rows:
        raise NotVisible
    row = rows[0]
    return RoundFacts(
        id=row["id"],
        code=row["code"],
        name=row["name"],
        kind=row["kind"],
        movement_id=row["movement"],
        movement_name=row["movement_name"],
        achievements=Period(row["achievements_from"], row["achievements_to"]),
        nominations=_period(row["nominations_open_on"], row["nominations_close_on"]),
        scoring_close_on=row["scoring_close_on"],
        session_on=row["session_on"],
        award_form=AwardFormFacts(row["award_form"], row["form_code"], row["form_name"])
        if row["award_form"]
        else None,
        sets=await _sets(row["individual_set"], row["collective_set"]),
        opening=Opening(
            row["opened_at"],
            json.loads(row["frozen"]),
            row["protocol_sha256"],
            row["criteria_sha256"],
        )
        if row["opened_at"]
        else None,
        calendar=Calendar(**{name: row[name] for name in COLUMNS}),
        method=row["method"],
        proposed=json.loads(row["protocol"]) if row["protocol"] else None,
        annual=tuple(
            AnnualRound(code, name, Period(date.fromisoformat(first), date.fromisoformat(last)))
            for code, name, first, last in json.loads(row["annual"] or "[]")
        ),
        version=row["version"],
        unit_id=row["launched_by"],
    )


async def _sets(*ids: int | None) -> dict[str, CriteriaSetFacts]:
    found = await criteria_facts([id_ for id_ in ids if id_ is not None])
    return {own.subject: own for own in found.values()}


def _period(first: date | None, last: date | None) -> Period | None:
    return Period(first, last) if first is not None else None
