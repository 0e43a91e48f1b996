"""A mark nobody else could have given is planted, and then looked for in everything."""

from __future__ import annotations

import re
from decimal import Decimal
from urllib.parse import urldefrag, urljoin, urlsplit

import pytest

from app.audit.tables import AuditEntry
from app.scoring.actions import close_scoring, save_marks
from tests.cast import CAST
from tests.conftest import Browser, World
from tests.scoring import given

pytestmark = pytest.mark.anyio

OWNER = "member_1"
# The mark, which is also the sheet's total, and the mean of the three sheets it would give away.
PLANTED = re.compile(r"17[.,]37|1737|5[.,]79")
MOST_PAGES = 80


async def planted(world: World) -> int:
    [nomination] = await given.nominations(world, 1)
    await given.scoring_open(world)
    for login in ("member_2", "member_3"):
        await given.all_marks(world, "0", world.at(given.SCORING), login)
    marks = {"C1": Decimal("17.37"), "C2": Decimal(0), "C3": Decimal(0), "C4": Decimal(0)}
    await save_marks(
        nomination, marks, 0, actor=await world.actor(OWNER), now=world.at(given.SCORING)
    )
    return nomination


def doors(world: World, nomination: int) -> list[str]:
    """Addresses to knock at even where no link leads."""
    round_ = f"/rounds/{world.ids['round_2025']}"
    ends = ("", "/nominations", "/score-sheet", "/score-sheet?show=left", "/ranking")
    more = ("/ranking/individual/export.json", "/council-session", "/decision")
    of_nomination = ("", "/sheet", "/history")
    return [
        "/",
        *(round_ + end for end in (*ends, *more)),
        *(f"/nominations/{nomination}{end}" for end in of_nomination),
    ]


async def everything(client: Browser, start: list[str]) -> dict[str, str]:
    """Every page this reader can reach by following links from `start`, by path."""
    seen: dict[str, str] = {}
    queue = list(start)
    while queue and len(seen) < MOST_PAGES:
        path = queue.pop(0)
        if path in seen:
            continue
        answer = await client.get(path, follow_redirects=True)
        seen[path] = answer.text
        for href in re.findall(r'(?:href|hx-get)="([^"]+)"', answer.text):
            link = urldefrag(urljoin(path, href.replace("&amp;", "&")))[0]
            if not urlsplit(link).scheme and not link.startswith("/static/"):
                queue.append(link)
    return seen


# Form tokens and hashes are random; a mark among their digits would be chance.
RANDOM = re.compile(r'name="_csrf_token" value="[^"]*"|[0-9a-f]{64}|\?v=\w+')


def found_in(pages: dict[str, str]) -> list[str]:
    return [path for path, text in pages.items() if PLANTED.search(RANDOM.sub("", text))]


@pytest.mark.parametrize("login", CAST)
async def test_before_closing_only_its_giver_sees_a_mark(world: World, login: str) -> None:
    nomination = await planted(world)
    async with world.client(login, now=world.at(given.SCORING)) as client:
        pages = await everything(client, doors(world, nomination))
        row = await client.get(f"/nominations/{nomination}/sheet", headers={"HX-Request": "true"})
        pages["the row alone"] = row.text
        stale = await client.form(
            f"/nominations/{nomination}/sheet", {"C1": "1", "version": "0"}, htmx=True
        )
        pages["the answer to a stale row"] = stale.text
    own = f"/rounds/{world.ids['round_2025']}/score-sheet"
    if login == OWNER:
        assert {own, "the row alone", "the answer to a stale row"} <= set(found_in(pages))
    else:
        assert found_in(pages) == []


@pytest.mark.parametrize("login", ["member_1", "member_2", "secretary", "leader", "auditor"])
async def test_after_closing_pages_show_the_mean_and_only_the_export_the_mark(
    world: World, login: str
) -> None:
    nomination = await planted(world)
    await close_scoring(
        world.ids["round_2025"],
        actor=await world.actor("secretary"),
        now=world.at(given.AFTER),
    )
    async with world.client(login, now=world.at(given.AFTER)) as client:
        pages = await everything(client, doors(world, nomination))
    round_ = f"/rounds/{world.ids['round_2025']}"
    marked = {path for path, text in pages.items() if re.search(r"17[.,]37", text)}
    own = {path for path in pages if path.endswith("/sheet") or "/score-sheet" in path}
    export = {f"{round_}/ranking/individual/export.json"}
    assert marked - own == export
    assert login == OWNER or not marked & own
    assert "5,79" in pages[f"{round_}/ranking"]


async def test_the_log_holds_no_mark(world: World) -> None:
    nomination = await planted(world)
    async with world.client(OWNER, now=world.at(given.SCORING)) as client:
        await client.form(f"/nominations/{nomination}/sheet", {"C1": "1,73", "version": "1"})
    await close_scoring(
        world.ids["round_2025"],
        actor=await world.actor("secretary"),
        now=world.at(given.AFTER),
    )
    entries = await AuditEntry.select(AuditEntry.action, AuditEntry.detail).order_by(AuditEntry.id)
    ours = [entry for entry in entries if entry["action"].startswith("scoring.")]
    assert [entry["action"] for entry in ours] == [
        "scoring.save_marks",
        "scoring.save_marks",
        "scoring.close",
    ]
    assert not [e for e in entries if re.search(r"17[.,]37|1[.,]73", e["detail"])]


async def test_the_history_of_a_nomination_says_nothing_of_its_members(world: World) -> None:
    nomination = await planted(world)
    entries = await AuditEntry.select().where(AuditEntry.object_kind == "nomination")
    assert [e["action"] for e in entries if e["object_id"] == nomination] == []
