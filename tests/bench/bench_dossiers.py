"""A round with 16,000 nominations against one with 100, in a sector of 1,500 units.

Each page takes at most 3 times as long and asks as many SQL statements. 2,000 dossiers sent on in
one list are held against lists of one. The nearest peer's figures (PEERS.md 5, 1,900 entries) are
printed as milliseconds, for information.
"""

from __future__ import annotations

import asyncio
import sys
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import psycopg

from app import database, schema
from app.nominations.actions.endorsing import endorse
from app.nominations.rules.endorsing import ListLine
from app.nominations.tables import Nomination
from app.piccolo_conf import DB
from tests import cast
from tests.conftest import Browser, Counter, Server, World, _listen, _listening
from tests.nominations import crowd
from tests.nominations.routed import PAPER

SIZES = (100, 16_000)
TURNS, SETTLED, ROUNDS = 3, 6, 6
LISTED, SINGLE = 2_000, 100
DAY = "2025-11-10"
LIST = "/rounds/{round}/nominations"
PAGES = {
    "list of dossiers": ("secretary", LIST),
    "list, searched, by unit": ("secretary", f"{LIST}?q=van&state=office&sort=unit"),
    "list, one in 400 found": ("secretary", f"{LIST}?q=hiem"),
    "list, latest first": ("secretary", f"{LIST}?sort=-submitted"),
    "list, by points": ("secretary", f"{LIST}?sort=-appraisal"),
    "list, what waits for me": ("appraiser", f"{LIST}?task=mine"),
    "appraisal desk": ("appraiser", "/rounds/{round}/appraisal"),
    "dossier": ("secretary", "/nominations/{nomination}"),
    "warnings of a dossier": ("secretary", "/nominations/{nomination}/warnings"),
    "warnings of the round": ("secretary", "/rounds/{round}/warnings"),
    "endorsing": ("head", "/rounds/{round}/endorsement"),
    "home of an appraiser": ("appraiser", "/"),
    "home of a unit's head": ("head", "/"),
}
# pretalx: its list of 50 rows and its review dashboard of 250, median milliseconds.
PEER = {"list of dossiers": 209, "appraisal desk": 1_440}
Row = tuple[str, float, float, float, str]


def run() -> list[Row]:
    with tempfile.TemporaryDirectory(prefix="thidua-bench-") as folder:
        url = database.embedded_url(Path(folder))
        return asyncio.run(_measure(Server(url, {})))


async def _measure(server: Server) -> list[Row]:
    worlds = {}
    for size in SIZES:
        name = f"dossiers_{size}"
        with psycopg.connect(server.url, autocommit=True) as admin:
            admin.execute(f"CREATE DATABASE {name}".encode())
        worlds[size] = World({}, server.named(name))
        async with _connected(worlds[size]):
            await schema.migrate()
            worlds[size].ids.update(await cast.build())
            await crowd.gather(worlds[size], size)
    quickest = {size: dict.fromkeys(PAGES, (float("inf"), 0)) for size in SIZES}
    # In turns, so that both meet the machine in the same mood.
    for _ in range(TURNS):
        for size, found in quickest.items():
            async with _connected(worlds[size]):
                for page in PAGES:
                    found[page] = min(found[page], await _page(worlds[size], page))
    few, many = quickest.values()
    rows: list[Row] = []
    for page in PAGES:
        (base, asked_few), (ours, asked) = few[page], many[page]
        rows.append((f"{page}: seconds, 16,000 to 100", base, ours, ours / base, "<= 3"))
        same = (float(asked_few), float(asked), asked / asked_few, "<= 1")
        rows.append((f"{page}: SQL statements, 16,000 to 100", *same))
        peer = f", the nearest peer with 1,900: {PEER[page]} ms" if page in PEER else ""
        print(f"bench: {page}, 16,000: {ours * 1000:.0f} ms{peer}", file=sys.stderr)
    async with _connected(worlds[SIZES[-1]]):
        return rows + await _sent_on(worlds[SIZES[-1]])


