"""Measured criteria: live until scoring opens, then as they were frozen."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from app.kernel.indicators import Measurable, Measured, registered
from app.kernel.period import Period
from app.movement.rules import CriterionFacts, RoundFacts
from app.nominations.rules import Dossier
from app.nominations.rules.measuring import MeasuredCriterion, judge, rows_from
from app.nominations.tables import MeasuredValue, Nomination


async def measured_of(dossier: Dossier) -> tuple[MeasuredCriterion, ...]:
    """In the order of the set; one statement, and one for each indicator while still live."""
    criteria = [c for c in dossier.criteria if c.kind == "measured"]
    if not criteria:
        return ()
    frozen = await _frozen(dossier.id)
    if dossier.verdicts is not None:
        return tuple(
            _as_frozen(criterion, frozen[criterion.id])
            for criterion in criteria
            if criterion.id in frozen
        )
    nominee = Measurable(
        dossier.id,
        dossier.person_id,
        dossier.collective_id,
        dossier.period,
        dossier.review.movement_id,
    )
    live = await _measure({dossier.subject: criteria}, {dossier.subject: [nominee]})
    return tuple(live[dossier.id])


async def measured_of_round(
    round_: RoundFacts, nomination_ids: Collection[int]
) -> Mapping[int, Sequence[MeasuredCriterion]]:
    """Live, for many dossiers: one statement, and one for each indicator the sets use."""
    criteria = {subject: found.measured for subject, found in round_.sets.items()}
    if not any(criteria.values()):
        return {}
    rows = await Nomination.raw(
        "SELECT n.id, n.subject, n.person, n.collective,"
        " coalesce(n.period_from, r.achievements_from) AS first,"
        " coalesce(n.period_to, r.achievements_to) AS last"
        " FROM nomination n JOIN review_round r ON r.id = n.round"
        " WHERE n.round = {} AND n.id = ANY({}) ORDER BY n.id",
        round_.id,
        list(nomination_ids),
    )
    nominees: dict[str, list[Measurable]] = {}
    for row in rows:
        period = Period(row["first"], row["last"])
        nominees.setdefault(row["subject"], []).append(
            Measurable(row["id"], row["person"], row["collective"], period, round_.movement_id)
        )
    return await _measure(criteria, nominees)


async def _measure(
    criteria: Mapping[str, Sequence[CriterionFacts]],
    nominees: Mapping[str, Sequence[Measurable]],
) -> dict[int, list[MeasuredCriterion]]:
    """Each indicator is asked once, for everybody it concerns."""
    concerned: dict[str, list[Measurable]] = {}
    for subject, own in nominees.items():
        for code in dict.fromkeys(c.indicator for c in criteria.get(subject, ()) if c.indicator):
            concerned.setdefault(code, []).extend(own)
    known = registered()
    answers = {
        code: await known[code].measure(people)
        for code, people in concerned.items()
        if code in known
    }
    return {
        nominee.id: [
            # An indicator that a later release no longer has measures nothing.
            judge(c, answers.get(c.indicator or "", {}).get(nominee.id, Measured(None)))
            for c in criteria.get(subject, ())
        ]
        for subject, own in nominees.items()
        for nominee in own
    }


async def _frozen(nomination_id: int) -> dict[int, dict[str, Any]]:
    rows = await MeasuredValue.raw(
        "SELECT criterion, value, points, rows FROM measured_value WHERE nomination = {}",
        nomination_id,
    )
    return {row["criterion"]: row for row in rows}


def _as_frozen(criterion: CriterionFacts, row: dict[str, Any]) -> MeasuredCriterion:
    return MeasuredCriterion(
        criterion, row["value"], row["points"], rows_from(row["rows"]), frozen=True
    )
