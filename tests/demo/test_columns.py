"""Points before the council's own are ones a form would have taken."""

from __future__ import annotations

from decimal import Decimal

import pytest

from app.demo.columns import agreeing, points_of
from app.demo.world import build_world
from app.demo.world.story_facts import Story


@pytest.fixture(scope="module")
def story() -> Story:
    return build_world().story


@pytest.mark.parametrize("giver", ["self", "unit", "appraisal"])
def test_every_criterion_has_points_within_its_maximum_in_halves(story: Story, giver: str) -> None:
    for nominee in story.nominees:
        found = points_of(story, nominee, giver)
        most = {criterion.code: criterion.maximum for criterion in story.criteria.of(nominee.kind)}
        assert list(found) == list(most)
        for code, points in found.items():
            assert points is not None
            assert 0 < points <= most[code]
            assert (points * 2) % 1 == 0


def test_nominees_give_themselves_more_than_appraisal_does(story: Story) -> None:
    def total(giver: str) -> Decimal:
        given = (points_of(story, nominee, giver).values() for nominee in story.nominees)
        return sum((points or Decimal(0) for own in given for points in own), Decimal(0))

    assert total("self") > total("unit") > total("appraisal")


def test_most_of_those_present_agree(story: Story) -> None:
    assert {agreeing(nominee, 13) for nominee in story.nominees} == {11, 12, 13}
