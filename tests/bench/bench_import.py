"""16,000 people with 40,000 postings out of XLSX, against reading and copying alone.

The plain way reads the two sheets with python-calamine and copies rows made ready for it, keys
looked up and names prepared, into tables with the same keys, checks and indexes. Ours is the whole
import: upload, read, check, check again behind the lock, write, log.
"""

from __future__ import annotations

import asyncio
import tempfile
import time
from collections.abc import Sequence
from datetime import date, timedelta
from io import BytesIO
from pathlib import Path

import asyncpg
import psycopg
from python_calamine import CalamineWorkbook

from app import database, schema
from app.imports import actions, jobs
from app.imports.queries import runs
from app.kernel.actor import Actor
from app.kernel.vietnamese import person_order_key, search_key
from app.organization.tables import Person, Posting
from tests import cast
from tests.conftest import Server, World
from tests.imports.given import officer, workbook

PEOPLE, POSTINGS = 16_000, 40_000
FAMILIES = ("Nguyễn", "Hoàng", "Lò", "Nông", "Đặng", "Bế", "Vi", "Lý", "Trần", "Lương")
MIDDLES = ("Văn", "Thị", "Minh", "Đình", "Ngọc", "Hữu", "Thanh", "Quốc")
GIVEN = ("Ánh", "Bình", "Chi", "Dũng", "Em", "Giang", "Hà", "Khánh", "Lan", "Mẫn", "Ổn", "Thúy")
UNITS = ("phong-1", "kv-1", "cb-kv-1", "lang-son", "cao-bang")
POSTS = ("Kiểm sát viên", "Kiểm tra viên", "Chuyên viên", "Phó Trưởng phòng")
PLAIN = {
    "people": (
        "person",
        (
            *("staff_code", "full_name", "birth_date", "sex", "ethnicity", "staff_category"),
            *("recruited_on", "search_key", "order_key"),
        ),
    ),
    "postings": (
        "posting",
        ("person", "unit", "post", "valid_from", "valid_to", "is_main"),
    ),
}
PLAIN_KEYS = (
    "ALTER TABLE plain_posting ADD FOREIGN KEY (person) REFERENCES plain_person (id),"
    " ADD FOREIGN KEY (unit) REFERENCES unit (id)"
)
Row = tuple[str, float, float, float, str]


def people_rows(count: int) -> list[tuple[object, ...]]:
    return [
        (
            f"CB{n:06d}",
            " ".join((FAMILIES[n % 10], MIDDLES[n // 10 % 8], MIDDLES[n // 80 % 8], GIVEN[n % 12])),
            date(1965, 1, 1) + timedelta(days=n % 12_000),
            "Nữ" if n % 2 else "Nam",
            "Tày" if n % 3 else "Kinh",
            "Công chức",
            date(2018, 1, 1) + timedelta(days=n % 1500),
        )
        for n in range(count)
    ]


def posting_rows(count: int, people: int) -> list[tuple[object, ...]]:
    """A main posting each; what is left over stands beside it or came before."""
    rows: list[tuple[object, ...]] = []
    for n in range(count):
        main = n < people
        rows.append(
            (
                f"CB{n % people:06d}",
                UNITS[n % 5],
                POSTS[n // people % 4],
                date(2024, 1, 1) + timedelta(days=n % 300),
                "" if main else date(2025, 6, 30),
                "Chính" if main else "Kiêm nhiệm",
            )
        )
    return rows


def run() -> list[Row]:
    with tempfile.TemporaryDirectory(prefix="thidua-bench-") as folder:
        url = database.embedded_url(Path(folder))
        return asyncio.run(_measure(Server(url, {})))


async def _measure(server: Server) -> list[Row]:
    with psycopg.connect(server.url, autocommit=True) as admin:
        admin.execute(b"CREATE DATABASE bench_import")
    url = server.named("bench_import")
    await database.connect(url)
    try:
        await schema.migrate()
        world = World(await cast.build(), url)
        plain, ours = await compare(world, PEOPLE, POSTINGS)
    finally:
        await database.disconnect()
    name = "import of 16,000 people with 40,000 postings"
    return [(name, plain, ours, ours / plain, "<= 5")]


async def compare(world: World, people: int, postings: int) -> tuple[float, float]:
    """Seconds of the plain way and of ours; raises when ours did not bring in every row."""
    sheets = {
        "people": workbook("people", *people_rows(people)),
        "postings": workbook("postings", *posting_rows(postings, people)),
    }
    actor = await officer(world)
    before = await Person.count(), await Posting.count()
    connection = await asyncpg.connect(world.url)
    plain = ours = 0.0
    try:
        for kind, content in sheets.items():
            plain += await _plainly(connection, kind, content)
            started = time.perf_counter()
            await _import(world, actor, kind, content)
            ours += time.perf_counter() - started
    finally:
        await connection.close()
    after = await Person.count(), await Posting.count()
    if after != (before[0] + people, before[1] + postings):
        raise RuntimeError(f"rows before {before}, after {after}")
    return plain, ours


async def _plainly(connection: asyncpg.Connection, kind: str, content: bytes) -> float:
    """Seconds of reading and of copying; what lies between is done for it unasked."""
    started = time.perf_counter()
    _, *rows = CalamineWorkbook.from_filelike(BytesIO(content)).get_sheet_by_index(0).to_python()
    took = time.perf_counter() - started
    table, columns = PLAIN[kind]
    await connection.execute(f"CREATE TABLE plain_{table} (LIKE {table} INCLUDING ALL)")
    if kind == "people":
        records = [_person(row) for row in rows]
    else:
        await connection.execute(PLAIN_KEYS)
        people = dict(await connection.fetch("SELECT staff_code, id FROM plain_person"))
        units = dict(await connection.fetch("SELECT code, id FROM unit"))
        records = [
            (people[row[0]], units[row[1]], row[2], row[3], row[4] or None, row[5] == "Chính")
            for row in rows
        ]
    started = time.perf_counter()
    await connection.copy_records_to_table(f"plain_{table}", records=records, columns=columns)
    return took + time.perf_counter() - started


def _person(row: Sequence[object]) -> tuple[object, ...]:
    name = str(row[1])
    sex = "female" if row[3] == "Nữ" else "male"
    return (
        *row[:3],
        sex,
        row[4],
        "civil_servant",
        row[6],
        search_key(name),
        person_order_key(name),
    )


async def _import(world: World, actor: Actor, kind: str, content: bytes) -> None:
    run_id = await actions.upload(kind, content, "t.xlsx", actor=actor, now=world.now)
    await jobs.work(run_id, now=world.now)
    found = await runs.run(run_id)
    if found.state != "ready":
        raise RuntimeError(f"{kind}: {found.state} {found.error} {found.problems[:3]}")
    await actions.order_application(run_id, actor=actor, now=world.now)
    await jobs.work(run_id, now=world.now)
    if (await runs.run(run_id)).state != "done":
        raise RuntimeError(f"{kind}: not applied")
