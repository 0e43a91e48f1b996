"""Search, tree and membership with 16,000 people and 40,000 postings.

Each is held against the same question in a sector of 400 people and 40 units: what an answer costs
follows its rows, not the table. The first page of people shows 50 rows in both.
"""

from __future__ import annotations

import asyncio
import tempfile
import time
from collections.abc import Awaitable, Callable
from datetime import date
from pathlib import Path

import psycopg

from app import database, schema
from app.organization import queries
from app.organization.queries.people import Wanted
from tests import cast
from tests.conftest import Server
from tests.organization.crowd import gather

SIZES = {400: 80, 16_000: 1_500}
ROUNDS = 40
TODAY, BEFORE = date(2025, 11, 10), date(2020, 5, 1)
Row = tuple[str, float, float, float, str]
Ask = Callable[[], Awaitable[object]]


def run() -> list[Row]:
    """Seconds of one answer, the quickest of ROUNDS."""
    with tempfile.TemporaryDirectory(prefix="thidua-bench-") as folder:
        url = database.embedded_url(Path(folder))
        return asyncio.run(_measure(Server(url, {})))


async def _measure(server: Server) -> list[Row]:
    found: dict[int, dict[str, float]] = {}
    for people, units in SIZES.items():
        name = f"bench_{people}"
        with psycopg.connect(server.url, autocommit=True) as admin:
            admin.execute(f"CREATE DATABASE {name}".encode())
        await database.connect(server.named(name))
        try:
            await schema.migrate()
            ids = await cast.build()
            await gather(ids["root"], people, units)
            asks = await _asks(ids["root"])
            found[people] = {what: await _seconds(ask) for what, ask in asks.items()}
        finally:
            await database.disconnect()
    few, many = found.values()
    return [
        (f"{what}: 16,000 people to 400", few[what], many[what], many[what] / few[what], "<= 3")
        for what in few
    ]


async def _asks(root: int) -> dict[str, Ask]:
    reach = await queries.reach([root])
    province = await queries.find_unit("c-1", TODAY)
    rooms = (await queries.children_page(province, TODAY)).rows if province else ()

    def people(search: str) -> Ask:
        return lambda: queries.people_page(Wanted(search=search), reach=reach, today=TODAY)

    return {
        "search by name, one hit": people("hiem ly n400"),
        "search by name, a page of hits": people("nguyen van"),
        "search by beginnings, a page of hits": people("ngu va a"),
        "search by one letter, a page of hits": people("v"),
        "list of people, a page": people(""),
        "children of a room as of 2020": lambda: queries.children_page(rooms[0].id, BEFORE),
        "members of a room in 2020": lambda: queries.members_page(
            rooms[0].id, BEFORE, reach=reach, today=TODAY
        ),
    }


async def _seconds(ask: Ask) -> float:
    await ask()
    times = []
    for _ in range(ROUNDS):
        started = time.perf_counter()
        await ask()
        times.append(time.perf_counter() - started)
    # Milliseconds: what else the machine does would drown the middle one.
    return min(times)
