"""Writing criteria sets: where they come from, what they refuse, and two people at once."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from decimal import Decimal

import pytest

from app.kernel.refusal import NotVisible, Refused
from app.movement import actions as movement
from app.movement.actions import building
from app.movement.criteria_default import default_criteria
from app.movement.queries.criteria import criteria_set, criteria_sets
from app.movement.rules.comparing import compare
from app.movement.rules.facts import Band
from app.movement.tables import CriteriaSet, ReviewRound
from tests.conftest import World
from tests.movement.criteria_builder import (
    add,
    change,
    codes,
    edits,
    id_of,
    judged,
    measured,
    new_set,
    remove,
)
from tests.movement.test_movements import part

pytestmark = pytest.mark.anyio


async def refused(world: World, action: object, *args: object) -> str:
    with pytest.raises(Refused) as error:
        await action(*args, actor=await world.actor("secretary"), now=world.now)  # type: ignore[operator]
    return error.value.refusal.code


async def test_an_empty_set_has_the_gates_and_is_the_next_version(world: World) -> None:
    found = await criteria_set(await new_set(world, origin="empty"))
    assert (found.facts.version, found.based_on) == (2, None)
    # Without all five no round could be opened with it.
    assert codes(found) == ["G1", "G2", "G3", "G4", "G5"]
    assert all(gate.kind == "gate" and gate.title and gate.text for gate in found.facts.criteria)
    assert (await criteria_set(await new_set(world, "collective"))).facts.version == 2
    assert (await criteria_set(await new_set(world))).facts.version == 3


@pytest.mark.parametrize(
    ("subject", "expected"),
    [
        ("individual", ["C1", "C2", "C3", "C4", "G1", "G2", "G3", "G4", "G5"]),
        ("collective", ["T1", "T2", "T3", "T4", "T5", "G1", "G2", "G3", "G4", "G5"]),
    ],
)
async def test_the_default_set_has_a_hundred_proposed_points(
    world: World, subject: str, expected: list[str]
) -> None:
    found = await criteria_set(await new_set(world, subject, "default"))
    assert codes(found) == expected
    assert found.facts.total == 100
    assert {c.proposed for c in found.facts.scored} == {True}
    assert {c.proposed for c in found.facts.gates} == {False}
    assert [c.text for c in found.facts.criteria] == [d.text for d in default_criteria(subject, {})]


async def test_a_copy_has_everything_and_says_whence(world: World) -> None:
    first = await new_set(world)
    await add(world, first, judged("X1", "60", Band("Tốt", "hơn", Decimal(0), Decimal(60))))
    await add(world, first, replace(measured("X2", "40"), help="Xem sổ.", evidence_required=True))
    copy = await criteria_set(await new_set(world, origin=str(first)))
    assert compare((await criteria_set(first)).facts, copy.facts).identical
    assert copy.based_on == (first, "Bộ mới", 2)
    assert copy.facts.criteria[0].bands == (Band("Tốt", "hơn", Decimal(0), Decimal(60)),)


async def test_a_copy_in_another_movement_corrects_no_round_of_the_first(world: World) -> None:
    origin = world.ids["set:individual"]
    assert (await criteria_set(await new_set(world, origin=str(origin)))).use.corrects != ()
    world.ids["movement"] = await part(world)
    assert (await criteria_set(await new_set(world, origin=str(origin)))).use.corrects == ()


@pytest.mark.parametrize("origin", ["collective", "0", "99999999999", "x", "-1", "²"])
async def test_only_a_set_for_the_same_subject_is_copied(world: World, origin: str) -> None:
    origin = str(world.ids["set:collective"]) if origin == "collective" else origin
    code = await refused(
        world, building.create_set, world.ids["movement"], "individual", "Bộ", origin, 1
    )
    assert code == "unknown-origin"
    assert len(await criteria_sets(world.ids["movement"])) == 2


async def test_a_set_of_an_open_round_is_not_written(world: World) -> None:
    frozen = world.ids["set:individual"]
    c1 = await id_of(frozen, "C1")
    for action, args in (
        (building.describe_set, (frozen, "Tên", "", 0)),
        (building.add_criterion, (frozen, judged(), 0)),
        (building.change_criterion, (frozen, c1, judged("C1", "25"), 0)),
        (building.remove_criterion, (frozen, c1, 0)),
        (building.move_criterion, (frozen, c1, 1, 0)),
        (building.discard_set, (frozen, 0)),
    ):
        assert await refused(world, action, *args) == "criteria-frozen"


async def test_the_second_tab_is_told(world: World) -> None:
    set_id = await new_set(world)
    seen = await edits(set_id)
    await add(world, set_id, judged("X1"))
    x1 = await id_of(set_id, "X1")
    for action, args in (
        (building.describe_set, (set_id, "Tên", "", seen)),
        (building.add_criterion, (set_id, judged("X9"), seen)),
        (building.change_criterion, (set_id, x1, judged("X1", "11"), seen)),
        (building.remove_criterion, (set_id, x1, seen)),
        (building.move_criterion, (set_id, x1, 1, seen)),
        (building.discard_set, (set_id, seen)),
    ):
        assert await refused(world, action, *args) == "criteria-changed"
    assert codes(await criteria_set(set_id)) == ["X1"]


async def test_two_clicks_at_once_add_one_criterion(world: World) -> None:
    set_id = await new_set(world)
    secretary = await world.actor("secretary")
    answers = await asyncio.gather(
        *(
            building.add_criterion(set_id, judged("X1"), 0, actor=secretary, now=world.now)
            for _ in range(2)
        ),
        return_exceptions=True,
    )
    assert sorted(type(answer).__name__ for answer in answers) == ["Refused", "int"]
    assert codes(await criteria_set(set_id)) == ["X1"]


async def test_of_two_who_create_at_once_the_second_is_told(world: World) -> None:
    made = await asyncio.gather(new_set(world), new_set(world), return_exceptions=True)
    (refusal,) = [each.refusal.code for each in made if isinstance(each, Refused)]
    assert refusal == "version-made"
    (set_id,) = [each for each in made if isinstance(each, int)]
    assert (await criteria_set(set_id)).facts.version == 2


async def test_a_change_replaces_everything(world: World) -> None:
    set_id = await new_set(world)
    await add(world, set_id, judged("X1", "10", Band("Tốt", "", Decimal(0), Decimal(10))))
    await change(world, set_id, "X1", measured("X2", "20"))
    (found,) = (await criteria_set(set_id)).facts.criteria
    assert (found.code, found.kind, found.bands) == ("X2", "measured", ())
    assert found.function == '{"full_at":"2","kind":"linear","zero_at":"0"}'
    gate = replace(measured("G1"), kind="gate", max_points=None, indicator=None, function=None)
    await change(world, set_id, "X2", gate)
    (found,) = (await criteria_set(set_id)).facts.criteria
    assert (found.kind, found.max_points, found.indicator) == ("gate", None, None)


@pytest.mark.parametrize("code", ["G6", "G0", "G10", "X1"])
async def test_a_gate_that_nobody_could_answer_is_refused(world: World, code: str) -> None:
    set_id = await new_set(world)
    gate = replace(judged(code), kind="gate", max_points=None)
    assert await refused(world, building.add_criterion, set_id, gate, 0) == "unknown-gate"


async def test_criteria_move_up_and_down_and_stop_at_the_ends(world: World) -> None:
    set_id = await new_set(world)
    for code in ("A", "B", "C"):
        await add(world, set_id, judged(code))
    for code, by, order in (("C", -1, "ACB"), ("A", 1, "CAB"), ("C", -1, "CAB"), ("B", 1, "CAB")):
        await building.move_criterion(
            set_id,
            await id_of(set_id, code),
            by,
            await edits(set_id),
            actor=await world.actor("secretary"),
            now=world.now,
        )
        assert "".join(codes(await criteria_set(set_id))) == order


async def test_a_removed_criterion_is_gone_with_its_levels(world: World) -> None:
    set_id = await new_set(world)
    await add(world, set_id, judged("A", "10", Band("Tốt", "", Decimal(0), Decimal(10))))
    await add(world, set_id, judged("B"))
    await remove(world, set_id, "A")
    await add(world, set_id, judged("A"))
    assert codes(await criteria_set(set_id)) == ["B", "A"]


async def test_a_criterion_of_another_set_does_not_exist_here(world: World) -> None:
    set_id = await new_set(world)
    foreign = await id_of(world.ids["set:individual"], "C1")
    secretary = await world.actor("secretary")
    with pytest.raises(NotVisible):
        await building.remove_criterion(set_id, foreign, 0, actor=secretary, now=world.now)


async def test_a_source_must_be_in_the_catalogue(world: World) -> None:
    set_id = await new_set(world)
    draft = replace(judged(), source_id=2**31 - 1)
    assert await refused(world, building.add_criterion, set_id, draft, 0) == "unknown-source"


async def test_a_set_nobody_uses_is_discarded_and_one_in_use_is_not(world: World) -> None:
    set_id = await new_set(world, origin="default")
    copy = await new_set(world, origin=str(set_id))
    assert await refused(world, building.discard_set, set_id, 0) == "criteria-copied"
    await ReviewRound.raw(
        "UPDATE review_round SET individual_set = {} WHERE id = {}", copy, world.ids["round_2026"]
    )
    assert await refused(world, building.discard_set, copy, 0) == "criteria-planned"
    await ReviewRound.raw(
        "UPDATE review_round SET individual_set = NULL WHERE id = {}", world.ids["round_2026"]
    )
    secretary = await world.actor("secretary")
    for gone in (copy, set_id):
        await building.discard_set(gone, 0, actor=secretary, now=world.now)
        assert not await CriteriaSet.exists().where(CriteriaSet.id == gone)


@pytest.mark.parametrize("login", ["member_1", "leader", "officer", "administrator"])
async def test_only_the_secretary_builds(world: World, login: str) -> None:
    set_id = await new_set(world)
    actor = await world.actor(login)
    with pytest.raises(NotVisible):
        await building.add_criterion(set_id, judged(), 0, actor=actor, now=world.now)
    with pytest.raises(NotVisible):
        await building.create_set(
            world.ids["movement"], "individual", "Bộ", "empty", 2, actor=actor, now=world.now
        )


async def test_a_round_opened_while_its_criteria_are_written_freezes_what_was_written(
    world: World,
) -> None:
    """Whoever comes first ends first; the hash is that of what lies there."""
    individual = await new_set(world, "individual", "default")
    collective = await new_set(world, "collective", "default")
    await ReviewRound.raw(
        "UPDATE review_round SET individual_set = {}, collective_set = {},"
        " nominations_open_on = '2026-10-20', nominations_close_on = '2026-11-20',"
        " scoring_close_on = '2026-12-05', session_on = '2026-12-12', award_form = {}"
        " WHERE id = {}",
        individual,
        collective,
        world.ids["award_form"],
        world.ids["round_2026"],
    )
    secretary = await world.actor("secretary")
    draft = judged("C1", "25", text="Nội dung mới")
    written, _ = await asyncio.gather(
        building.change_criterion(
            individual, await id_of(individual, "C1"), draft, 0, actor=secretary, now=world.now
        ),
        movement.open_round(world.ids["round_2026"], actor=secretary, now=world.now),
        return_exceptions=True,
    )
    assert written is None or isinstance(written, Refused)
    (opening,) = await ReviewRound.raw(
        "SELECT criteria FROM round_opening WHERE round = {}", world.ids["round_2026"]
    )
    assert ("Nội dung mới" in opening["criteria"]) is (written is None)


async def test_lists_cost_the_same_for_three_sets_as_for_ten(world: World) -> None:
    counts = []
    for more in (1, 7):
        for _ in range(more):
            await new_set(world, origin="default")
        with world.count_queries() as counter:
            await criteria_sets(world.ids["movement"])
        counts.append(counter.count)
    assert counts == [1, 1]
