"""Rounds of the cast's movement as the secretary plans them, for tests that need another one."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from app.kernel.period import Period
from app.movement import actions, queries
from app.movement.rules import Calendar, RoundPlan
from tests.conftest import World

CALENDAR = Calendar(
    nominations_open_on=date(2026, 10, 20),
    nominations_close_on=date(2026, 11, 20),
    endorsement_close_on=date(2026, 11, 25),
    appraisal_close_on=date(2026, 11, 30),
    scoring_close_on=date(2026, 12, 5),
    session_on=date(2026, 12, 12),
    comment_open_on=date(2026, 12, 14),
    comment_close_on=date(2026, 12, 25),
    decision_on=date(2026, 12, 30),
)


def plan(world: World, **change: object) -> RoundPlan:
    """A preliminary review that cites nothing yet; `change` as in RoundPlan."""
    found = RoundPlan(
        code="VKS-2023-2025",
        name="Sơ kết giai đoạn 2023 - 2025",
        kind="preliminary",
        method="thematic",
        achievements=Period(date(2023, 1, 1), date(2025, 12, 31)),
        award_form=world.ids["award_form"],
        individual_set=world.ids["set:individual"],
        collective_set=world.ids["set:collective"],
    )
    return replace(found, **change)  # type: ignore[arg-type]


async def create(world: World, **change: object) -> int:
    secretary = await world.actor("secretary")
    return await actions.create_round(
        world.ids["movement"], plan(world, **change), like=None, actor=secretary, now=world.now
    )


async def schedule(world: World, round_id: int, calendar: Calendar = CALENDAR) -> None:
    version = (await queries.round_facts(round_id)).version
    secretary = await world.actor("secretary")
    await actions.set_calendar(round_id, calendar, version, actor=secretary, now=world.now)


async def complete_2026(world: World) -> int:
    """The cast's round of 2026, ready to be opened."""
    round_id = world.ids["round_2026"]
    stored = await queries.stored_round(round_id)
    own = replace(
        stored.plan,
        award_form=world.ids["award_form"],
        individual_set=world.ids["set:individual"],
        collective_set=world.ids["set:collective"],
    )
    secretary = await world.actor("secretary")
    await actions.change_round(round_id, own, stored.version, actor=secretary, now=world.now)
    await schedule(world, round_id)
    return round_id


async def opened_2026(world: World) -> int:
    round_id = await complete_2026(world)
    secretary = await world.actor("secretary")
    await actions.open_round(round_id, actor=secretary, now=world.now)
    return round_id
