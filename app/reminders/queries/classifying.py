"""The yearly classifications that open rounds need and people do not have yet."""

from __future__ import annotations

from datetime import date, datetime

from app.eligibility.rules.facts import classified_years
from app.kernel.actor import Actor
from app.kernel.period import Period, today_in_vietnam
from app.kernel.refusal import N_
from app.kernel.waiting import WaitingItem
from app.movement.tables import ReviewRound
from app.organization.policy import keeps_over
from app.organization.tables import Posting

_KIND = "classifications"
# A calendar may leave stages out.
_DUE = "coalesce(r.appraisal_close_on, r.endorsement_close_on, r.nominations_close_on)"


async def waiting(actor: Actor, now: datetime) -> tuple[WaitingItem, ...]:
    """Of all people of the own units, so that it tells nobody who is nominated; two statements."""
    if not (units := keeps_over(actor, _KIND)):
        return ()
    today = today_in_vietnam(now)
    rounds = await _rounds(today)
    missing = await _missing(units, {year for *_, years in rounds for year in years}, today)
    return tuple(
        WaitingItem(
            N_("{n} người chưa có mức xếp loại năm {year} mà {round} cần để xét điều kiện."),
            f"/imports/new?kind={_KIND}",
            {"n": missing[year], "year": year, "round": name},
            due,
        )
        for name, due, years in rounds
        for year in years
        if missing.get(year)
    )


async def _rounds(today: date) -> list[tuple[str, date, tuple[int, ...]]]:
    """(name, last day before scoring, years) of opened rounds whose gates are not frozen."""
    rows = await ReviewRound.raw(
        f"SELECT r.name, r.kind, r.achievements_from, r.achievements_to, {_DUE} AS due"
        " FROM review_round r JOIN round_opening o ON o.round = r.id"
        f" WHERE {_DUE} >= {{}}"
        " AND NOT EXISTS (SELECT FROM scoring_opening s WHERE s.round = r.id)"
        " ORDER BY due, r.id",
        today,
    )
    return [
        (
            row["name"],
            row["due"],
            classified_years(row["kind"], Period(row["achievements_from"], row["achievements_to"])),
        )
        for row in rows
    ]


async def _missing(units: frozenset[int], years: set[int], today: date) -> dict[int, int]:
    rows = await Posting.raw(
        "SELECT y.year, count(DISTINCT p.person) AS n FROM unnest({}::int[]) AS y (year)"
        " JOIN posting p ON p.unit IN (SELECT unnest({}::int[])) AND p.is_main"
        " AND p.valid_from <= {} AND (p.valid_to IS NULL OR p.valid_to >= {})"
        " WHERE NOT EXISTS (SELECT FROM yearly_classification c"
        " WHERE c.person = p.person AND c.year = y.year) GROUP BY y.year",
        sorted(years),
        sorted(units),
        today,
        today,
    )
    return {row["year"]: row["n"] for row in rows}
