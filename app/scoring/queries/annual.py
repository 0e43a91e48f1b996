"""The frozen results of annual rounds, as a phase round cites them and indicators measure them.

A person is the same person in every round. A collective answers for itself and for the units that
merged into it or became it; a part that was split off inherits nothing, for the result was the
whole unit's.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from decimal import Decimal
from typing import Any

from app.kernel.actor import Actor
from app.kernel.indicators import Measurable, Measured, MeasuredRow
from app.kernel.period import Period
from app.movement.rules import RoundFacts
from app.movement.rules.protocol import cited_rounds
from app.nominations.rules import Dossier
from app.scoring import policy
from app.scoring.rules.annual import AnnualResult, Cited, as_decimal, joined
from app.scoring.tables import Ranking, ScoringClosure

# Decisions are made in a later room: by round, the nominations that its decision names. A round
# that was not decided is not in the answer.
Awards = Callable[[Collection[int]], Awaitable[Mapping[int, Collection[int]]]]
_awards: list[Awards] = []


def take_awards_from(source: Awards) -> None:
    """Once, by the composition root."""
    _awards[:] = [source]


async def awards(round_ids: Collection[int]) -> Mapping[int, Collection[int]]:
    return await _awards[0](round_ids) if _awards and round_ids else {}


async def annual_results(
    nominees: Sequence[Measurable],
    codes: Collection[str] | None = None,
    *,
    decided_only: bool = False,
) -> dict[int, tuple[AnnualResult, ...]]:
    """By nominee, in the order of the years: results of annual rounds inside the nominee's period.

    `codes`: only of these rounds; `decided_only`: without those that were not decided yet, for
    readers who may not see a ranking. Two statements for any number of nominees.
    """
    rows = await Ranking.raw(
        "WITH RECURSIVE asked AS (SELECT * FROM"
        " unnest({}::int[], {}::int[], {}::int[], {}::date[], {}::date[],"
        " {}::int[]) AS a (id, person, collective, first, last, movement)),"
        " own AS (SELECT id, collective AS unit, first, last, movement FROM asked"
        " WHERE collective IS NOT NULL"
        " UNION SELECT o.id, s.predecessor, o.first, o.last, o.movement FROM own o"
        " JOIN unit_succession s ON s.successor = o.unit AND s.event <> 'split'),"
        " held AS (SELECT a.id, a.first, a.last, a.movement, n.id AS nomination, n.code, n.name,"
        " n.round"
        " FROM asked a JOIN nomination n ON n.person = a.person"
        " UNION ALL SELECT o.id, o.first, o.last, o.movement, n.id, n.code, n.name, n.round"
        " FROM own o JOIN nomination n ON n.collective = o.unit),"
        " inside AS MATERIALIZED (SELECT h.*, r.name AS round_name, r.achievements_from"
        " FROM held h JOIN review_round r ON r.id = h.round AND r.kind = 'annual'"
        " AND r.achievements_from >= h.first AND r.achievements_to <= h.last"
        " AND h.movement IN (0, r.movement)"
        " AND ({}::text[] IS NULL OR r.code = ANY({}::text[]))),"
        " placed AS MATERIALIZED (SELECT k.round, x.subject AS code, x.value, x.rank"
        " FROM ranking k, jsonb_to_recordset(k.result::jsonb -> 'rows')"
        " AS x (subject text, value text, rank int)"
        " WHERE k.round IN (SELECT round FROM inside) AND x.rank IS NOT NULL)"
        " SELECT i.id, i.nomination, i.round, i.round_name, i.name, p.value, p.rank FROM inside i"
        " JOIN placed p ON p.round = i.round AND p.code = i.code"
        " ORDER BY i.id, i.achievements_from, i.round, i.code",
        [nominee.id for nominee in nominees],
        [nominee.person_id for nominee in nominees],
        [nominee.collective_id for nominee in nominees],
        [nominee.period.first for nominee in nominees],
        [nominee.period.last for nominee in nominees],
        [nominee.movement_id for nominee in nominees],
        *([None if codes is None else list(codes)] * 2),
    )
    awarded = await awards({row["round"] for row in rows})
    found: dict[int, list[AnnualResult]] = {nominee.id: [] for nominee in nominees}
    for row in rows:
        if not decided_only or row["round"] in awarded:
            found[row["id"]].append(_result(row, awarded))
    return {nominee: tuple(own) for nominee, own in found.items()}


def _result(row: Mapping[str, Any], awarded: Mapping[int, Collection[int]]) -> AnnualResult:
    return AnnualResult(
        row["round"],
        row["round_name"],
        row["name"],
        Decimal(row["value"]),
        row["rank"],
        row["nomination"] in awarded.get(row["round"], ()),
    )


def phase_of(round_: RoundFacts) -> Mapping[str, Any] | None:
    """What the frozen protocol says of a phase: its `result` and its `rounds`."""
    phase: Mapping[str, Any] | None = (
        round_.opening.protocol.get("phase") if round_.opening is not None else None
    )
    return phase


async def cited_results(round_: RoundFacts, nomination_ids: Collection[int]) -> dict[int, Cited]:
    """What a phase round cites for each of these nominations; empty for other rounds."""
    phase = phase_of(round_)
    if phase is None or round_.opening is None:
        return {}
    rows = await Ranking.raw(
        "SELECT id, person, collective FROM nomination WHERE round = {} AND id = ANY({})",
        round_.id,
        list(nomination_ids),
    )
    nominees = [
        Measurable(
            row["id"], row["person"], row["collective"], round_.achievements, round_.movement_id
        )
        for row in rows
    ]
    found = await annual_results(nominees, cited_rounds(round_.opening.protocol))
    return {
        nomination: Cited(own, as_decimal(joined(phase["result"], own)))
        for nomination, own in found.items()
    }


async def cited_of(dossier: Dossier, actor: Actor) -> Measured | None:
    """For a reader of rankings, and only in a phase round; at most two statements."""
    phase = dossier.review.protocol.get("phase")
    if phase is None or not policy.has_ranking_page(actor, dossier.review.unit_id):
        return None
    nominee = Measurable(
        dossier.id,
        dossier.person_id,
        dossier.collective_id,
        dossier.review.achievements,
        dossier.review.movement_id,
    )
    found = (await annual_results([nominee], cited_rounds(dossier.review.protocol)))[dossier.id]
    rows = [
        MeasuredRow(
            own.round_name,
            f"{own.name}, #{own.rank}",
            own.value,
            f"/rounds/{own.round_id}/ranking?subject={dossier.subject}",
        )
        for own in found
    ]
    return Measured(as_decimal(joined(phase["result"], found)), tuple(rows))


async def not_frozen(round_: RoundFacts) -> tuple[str, ...]:
    """Names of the cited annual rounds without the result that is cited: no closed scoring, or,
    where years awarded are counted, no decision."""
    phase = phase_of(round_)
    if phase is None:
        return ()
    rows = await ScoringClosure.raw(
        "SELECT r.id, r.name, c.id AS closure FROM review_round r"
        " LEFT JOIN scoring_closure c ON c.round = r.id WHERE r.code = ANY({})"
        " ORDER BY r.achievements_from, r.id",
        list(phase["rounds"]),
    )
    if phase["result"] != "years_awarded":
        return tuple(row["name"] for row in rows if row["closure"] is None)
    decided = await awards([row["id"] for row in rows])
    return tuple(row["name"] for row in rows if row["id"] not in decided)


async def decided_within(
    asked: Collection[tuple[Period, int]],
) -> dict[tuple[Period, int], bool]:
    """Whether any annual round of the movement (0: of any) inside the period was decided; one
    statement and one more."""
    rows = await Ranking.raw(
        "SELECT id, movement, achievements_from, achievements_to FROM review_round"
        " WHERE kind = 'annual'"
    )
    decided = await awards([row["id"] for row in rows])
    return {
        (period, movement): any(
            row["id"] in decided
            and movement in (0, row["movement"])
            and period.first <= row["achievements_from"]
            and (period.last is None or row["achievements_to"] <= period.last)
            for row in rows
        )
        for period, movement in asked
    }