@asynccontextmanager
async def _connected(world: World) -> AsyncIterator[None]:
    await database.connect(world.url, pool=False)
    await DB.start_connection_pool(min_size=1, max_size=1, init=_listen)
    try:
        yield
    finally:
        await database.disconnect()


async def _page(world: World, page: str) -> tuple[float, int]:
    """The quickest of ROUNDS: what else the machine does is no part of the page.

    Not before SETTLED: from the sixth on the server may use one plan for all values.
    """
    login, path = PAGES[page]
    office = await Nomination.raw(
        "SELECT id FROM nomination WHERE stage = 'office' ORDER BY id LIMIT 1"
    )
    path = path.format(round=world.ids["round_2025"], nomination=office[0]["id"])
    async with world.client(login, now=world.at(DAY)) as browser:
        await _get(browser, path)
        counter = Counter()
        _listening.append(counter)
        await _get(browser, path)
        _listening.remove(counter)
        for _ in range(SETTLED):
            await _get(browser, path)
        times = []
        for _ in range(ROUNDS):
            started = time.perf_counter()
            await _get(browser, path)
            times.append(time.perf_counter() - started)
    return min(times), counter.count


async def _get(browser: Browser, path: str) -> None:
    answer = await browser.get(path)
    if answer.status_code != 200:
        raise RuntimeError(f"{path}: {answer.status_code}")


async def _sent_on(world: World) -> list[Row]:
    """One list of 2,000, then lists of one: seconds per dossier, and statements per list."""
    ids = await _at_one_level(world, LISTED + SINGLE + 2)
    two, listed, single = ids[:2], ids[2 : 2 + LISTED], ids[2 + LISTED :]
    _, asked_two = await _send(world, two)
    seconds, asked = await _send(world, listed)
    singles = [await _send(world, [one]) for one in single]
    each = sum(seconds for seconds, _ in singles) / SINGLE
    ours = seconds / LISTED
    print(f"bench: {LISTED} dossiers sent on in {seconds:.2f} s", file=sys.stderr)
    return [
        (
            f"sending {LISTED:,} on: seconds each, lists of one to one list",
            each,
            ours,
            each / ours,
            ">= 10",
        ),
        (
            f"sending on: SQL statements, {LISTED:,} to 2",
            float(asked_two),
            float(asked),
            asked / asked_two,
            "<= 1",
        ),
    ]


async def _at_one_level(world: World, size: int) -> list[int]:
    """Dossiers that passed their province and wait at a second level."""
    level = world.ids["lang_son"]
    rows = await Nomination.raw(
        "UPDATE nomination SET stage = 'route', at_unit = {}, nominating_unit = {} WHERE id IN"
        " (SELECT n.id FROM nomination n WHERE n.stage = 'office' AND NOT EXISTS"
        " (SELECT FROM item_return i WHERE i.nomination = n.id) ORDER BY n.id LIMIT {})"
        " RETURNING id",
        level,
        level,
        size,
    )
    ids = sorted(row["id"] for row in rows)
    await Nomination.raw(
        "INSERT INTO route_step (nomination, position, unit, unit_name)"
        " SELECT unnest({}::int[]), 2, {}, ''",
        ids,
        level,
    )
    for table in ("nomination", "route_step"):
        await Nomination.raw(f"VACUUM (ANALYZE) {table}")
    return ids


async def _send(world: World, ids: list[int]) -> tuple[float, int]:
    head = await world.actor("head")
    lines = [ListLine(nomination, None) for nomination in ids]
    counter = Counter()
    _listening.append(counter)
    started = time.perf_counter()
    await endorse(
        world.ids["round_2025"],
        world.ids["lang_son"],
        lines,
        PAPER,
        actor=head,
        now=world.at(DAY),
    )
    seconds = time.perf_counter() - started
    _listening.remove(counter)
    return seconds, counter.count
