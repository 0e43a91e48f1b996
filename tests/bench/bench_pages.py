"""The list of nominations and the score sheet with 1,900 nominations in the round.

Bounds: as many SQL statements as with 3, at most 8, and at most 3 times the time of a round
with 100, whose first page shows as many rows.
"""

from __future__ import annotations

import asyncio
import tempfile
import time
from pathlib import Path

import psycopg

from app import database, schema
from app.piccolo_conf import DB
from tests import cast
from tests.conftest import Browser, Counter, Server, World, _listen, _listening
from tests.scoring import given

SIZES = (3, 100, 1900)
ROUNDS = 15
PAGES = {
    "list of nominations": ("secretary", "/rounds/{round}/nominations"),
    "score sheet": ("member_1", "/rounds/{round}/score-sheet?subject=individual"),
}
Row = tuple[str, float, float, float, str]


def run() -> list[Row]:
    """Per page: seconds, then SQL statements, each with what they are held against."""
    with tempfile.TemporaryDirectory(prefix="thidua-bench-") as folder:
        url = database.embedded_url(Path(folder))
        return asyncio.run(_measure(Server(url, {})))


async def _measure(server: Server) -> list[Row]:
    found: dict[int, dict[str, tuple[float, int]]] = {}
    for size in SIZES:
        name = f"bench_{size}"
        with psycopg.connect(server.url, autocommit=True) as admin:
            admin.execute(f"CREATE DATABASE {name}".encode())
        url = server.named(name)
        await database.connect(url, pool=False)
        await DB.start_connection_pool(min_size=1, max_size=5, init=_listen)
        try:
            await schema.migrate()
            world = World(await cast.build(), url)
            await given.nominations(world, size)
            await given.scoring_open(world)
            found[size] = {page: await _page(world, page) for page in PAGES}
        finally:
            await database.disconnect()
    few, page_full, many = (found[size] for size in SIZES)
    rows: list[Row] = []
    for page in PAGES:
        (_, asked_few), (base, _), (ours, asked) = few[page], page_full[page], many[page]
        rows.append((f"{page}: seconds, 1,900 to 100", base, ours, ours / base, "<= 3"))
        same = (float(asked_few), float(asked), asked / asked_few, "<= 1")
        rows.append((f"{page}: SQL statements, 1,900 to 3", *same))
        rows.append((f"{page}: SQL statements, of 8", 8.0, float(asked), asked / 8, "<= 1"))
    return rows


async def _page(world: World, page: str) -> tuple[float, int]:
    login, path = PAGES[page]
    async with world.client(login, now=world.at("2025-11-26")) as browser:
        path = path.format(round=world.ids["round_2025"])
        await _get(browser, path)
        counter = Counter()
        _listening.append(counter)
        await _get(browser, path)
        _listening.remove(counter)
        times = []
        for _ in range(ROUNDS):
            started = time.perf_counter()
            await _get(browser, path)
            times.append(time.perf_counter() - started)
    asked = [s for s in counter.statements if "pg_advisory_unlock_all" not in s]
    return sorted(times)[ROUNDS // 2], len(asked)


async def _get(browser: Browser, path: str) -> None:
    answer = await browser.get(path)
    if answer.status_code != 200:
        raise RuntimeError(f"{path}: {answer.status_code}")
