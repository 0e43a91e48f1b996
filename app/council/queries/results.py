"""Whom the council votes on, and how it voted."""

from __future__ import annotations

from app.council.rules import ApprovedNomination, RankedCandidate, VotedCandidate
from app.council.tables import CouncilResult
from app.scoring.queries import named, rankings
from app.scoring.rules.standing import standings

# Collectives stand before individuals, as they do in the annex of a decision.
_SUBJECT_ORDER = ("collective", "individual")


async def ranked(round_id: int) -> tuple[RankedCandidate, ...]:
    """Everybody with a rank, collectives first, each by rank, equals by name; two queries."""
    places = {
        standing.code: standing
        for ranking in (await rankings(round_id)).values()
        for standing in standings(ranking.document())
        if standing.rank is not None
    }
    found = sorted(
        (await named(round_id, places)).values(),
        key=lambda c: (
            _SUBJECT_ORDER.index(c.subject),
            places[c.code].rank or 0,
            c.order_key,
            c.id,
        ),
    )
    return tuple(
        RankedCandidate(
            c.id,
            c.code,
            c.subject,
            c.name,
            c.post,
            c.unit_name,
            places[c.code].rank or 0,
            places[c.code].tied,
        )
        for c in found
    )


async def results(round_id: int) -> tuple[VotedCandidate, ...]:
    """The recorded votes in the order of the ranking; empty before the session is recorded."""
    rows = await CouncilResult.raw(
        "SELECT cr.nomination, cr.agree_votes, cr.approved, cr.note FROM council_result cr"
        " JOIN council_session s ON s.id = cr.session WHERE s.round = {}",
        round_id,
    )
    by_nomination = {row["nomination"]: row for row in rows}
    if not rows:
        return ()
    return tuple(
        VotedCandidate(candidate, row["agree_votes"], row["approved"], row["note"])
        for candidate in await ranked(round_id)
        if (row := by_nomination.get(candidate.nomination_id)) is not None
    )


async def approved(round_id: int) -> tuple[ApprovedNomination, ...]:
    """Collectives first, each kind by rank; three queries."""
    return tuple(
        ApprovedNomination(
            voted.candidate.nomination_id,
            voted.candidate.code,
            voted.candidate.subject,
            voted.candidate.name,
            voted.candidate.post,
            voted.candidate.unit_name,
            voted.agree_votes,
            voted.candidate.rank,
        )
        for voted in await results(round_id)
        if voted.approved
    )
