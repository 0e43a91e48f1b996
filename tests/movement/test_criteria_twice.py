"""Making a version of a criteria set, and where a new criterion stands in it."""

from __future__ import annotations

import asyncio
from collections import Counter

import pytest

from app.movement.queries.criteria import criteria_set, criteria_sets
from app.movement.rules.building import place_for
from app.movement.rules.facts import CriterionFacts
from tests.conftest import World
from tests.movement.criteria_builder import add, codes, judged, measured, new_set, remove

pytestmark = pytest.mark.anyio
GATES = ["G1", "G2", "G3", "G4", "G5"]


def standing(*kinds: str) -> tuple[CriterionFacts, ...]:
    return tuple(
        CriterionFacts(n, str(n), kind, "", "", None, n) for n, kind in enumerate(kinds, start=1)
    )


@pytest.mark.parametrize(
    ("kind", "criteria", "position"),
    [
        ("judged", (), 1),
        ("judged", standing("judged", "measured"), 3),
        ("attested", standing("gate", "gate"), 1),
        ("measured", standing("judged", "gate", "gate"), 2),
        ("gate", standing("judged", "gate"), 3),
        ("gate", (), 1),
    ],
)
def test_what_is_scored_stands_before_the_gates(
    kind: str, criteria: tuple[CriterionFacts, ...], position: int
) -> None:
    assert place_for(kind, criteria) == position


async def test_criteria_of_an_empty_set_come_before_its_gates_in_their_order(world: World) -> None:
    set_id = await new_set(world, "individual", "empty")
    for draft in (judged("C1"), measured("C2"), judged("C3")):
        await add(world, set_id, draft)
    found = await criteria_set(set_id)
    assert codes(found) == ["C1", "C2", "C3", *GATES]
    assert [c.position for c in found.facts.criteria] == list(range(1, 9))
    await remove(world, set_id, "C2")
    await add(world, set_id, judged("C4"))
    assert codes(await criteria_set(set_id)) == ["C1", "C3", "C4", *GATES]


async def test_two_clicks_make_one_version(world: World) -> None:
    movement = world.ids["movement"]
    path = f"/movements/{movement}/criteria"
    sent = {"subject": "individual", "name": "Bộ 2026", "origin": "default", "newest": "1"}
    async with world.client("secretary") as browser:
        page = (await browser.get(path)).text
        assert page.count('name="newest" value="1"') == 2
        answers = await asyncio.gather(browser.form(path, sent), browser.form(path, sent))
        assert Counter(a.status_code for a in answers) == {303: 1, 409: 1}
        second = next(a for a in answers if a.status_code == 409).text
        assert "Phiên bản 2 vừa được lập" in second
        assert 'name="newest" value="2"' in second
        assert 'value="Bộ 2026"' in second
        versions = [s.version for s in await criteria_sets(movement) if s.subject == "individual"]
        assert versions == [2, 1]
        assert (await browser.form(path, sent | {"newest": "2"})).status_code == 303
