"""The demo world: units, people and their rounds, the same on every machine for the same seed."""

from __future__ import annotations

from dataclasses import dataclass, replace

from app.demo.world.earlier_initiatives import build_initiatives_2024
from app.demo.world.facts import Person, Unit, UnitEvent
from app.demo.world.former_offices import with_former_offices
from app.demo.world.movement import CALENDAR_2024
from app.demo.world.other_rounds import build_2024, build_phase, build_thematic, lists_2024
from app.demo.world.people import build_people
from app.demo.world.picker import Picker
from app.demo.world.roster import Roster
from app.demo.world.story import build_story
from app.demo.world.story_facts import Calendar, Story
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
    """The annual round 2025, which the demo tells in full."""
    earlier: Story
    """The annual round 2024."""

    def phase(self, calendar: Calendar) -> Story:
        """The preliminary review 2023-2025, held whenever the demo is made."""
        roster = Roster({unit.key: unit for unit in self.units}, self.people)
        return build_phase(self.story, self.earlier, roster, calendar, Picker(self.seed))

    def thematic(self, calendar: Calendar) -> Story:
        """A round of a second movement, being scored whenever the demo is made."""
        roster = Roster({unit.key: unit for unit in self.units}, self.people)
        return build_thematic(self.story, roster, calendar, Picker(self.seed))


def build_world(seed: int = 2025) -> World:
    picker = Picker(seed)
    units = build_units()
    people = build_people(units, picker)
    by_key = {unit.key: unit for unit in units}
    story = build_story(Roster(by_key, people), picker)
    then = Roster(by_key, people, CALENDAR_2024.session_on)
    lists = lists_2024(then)
    away = {person.key for line in lists for person in line.people}
    offices = tuple(line.unit for line in lists)
    story = replace(story, accounts=with_former_offices(story.accounts, offices, away, then))
    earlier = build_2024(story, then, build_initiatives_2024(then, picker), picker)
    return World(seed, units, build_events(units), people, story, earlier)
