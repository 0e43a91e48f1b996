"""The demo world: units, people and one round, the same on every machine for the same seed."""

from __future__ import annotations

from dataclasses import dataclass

from app.demo.world.facts import Person, Unit, UnitEvent
from app.demo.world.people import build_people
from app.demo.world.picker import Picker
from app.demo.world.roster import Roster
from app.demo.world.story import build_story
from app.demo.world.story_facts import Story
from app.demo.world.units import build_events, build_units

__all__ = ["World", "build_world"]


@dataclass(frozen=True, slots=True)
class World:
    seed: int
    units: tuple[Unit, ...]
    """Parents before children."""
    events: tuple[UnitEvent, ...]
    people: tuple[Person, ...]
    story: Story


def build_world(seed: int = 2025) -> World:
    picker = Picker(seed)
    units = build_units()
    people = build_people(units, picker)
    story = build_story(Roster({unit.key: unit for unit in units}, people), picker)
    return World(seed, units, build_events(units), people, story)
