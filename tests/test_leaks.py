"""What somebody may not see they cannot infer: not from any page, export, search, count or error.

Everything each member of the cast and a few others can fetch is fetched twice, before and after
secret facts came into the world. Who may not know a fact finds none of its words, and the very
same pages.
"""

from __future__ import annotations

import re
from contextlib import AsyncExitStack

import pytest

from app.public_comment.tables import Publication
from app.reminders.actions.feed import new_address
from tests import cast
from tests.conftest import World
from tests.leaks import hunters
from tests.leaks.crawl import ANSWERS_NOBODY, Pages, Told, crawl, paths
from tests.leaks.planted import SECRETS, appraise, locked_away, plant, prepare
from tests.leaks.readers import MAY_READ
from tests.permissions.planted import Planted
from tests.permissions.planted import plant as plant_world

pytestmark = pytest.mark.anyio

# The list of the round is before the public.
DAY = "2025-12-23"


# Hunted in shares, so that no worker is left alone with all of it.
SHARES = 4


@pytest.mark.parametrize("share", range(SHARES))
async def test_secrets_are_read_by_those_who_may_and_guessed_by_nobody(
    world: World, share: int
) -> None:
    hunting = hunters.LOGINS[share::SHARES]
    person = await prepare(world)
    planted = await plant_world(world)
    await hunters.join(world)
    told = await tell(world, planted)
    wanted = paths(world, planted, told)
    async with AsyncExitStack() as open_browsers:
        browsers = {
            login: await open_browsers.enter_async_context(world.client(login, now=world.at(DAY)))
            for login in hunting
        }
        before = {login: await crawl(browser, wanted) for login, browser in browsers.items()}
        await plant(world, planted, person, told.appraised)
        after = {login: await crawl(browser, wanted) for login, browser in browsers.items()}
    hidden = await locked_away()
    assert {login: pages for login in after if (pages := readable(after[login], hidden))} == {}
    readers = {
        secret: {login for login, pages in after.items() if readable(pages, words)}
        for secret, words in SECRETS.items()
    }
    assert readers == {
        secret: hunters.may_read(logins) & set(hunting) for secret, logins in MAY_READ.items()
    }
    other = {login: changed(login, before[login], after[login]) for login in hunting}
    assert {login: pages for login, pages in other.items() if pages} == {}


async def test_the_hunt_opens_every_page(world: World) -> None:
    """Each route answers somebody, or stands in the list of those that cannot."""
    person = await prepare(world)
    planted = await plant_world(world)
    told = await tell(world, planted)
    await plant(world, planted, person, told.appraised)
    unanswered = paths(world, planted, told)
    for login in cast.CAST:
        async with world.client(login, now=world.at(DAY)) as browser:
            pages = await crawl(browser, unanswered)
        answered = {unanswered[path] for path, (status, _) in pages.items() if status == 200}
        unanswered = {path: route for path, route in unanswered.items() if route not in answered}
    assert set(unanswered.values()) - {""} == set(ANSWERS_NOBODY)


async def tell(world: World, planted: Planted) -> Told:
    row = (
        await Publication.select(Publication.code)
        .where(Publication.id == planted.publication)
        .first()
    )
    assert row is not None
    calendar = await new_address(actor=await world.actor("secretary"), now=world.now)
    return Told(await appraise(world), row["code"], f"{calendar}.ics")


def changed(login: str, before: Pages, after: Pages) -> list[str]:
    """Pages that are no longer the same and should be."""
    allowed = re.compile(r"(?!)" + hunters.may_change(login))
    return [
        path
        for path in sorted(before.keys() | after.keys())
        if before.get(path) != after.get(path) and not allowed.match(path)
    ]


async def test_the_hunt_finds_what_is_there(world: World) -> None:
    """Pages, filters, sheets and PDFs are read as text: else nothing would ever be found."""
    planted = await plant_world(world)
    finished = planted.finished
    wanted = paths(world, planted, await tell(world, planted))
    async with world.client("leader", now=world.at(DAY)) as browser:
        pages = await crawl(browser, wanted)
    named = readable(pages, ("Hoàng Văn Ánh",))
    expected = (
        f"/nominations/{finished.own}",
        "/rounds/1/nominations?state=draft",
        f"/decisions/{finished.decision}/decision.pdf",
        "/people/export.xlsx",
        "/people/export.csv?q=quyen",
    )
    assert [path in named for path in expected] == [True, False, True, True, False]
    statuses = {path: status for path, (status, _) in pages.items()}
    assert len([s for s in statuses.values() if s == 200]) > 60
    assert [path for path, status in statuses.items() if status >= 500] == []


def readable(pages: Pages, words: tuple[str, ...]) -> list[str]:
    return [path for path, (_, text) in pages.items() if any(word in text for word in words)]
