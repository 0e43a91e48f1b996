"""At full size, 16,000 dossiers in each of two rounds: no page reads the dossiers whole."""

from __future__ import annotations

from datetime import date

import pytest

from app.kernel.actor import Actor
from app.nominations import queries
from app.nominations.queries import Wanted
from app.nominations.queries.listing import PAGE, page_statement
from app.nominations.tables import Nomination
from app.web.paging import Cursor
from tests.conftest import World
from tests.nominations import crowd

pytestmark = pytest.mark.anyio
TODAY = date(2025, 11, 10)
ASKED = {
    "the first page": (Wanted(), None),
    "a page far down": (Wanted(), Cursor("nga|77", 77)),
    "a search": (Wanted(search="nguyen van"), None),
    "a state": (Wanted(state="refused"), None),
    "a word owed": (Wanted(task="word"), None),
    "items sent back": (Wanted(task="asked"), None),
    "not registered": (Wanted(registered="no"), None),
}


async def test_no_page_reads_the_dossiers_whole(world: World) -> None:
    await crowd.gather(world, 16_000)
    round_id = world.ids["round_2025"]
    # As many again, a year later.
    await Nomination.raw(
        "INSERT INTO nomination (code, round, subject, person, nominating_unit, award_form, name,"
        " post, unit_name, search_key, order_key, achievement, created_by, created_at)"
        " SELECT 'S' || id, {}, subject, person, nominating_unit, award_form, name, post,"
        " unit_name, search_key, order_key, '', created_by, created_at FROM nomination",
        world.ids["round_2026"],
    )
    await Nomination.raw("VACUUM (ANALYZE) nomination")
    whole = []
    for login in ("secretary", "appraiser", "officer"):
        actor = await world.actor(login)
        for name, (wanted, cursor) in ASKED.items():
            whole += [(login, name, line) for line in await plan(round_id, actor, wanted, cursor)]
    assert whole == []

    # A search finds the same wherever the page begins.
    secretary = await world.actor("secretary")
    every = await queries.nominations_page(
        round_id, secretary, TODAY, Wanted(search="nga van"), limit=20_000
    )
    first = await queries.nominations_page(round_id, secretary, TODAY, Wanted(search="nga van"))
    assert len(every.rows) > 1_000
    assert every.rows[:PAGE] == first.rows


async def plan(round_id: int, actor: Actor, wanted: Wanted, cursor: Cursor | None) -> list[str]:
    """The lines of it that read all dossiers there are."""
    statement = page_statement(round_id, actor, TODAY, wanted, cursor, PAGE)
    lines = [row["QUERY PLAN"] for row in await Nomination.raw("EXPLAIN {}", statement)]
    return [line.strip() for line in lines if "Seq Scan on nomination " in line]
