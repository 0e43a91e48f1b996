"""Criteria sets made by the actions the builder's pages call."""

from __future__ import annotations

from decimal import Decimal

from app.movement.actions import building
from app.movement.queries import round_facts
from app.movement.queries.criteria import CriteriaSetPage, criteria_set, criteria_sets
from app.movement.rules.building import CriterionDraft
from app.movement.rules.correcting import Shown
from app.movement.rules.facts import Band
from app.movement.rules.measuring import Function, Linear
from app.movement.tables import Criterion
from tests.conftest import World


def judged(
    code: str = "X1", points: str = "10", *bands: Band, text: str = "Nội dung"
) -> CriterionDraft:
    return CriterionDraft(
        code, "judged", "Tên", text, "", None, False, False, Decimal(points), tuple(bands)
    )


def measured(
    code: str = "X2",
    points: str = "10",
    indicator: str = "organization.good_years",
    function: Function | None = None,
) -> CriterionDraft:
    return CriterionDraft(
        code,
        "measured",
        "Đo",
        "Đo từ hệ thống",
        "",
        None,
        False,
        False,
        Decimal(points),
        indicator=indicator,
        function=function or Linear(Decimal(0), Decimal(2)),
    )


async def new_set(world: World, subject: str = "individual", origin: str = "bare") -> int:
    """`bare`: without the gates every set begins with, for tests of single criteria."""
    versions = [
        s.version for s in await criteria_sets(world.ids["movement"]) if s.subject == subject
    ]
    made = await building.create_set(
        world.ids["movement"],
        subject,
        "Bộ mới",
        "empty" if origin == "bare" else origin,
        max(versions, default=0),
        actor=await world.actor("secretary"),
        now=world.now,
    )
    if origin == "bare":
        await Criterion.delete().where(Criterion.criteria_set == made)
    return made


async def add(world: World, set_id: int, draft: CriterionDraft) -> int:
    return await building.add_criterion(
        set_id,
        draft,
        await edits(set_id),
        actor=await world.actor("secretary"),
        now=world.now,
    )


async def change(world: World, set_id: int, code: str, draft: CriterionDraft) -> None:
    await building.change_criterion(
        set_id,
        await id_of(set_id, code),
        draft,
        await edits(set_id),
        actor=await world.actor("secretary"),
        now=world.now,
    )


async def comparison(round_id: int, set_id: int) -> Shown:
    """What the page of a correction shows at this moment."""
    new = await criteria_set(set_id)
    old = (await round_facts(round_id)).sets[new.facts.subject]
    return Shown(old.id, new.edits)


async def remove(world: World, set_id: int, code: str) -> None:
    await building.remove_criterion(
        set_id,
        await id_of(set_id, code),
        await edits(set_id),
        actor=await world.actor("secretary"),
        now=world.now,
    )


async def edits(set_id: int) -> int:
    return (await criteria_set(set_id)).edits


async def id_of(set_id: int, code: str) -> int:
    found = await criteria_set(set_id)
    return next(c.id for c in found.facts.criteria if c.code == code)


def codes(found: CriteriaSetPage) -> list[str]:
    return [c.code for c in found.facts.criteria]
