"""Rounds with criteria of their own, and frozen years for a phase to cite."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from app.movement import actions as movement
from app.movement.rules import GATE_CODES, default_protocol
from app.movement.tables import CriteriaSet, Criterion, CriterionBand, ReviewRound
from app.nominations.tables import Nomination
from app.organization.tables import YearlyClassification
from app.scoring.tables import Ranking, ScoringClosure, ScoringOpening
from tests.conftest import World

# Two years classified good or better give all points, none gives none.
LINEAR = '{"full_at":"2","kind":"linear","zero_at":"0"}'
# (code, kind, points, indicator)
GATES: tuple[tuple[str, str, int | None, str | None], ...] = tuple(
    (code, "gate", None, None) for code in GATE_CODES
)
INDIVIDUAL = (
    ("C1", "judged", 40, None),
    ("C2", "attested", 20, None),
    ("C5", "measured", 40, "organization.good_years"),
    *GATES,
)
COLLECTIVE = (
    ("T1", "judged", 60, None),
    ("T5", "measured", 40, "organization.good_share"),
    *GATES,
)
PHASE = {"result": "average", "rounds": ["VKS-2024", "VKS-2025"]}


async def open_round(
    world: World,
    code: str,
    *,
    kind: str = "annual",
    window: tuple[date, date] = (date(2023, 12, 1), date(2025, 11, 30)),
    sets: Mapping[str, int] | None = None,
    more: Mapping[str, Any] | None = None,
    days: Mapping[str, date] | None = None,
) -> int:
    """Opened with the calendar of 2025; measured criteria unless other `sets` are given."""
    chosen = sets or await measured_sets(world)
    round_ = ReviewRound(
        movement=world.ids["movement"],
        code=code,
        kind=kind,
        name=f"Đợt {code}",
        achievements_from=window[0],
        achievements_to=window[1],
        award_form=world.ids["award_form"],
        individual_set=chosen["individual"],
        collective_set=chosen["collective"],
        **{
            "nominations_open_on": date(2025, 10, 20),
            "nominations_close_on": date(2025, 11, 20),
            "scoring_close_on": date(2025, 12, 5),
            "session_on": date(2025, 12, 12),
            **(days or {}),
        },
    )
    await round_.save()
    protocol = default_protocol() | {"min_members": 2, "routing": {"endorse": []}}
    protocol["tie_breaks"] = {"individual": [], "collective": []}
    await movement.open_round(
        round_.id,
        actor=await world.actor("secretary"),
        now=world.at("2025-10-20"),
        protocol=protocol | dict(more or {}),
    )
    return int(round_.id)


async def measured_sets(world: World) -> dict[str, int]:
    return {
        "individual": await _set(world, "individual", INDIVIDUAL),
        "collective": await _set(world, "collective", COLLECTIVE),
    }


async def _set(
    world: World, subject: str, criteria: Sequence[tuple[str, str, int | None, str | None]]
) -> int:
    found = CriteriaSet(
        movement=world.ids["movement"], subject=subject, version=9, name="Bộ có đo", note=""
    )
    await found.save()
    for position, (code, kind, points, indicator) in enumerate(criteria, start=1):
        criterion = Criterion(
            criteria_set=found.id,
            code=code,
            kind=kind,
            title=f"Tiêu đề {code}",
            text=f"Nội dung {code}",
            max_points=None if points is None else Decimal(points),
            position=position,
            help="",
            indicator=indicator,
            function=LINEAR if indicator else None,
        )
        await criterion.save()
        if code == "C1":
            for place, (label, first, last) in enumerate((("Khá", 0, 20), ("Tốt", 21, 40)), 1):
                await CriterionBand(
                    criterion=criterion.id,
                    label=label,
                    description=f"Mức {label.lower()}",
                    points_from=Decimal(first),
                    points_to=Decimal(last),
                    position=place,
                ).save()
    return int(found.id)


async def classify(nomination_id: int, *years: int) -> None:
    row = await Nomination.select(Nomination.person).where(Nomination.id == nomination_id).first()
    assert row is not None
    for year in years:
        await YearlyClassification(person=row["person"], year=year, level="good").save()


async def same_again(nominations: Sequence[int], round_id: int, prefix: str) -> list[int]:
    """The same people and collectives in another round, at the office too."""
    rows = await Nomination.raw(
        "INSERT INTO nomination (code, round, subject, person, collective, nominating_unit,"
        " award_form, name, post, unit_name, search_key, order_key, achievement, created_by,"
        " created_at, stage, submitted_at) SELECT {} || id, {}, subject, person, collective,"
        " nominating_unit, award_form, name, post, unit_name, search_key, order_key, achievement,"
        " created_by, created_at, stage, submitted_at FROM nomination WHERE id = ANY({})"
        " ORDER BY id RETURNING id",
        prefix,
        round_id,
        list(nominations),
    )
    return [row["id"] for row in rows]


async def frozen(world: World, round_id: int, places: Mapping[int, tuple[str, int] | None]) -> None:
    """Scoring of the round closed: by nomination its value and rank, None where it has no rank."""
    secretary, moment = world.ids["account:secretary"], world.at("2025-10-01")
    await ScoringOpening(round=round_id, by=secretary, at=moment).save()
    await ScoringClosure(round=round_id, by=secretary, at=moment).save()
    rows = await Nomination.raw(
        "SELECT id, code, subject FROM nomination WHERE id = ANY({})", list(places)
    )
    for subject in {row["subject"] for row in rows}:
        lines = []
        for row in rows:
            if row["subject"] == subject:
                value, rank = places[row["id"]] or (None, None)
                lines.append({"subject": row["code"], "value": value, "rank": rank})
        await Ranking(
            round=round_id,
            subject=subject,
            input="{}",
            input_sha256="0" * 64,
            result=json.dumps({"rows": lines}),
        ).save()
