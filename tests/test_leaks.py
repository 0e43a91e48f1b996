"""What somebody may not see they cannot infer: not from any page, export, search, count or error.

Everything each member of the cast can fetch is fetched twice, before and after secret facts came
into the world. Who may not know a fact finds none of its words, and the very same pages.
"""

from __future__ import annotations

import re
from contextlib import AsyncExitStack

import pytest

from tests import cast
from tests.conftest import World
from tests.finished_round import finish
from tests.leaks.crawl import Pages, crawl, paths
from tests.leaks.planted import SECRETS, locked_away, plant, prepare

pytestmark = pytest.mark.anyio

MEMBERS = frozenset({"member_1", "member_2", "member_3"})
OFFICE = MEMBERS | {"appraiser", "secretary", "leader", "auditor"}
OTHER_UNIT = frozenset({"other_officer", "other_head"})

# Who may read each secret, and does. Everybody else must not.
MAY_READ = {
    "discipline": frozenset[str](),
    # The export names no member: M1, M2, M3.
    "mark": OFFICE,
    "draft": OTHER_UNIT,
    "initiative": frozenset[str](),
    # A unit that nominates somebody writes it into the achievement report.
    "birth date": OTHER_UNIT | {"discipline", "administrator", "personnel"},
    # Those over the person: why somebody is away is not even in the log.
    "absence": OTHER_UNIT | {"discipline", "leader", "auditor", "administrator", "personnel"},
    "recusal": frozenset[str](),
}

# Where a reader's pages may change with the secrets, each with its reason.
OWN_DRAFT = (
    r"/$|/people/5$|/rounds/1$|/rounds/1/nominations(\?|$|/export)"
    r"|/nominations/5(/[\w-]+(\.pdf)?)?$"
)
MARKS = r"/rounds/1/ranking/individual/export\.json$|/nominations/1/(points|score-sheet\.pdf)$"
MAY_CHANGE = {
    # The draft of their unit tells the class of a gate's reason, and no more.
    "officer": r"/nominations/4$",
    "head": r"/nominations/4$",
    # The secret draft is their own.
    "other_officer": OWN_DRAFT,
    "other_head": OWN_DRAFT,
    **dict.fromkeys(("discipline", "administrator", "personnel"), r"/people/5$"),
    # Marks are part of what makes a ranking recomputable, and their mean is the council's column.
    **dict.fromkeys(OFFICE, MARKS),
    "member_2": MARKS + r"|/rounds/1/score-sheet$",
    # That something happened is in the log, what it was about is not.
    **dict.fromkeys(
        ("auditor", "leader"),
        MARKS + r"|/audit(\?|$|/export)|/people/5$",
    ),
}


async def test_secrets_are_read_by_those_who_may_and_guessed_by_nobody(world: World) -> None:
    person = await prepare(world)
    finished = await finish(world)
    wanted = paths(world, finished)
    async with AsyncExitStack() as open_browsers:
        browsers = {
            login: await open_browsers.enter_async_context(
                world.client(login, now=world.at("2025-12-20"))
            )
            for login in cast.CAST
        }
        before = {login: await crawl(browser, wanted) for login, browser in browsers.items()}
        await plant(world, finished, person)
        after = {login: await crawl(browser, wanted) for login, browser in browsers.items()}
    hidden = await locked_away()
    assert {login: pages for login in after if (pages := readable(after[login], hidden))} == {}
    readers = {
        secret: {login for login, pages in after.items() if readable(pages, words)}
        for secret, words in SECRETS.items()
    }
    assert readers == {secret: set(logins) for secret, logins in MAY_READ.items()}
    told = {login: changed(login, before[login], after[login]) for login in cast.CAST}
    assert {login: pages for login, pages in told.items() if pages} == {}


def changed(login: str, before: Pages, after: Pages) -> list[str]:
    """Pages that are no longer the same and should be."""
    allowed = re.compile(MAY_CHANGE.get(login, r"(?!)"))
    return [path for path in before if before[path] != after[path] and not allowed.match(path)]


async def test_the_hunt_finds_what_is_there(world: World) -> None:
    """Pages, filters, sheets and PDFs are read as text: else nothing would ever be found."""
    finished = await finish(world)
    async with world.client("leader", now=world.at("2025-12-20")) as browser:
        pages = await crawl(browser, paths(world, finished))
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
