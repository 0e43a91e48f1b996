"""Measured criteria of a dossier: live, then frozen as they were when scoring opened."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.kernel.indicators import Measured, MeasuredRow
from app.movement.queries import round_facts
from app.movement.rules.facts import CriterionFacts
from app.movement.rules.measuring import Linear, Threshold, to_text
from app.nominations import queries
from app.nominations.actions.correcting import correct_criteria
from app.nominations.rules.measuring import MeasuredCriterion, judge, rows_document, rows_from
from app.nominations.tables import MeasuredValue, Nomination
from app.organization.tables import YearlyClassification
from tests.conftest import World
from tests.movement.criteria_builder import change, comparison, measured, new_set
from tests.nominations.prepared import (
    draft_person,
    freeze,
    submitted_collective,
    submitted_person,
)

pytestmark = pytest.mark.anyio
D = Decimal
CRITERION = CriterionFacts(
    1,
    "M1",
    "measured",
    "",
    "",
    D(10),
    1,
    indicator="x",
    function=to_text(Linear(D(0), D(3))),
)


def test_a_value_gives_points_and_keeps_its_rows() -> None:
    rows = (MeasuredRow("2025", "tốt", D(1)),)
    found = judge(CRITERION, Measured(D(1), rows))
    assert found == MeasuredCriterion(CRITERION, D(1), D("3.33"), rows, frozen=False)


def test_nothing_measured_gives_no_points() -> None:
    found = judge(CRITERION, Measured(None))
    assert (found.value, found.points) == (None, None)


def test_what_is_kept_gives_the_same_points_again() -> None:
    at_the_edge = replace(CRITERION, function=to_text(Threshold("up", D("66.6667"))))
    once = judge(at_the_edge, Measured(D(200) / 3))
    assert once.value == D("66.6667")
    assert judge(at_the_edge, Measured(once.value)).points == once.points == 10


ROWS = st.builds(
    MeasuredRow,
    st.text(max_size=20),
    st.text(max_size=20),
    st.none() | st.decimals(min_value=-99, max_value=99, places=4),
    st.text(max_size=20),
)


@given(st.lists(ROWS, max_size=4).map(tuple))
def test_rows_come_back_as_they_were(rows: tuple[MeasuredRow, ...]) -> None:
    assert rows_from(rows_document(rows)) == rows


async def with_measured(world: World) -> None:
    """The open round measures C4 (15 points for two good years) and T2 (20 for all members)."""
    drafts = {
        "individual": measured("C4", "15"),
        "collective": measured("T2", "20", "organization.good_share", Linear(D(0), D(100))),
    }
    for subject, draft in drafts.items():
        set_id = await new_set(world, subject, str(world.ids[f"set:{subject}"]))
        await change(world, set_id, draft.code, draft)
        await correct_criteria(
            world.ids["round_2025"],
            set_id,
            "Chuyển sang hệ thống đo.",
            await comparison(world.ids["round_2025"], set_id),
            actor=await world.actor("secretary"),
            now=world.now,
        )


async def shown(world: World, nomination: int) -> list[tuple[str, str, str, bool]]:
    dossier = await queries.nomination(nomination, await world.actor("officer"))
    return [
        (own.criterion.code, str(own.value), str(own.points), own.frozen)
        for own in await queries.measured_of(dossier)
    ]


async def test_a_set_without_measured_criteria_asks_nothing(world: World) -> None:
    nomination = await draft_person(world)
    dossier = await queries.nomination(nomination, await world.actor("officer"))
    with world.count_queries() as counter:
        assert await queries.measured_of(dossier) == ()
    assert counter.count == 0


async def test_live_values_follow_the_rows(world: World) -> None:
    await with_measured(world)
    nomination = await draft_person(world)
    assert await shown(world, nomination) == [("C4", "1.0000", "7.50", False)]
    await YearlyClassification.raw("UPDATE yearly_classification SET level = 'fair'")
    assert await shown(world, nomination) == [("C4", "0.0000", "0.00", False)]
    await YearlyClassification.delete(force=True)
    assert await shown(world, nomination) == [("C4", "None", "None", False)]


async def test_the_own_achievement_period_is_measured(world: World) -> None:
    await with_measured(world)
    nomination = await draft_person(world)
    await Nomination.raw(
        "UPDATE nomination SET period_from = {}, period_to = {} WHERE id = {}",
        date(2023, 12, 1),
        date(2025, 11, 30),
        nomination,
    )
    assert await shown(world, nomination) == [("C4", "2.0000", "15.00", False)]


async def two_submitted(world: World) -> tuple[int, int]:
    """A person and a collective, whose proofs stand under criteria that people judge."""
    await with_measured(world)
    return await submitted_person(world), await submitted_collective(world)


async def test_scoring_freezes_value_points_and_rows(world: World) -> None:
    person, unit = await two_submitted(world)
    assert await shown(world, person) == [("C4", "1.0000", "7.50", False)]
    await freeze(world)
    await YearlyClassification.delete(force=True)
    assert await shown(world, person) == [("C4", "1.0000", "7.50", True)]
    assert await shown(world, unit) == [("T2", "100.0000", "20.00", True)]
    dossier = await queries.nomination(person, await world.actor("officer"))
    (own,) = await queries.measured_of(dossier)
    assert own.rows == (MeasuredRow("2025", "Hoàn thành tốt nhiệm vụ", D(1)),)


async def test_a_missing_value_is_frozen_as_missing(world: World) -> None:
    person, _ = await two_submitted(world)
    await YearlyClassification.delete(force=True)
    await freeze(world)
    assert await shown(world, person) == [("C4", "None", "None", True)]
    assert await MeasuredValue.count() == 2


async def test_a_dossier_that_did_not_reach_the_office_is_not_frozen(world: World) -> None:
    person, _ = await two_submitted(world)
    draft = await draft_person(world, "binh")
    await freeze(world)
    assert not await MeasuredValue.exists().where(MeasuredValue.nomination == draft)
    assert await MeasuredValue.exists().where(MeasuredValue.nomination == person)


async def test_a_round_is_measured_in_as_many_statements_for_one_as_for_all(world: World) -> None:
    ids = [*await two_submitted(world), await draft_person(world, "binh")]
    round_ = await round_facts(world.ids["round_2025"])
    # The driver asks once for the types of what it sends.
    await queries.measured_of_round(round_, ids)
    counts = []
    for some in (ids[:2], ids):
        with world.count_queries() as counter:
            found = await queries.measured_of_round(round_, some)
        assert sorted(found) == sorted(some)
        counts.append(counter.count)
    assert counts == [3, 3]


async def test_an_indicator_that_is_gone_measures_nothing(world: World) -> None:
    await with_measured(world)
    nomination = await draft_person(world)
    dossier = await queries.nomination(nomination, await world.actor("officer"))
    gone = tuple(replace(c, indicator="gone") if c.indicator else c for c in dossier.criteria)
    (own,) = await queries.measured_of(replace(dossier, criteria=gone))
    assert (own.value, own.points) == (None, None)
