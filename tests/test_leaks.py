"""What somebody may not see they cannot infer: not from any page, export, search, count or error.

Everything each member of the cast can fetch is fetched twice, before and after secret facts came
into the world. Who may not know a fact finds none of its words, and the very same pages.
"""

from __future__ import annotations

import re
from contextlib import AsyncExitStack

import pytest

from app.public_comment.tables import Publication
from app.reminders.actions.feed import new_address
from tests import cast
from tests.conftest import World
from tests.leaks.crawl import ANSWERS_NOBODY, Pages, Told, crawl, paths
from tests.leaks.planted import SECRETS, appraise, locked_away, plant, prepare
from tests.permissions.planted import Planted
from tests.permissions.planted import plant as plant_world

pytestmark = pytest.mark.anyio

# The list of the round is before the public.
DAY = "2025-12-23"
MEMBERS = frozenset({"member_1", "member_2", "member_3"})
OFFICE = MEMBERS | {"appraiser", "secretary", "leader", "auditor"}
OTHER_UNIT = frozenset({"other_officer", "other_head"})

# Who may read each secret, and does. Everybody else must not.
MAY_READ = {
    # On the dossier of the person concerned.
    "discipline": frozenset({"discipline"}),
    # The export names no member: M1, M2, M3.
    "mark": OFFICE,
    "draft": OTHER_UNIT,
    # Its author's dossier names it: the gate it could open. So does who is to recognise it.
    "initiative": OFFICE | {"officer", "head", "discipline", "initiative_member"},
    "initiative's content": frozenset[str](),
    # A unit that nominates somebody writes it into the achievement report.
    "birth date": OTHER_UNIT | {"discipline", "administrator", "personnel"},
    # Those over the person: why somebody is away is not even in the log.
    "absence": OTHER_UNIT | {"discipline", "leader", "auditor", "administrator", "personnel"},
    "recusal": frozenset[str](),
    # Of a dossier of the other province.
    "own points": OFFICE | OTHER_UNIT | {"discipline"},
    # Of a dossier still in appraisal: not its own unit.
    "appraisal": OFFICE | {"discipline"},
    # The unit that was asked another question reads its own answer only.
    "opinion": OFFICE | {"discipline"},
    "comment": frozenset({"appraiser", "secretary", "leader", "auditor"}),
    "commenter": frozenset({"appraiser", "secretary"}),
    "file name": OFFICE | OTHER_UNIT | {"discipline"},
    # Of a draft, in minutes that also count a dossier that was sent.
    "votes": frozenset({"officer", "head"}),
}

# Where a reader's pages may change with the secrets, each with its reason.
OWN_DRAFT = (
    r"|/$|/people/5$|/rounds/1$|/rounds/1/nominations(\?|$|/export)"
    r"|/nominations/6(/[\w-]+(\.pdf)?)?$|/rights\?(kind=nomination&id=6|text=quyen)$"
)
# What somebody may do with a thing is asked by who may open it.
CASE = r"|/rights\?kind=case&id=[12]$"
INITIATIVE = r"|/rights\?(kind=initiative&id=3|text=hoa%20sim)$"
MARKS = r"|/rounds/1/ranking/individual/export\.json$|/nominations/1/(points|score-sheet\.pdf)$"
# The list shows the sums of the columns; the file lies beside them.
COLUMNS = (
    r"|/rounds/1/nominations(\?|$|/export)"
    r"|/nominations/2/(points|score-sheet\.pdf|files|files/2(/.*)?)$"
)
# Its gates stand open, so the class of a reason shows as it changes; so do its points.
APPRAISED = r"|/nominations/5(/(points|score-sheet\.pdf))?$"
OPINION = r"|/nominations/3/(opinions|route)$"
COMMENT = (
    r"|/publications/1(/result\.pdf|/comments/export\.(csv|xlsx))?$"
    r"|/rounds/1/public-comment(/export\.(csv|xlsx))?$"
)
ABSENCE = r"|/people/5(/records/absences/1)?$"
# That something happened is in the log, what it was about is not.
LOG = r"|/audit(\?|$|/export)"
# The draft of their unit tells the class of a gate's reason, and its votes.
OWN = r"|/nominations/4(/report(\.pdf)?)?$|/nominations/5$|/peer-reviews/1(/minutes\.pdf)?$"
# Marks are part of what makes a ranking recomputable, and their mean is the council's column.
JUDGED = MARKS + COLUMNS + APPRAISED + OPINION
MAY_CHANGE = {
    "officer": OWN + INITIATIVE,
    "head": OWN + INITIATIVE,
    "initiative_member": INITIATIVE,
    # The secret draft is their own.
    "other_officer": OWN_DRAFT + COLUMNS,
    "other_head": OWN_DRAFT + COLUMNS,
    "administrator": ABSENCE,
    "personnel": ABSENCE,
    "discipline": ABSENCE + COLUMNS + APPRAISED + OPINION + CASE,
    **dict.fromkeys(MEMBERS, JUDGED),
    "member_2": JUDGED + r"|/rounds/1/score-sheet$",
    "appraiser": JUDGED + COMMENT,
    "secretary": JUDGED + COMMENT + INITIATIVE,
    **dict.fromkeys(("auditor", "leader"), JUDGED + COMMENT + ABSENCE + LOG),
}


# Hunted in shares, so that no worker is left alone with all of it.
SHARES = 4


@pytest.mark.parametrize("share", range(SHARES))
async def test_secrets_are_read_by_those_who_may_and_guessed_by_nobody(
    world: World, share: int
) -> None:
    hunters = cast.CAST[share::SHARES]
    person = await prepare(world)
    planted = await plant_world(world)
    told = await tell(world, planted)
    wanted = paths(world, planted, told)
    async with AsyncExitStack() as open_browsers:
        browsers = {
            login: await open_browsers.enter_async_context(world.client(login, now=world.at(DAY)))
            for login in hunters
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
    assert readers == {secret: logins & set(hunters) for secret, logins in MAY_READ.items()}
    other = {login: changed(login, before[login], after[login]) for login in hunters}
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
    allowed = re.compile(r"(?!)" + MAY_CHANGE.get(login, ""))
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
