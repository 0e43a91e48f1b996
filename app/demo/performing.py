"""What everybody who plays a part needs: the world, its ids and who acts on which day."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

from app.accounts.queries import actor_for_login
from app.demo.load import Ids
from app.demo.world import World
from app.demo.world.story_facts import Nominee, Story
from app.kernel.actor import Actor, Role
from app.kernel.period import VIETNAM

Progress = Callable[[str, int, int], None]
"""Called with what is being done, how many are done and how many there are."""


def at(day: date, hour: int = 9, minute: int = 0) -> datetime:
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=VIETNAM)


class Performance:
    """One round of the world, its ids and, as they come, the nominations' ids."""

    def __init__(
        self, world: World, story: Story, ids: Ids, round_id: int, progress: Progress
    ) -> None:
        self.world, self.story = world, story
        self.ids, self.round_id, self.progress = ids, round_id, progress
        self.nominations: dict[str, int] = {}
        self._actors: dict[tuple[str, date], Actor] = {}

    async def actor(self, login: str, day: date) -> Actor:
        if (login, day) not in self._actors:
            self._actors[login, day] = await actor_for_login(login, at(day))
        return self._actors[login, day]

    async def officer_over(self, unit: str, day: date) -> Actor:
        """The officer whose units include `unit`, as an office of that unit would have one."""
        return await self._over(unit, Role.UNIT_OFFICER, day)

    async def head_over(self, unit: str, day: date) -> Actor:
        return await self._over(unit, Role.UNIT_HEAD, day)

    async def enters(self, nominee: Nominee, day: date) -> Actor:
        """Who writes the nominee's own part: they themselves where they have a sign-in."""
        if nominee.person in self.ids.logins:
            return await self.actor(self.ids.logins[nominee.person], day)
        return await self.officer_over(nominee.nominating_unit, day)

    def by_unit(self) -> dict[str, list[Nominee]]:
        found: dict[str, list[Nominee]] = {}
        for nominee in self.story.nominees:
            found.setdefault(nominee.nominating_unit, []).append(nominee)
        return found

    async def _over(self, unit: str, role: Role, day: date) -> Actor:
        for account in self.story.accounts:
            if any(grant.role is role for grant in account.grants):
                actor = await self.actor(account.login, day)
                if actor.holds_over(self.ids.units[unit], role):
                    return actor
        raise LookupError(unit)
