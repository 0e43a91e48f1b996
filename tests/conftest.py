"""Every database test gets its own clone of one prepared database, so commits are real."""

from __future__ import annotations

import asyncio
import os
import re
import shutil
import tempfile
from collections.abc import AsyncGenerator, AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import asyncpg
import httpx
import psycopg
import pytest
from argon2 import PasswordHasher
from litestar import Litestar
from litestar.types import ASGIApp, Receive, Scope, Send

from app import database, schema
from app.accounts import passwords
from app.accounts.queries import actor_for_login
from app.files import store
from app.kernel.actor import Actor
from app.main import create_app
from app.piccolo_conf import DB
from tests import cast

TEMPLATE = "thidua_template"
NOW = cast.at("2025-11-10")

# A sign-in costs a core 0.16 s on purpose. The suite makes thousands; what the product's own
# parameters are, and that weaker hashes are renewed, tests/accounts asks of PRODUCT_HASHER.
PRODUCT_HASHER = passwords._hasher
passwords._hasher = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
passwords.NOBODY = passwords.hash_password("nobody")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The longest first: begun last, one worker would do them alone while the other waits."""
    items.sort(key=lambda item: item.path.name != "test_leaks.py")


@pytest.fixture(scope="session")
def anyio_backend() -> str:
    return "asyncio"


@dataclass(frozen=True)
class Server:
    url: str  # of the prepared template database
    ids: dict[str, int]

    def named(self, name: str) -> str:
        return urlunsplit(urlsplit(self.url)._replace(path=f"/{name}"))


MEMORY = Path("/dev/shm")
ROOM_NEEDED = 2 * 1024**3


@pytest.fixture(scope="session")
def var() -> Iterator[Path]:
    """Where this run's server lives: in memory where there is room, a clone costs a twentieth."""
    in_memory = os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free > ROOM_NEEDED
    folder = Path(tempfile.mkdtemp(prefix="thidua-test-", dir=MEMORY if in_memory else None))
    os.environ["THIDUA_VAR"] = str(folder)
    yield folder
    del os.environ["THIDUA_VAR"]
    if (folder / "pgdata").exists():
        database.get_server(folder / "pgdata").cleanup()
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def empty_server(var: Path) -> str:
    """URL of an embedded server of this test run; the product's own way of starting one."""
    return database.embedded_url(var)


@pytest.fixture(scope="session")
def server(empty_server: str) -> Server:
    template = Server(empty_server, {}).named(TEMPLATE)
    with psycopg.connect(empty_server, autocommit=True) as admin:
        # These databases live for a test: nothing of them need survive a power cut.
        for setting in ("fsync", "synchronous_commit", "full_page_writes"):
            admin.execute(f"ALTER SYSTEM SET {setting} = off".encode())
        admin.execute("SELECT pg_reload_conf()")
        admin.execute(f"CREATE DATABASE {TEMPLATE}")

    async def prepare() -> dict[str, int]:
        await database.connect(template)
        try:
            await schema.migrate()
            return await cast.build()
        finally:
            await database.disconnect()

    return Server(template, asyncio.run(prepare()))


@dataclass
class Counter:
    statements: list[str] = field(default_factory=list)

    @property
    def count(self) -> int:
        return len(self.statements)


_listening: list[Counter] = []


async def _listen(connection: asyncpg.Connection) -> None:
    def heard(record: object) -> None:
        query = getattr(record, "query", "")
        if query.startswith("SELECT pg_advisory_unlock_all()"):
            return  # the pool tidying a connection it gets back; no page asks for it
        for counter in _listening:
            counter.statements.append(query)

    connection.add_query_logger(heard)


@dataclass
class World:
    ids: dict[str, int]
    url: str
    now: datetime = NOW
    password: str = cast.PASSWORD

    def at(self, day: str) -> datetime:
        return cast.at(day)

    async def actor(self, login: str, now: datetime | None = None) -> Actor:
        return await actor_for_login(login, now or self.now)

    @asynccontextmanager
    async def client(
        self, login: str | None = None, now: datetime | None = None
    ) -> AsyncIterator[Browser]:
        """A browser, signed in as `login`, in which it is `now`."""
        app = app_at(now or self.now)
        transport = httpx.ASGITransport(app=app, raise_app_exceptions=False)
        async with Browser(transport=transport, base_url="http://testserver") as browser:
            if login is not None:
                answer = await browser.form(
                    "/sign-in", {"login": login, "password": self.password, "next": "/"}
                )
                assert answer.status_code == 303, answer.text
            yield browser

    @contextmanager
    def count_queries(self) -> Iterator[Counter]:
        counter = Counter()
        _listening.append(counter)
        try:
            yield counter
        finally:
            _listening.remove(counter)


_moment: ContextVar[datetime] = ContextVar("moment")


@cache
def the_app() -> Litestar:
    """One for the whole run: registering its routes takes 0.4 s, and it keeps nothing of a test."""
    return create_app(clock=_moment.get)


def app_at(moment: datetime) -> ASGIApp:
    """The app for a browser in which it is `moment`."""

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        before = _moment.set(moment)
        try:
            await the_app()(scope, receive, send)
        finally:
            _moment.reset(before)

    return app


class Browser(httpx.AsyncClient):
    """Posts forms as a page would: with the token the site gave it."""

    async def form(
        self, path: str, data: dict[str, str] | None = None, *, htmx: bool = False
    ) -> httpx.Response:
        if "thidua_csrf" not in self.cookies:
            await self.get("/sign-in")
        token = self.cookies["thidua_csrf"]
        headers = {"HX-Request": "true"} if htmx else {}
        return await self.post(path, data={**(data or {}), "_csrf_token": token}, headers=headers)


@pytest.fixture
async def world(server: Server, tmp_path: Path) -> AsyncGenerator[World, None]:
    name = "test_" + re.sub(r"\W", "", tmp_path.name.lower())[:40] + os.urandom(4).hex()
    async with await psycopg.AsyncConnection.connect(
        server.named("postgres"), autocommit=True
    ) as admin:
        # Copied as files: half the time of a copy through the log, which nobody needs here.
        clone = f"CREATE DATABASE {name} TEMPLATE {TEMPLATE} STRATEGY FILE_COPY"
        await admin.execute(clone.encode())
        url = server.named(name)
        os.environ["THIDUA_FILES_URL"] = ""
        store._store.cache_clear()
        await database.connect(url, pool=False)
        await DB.start_connection_pool(min_size=1, max_size=5, init=_listen)
        try:
            yield World(dict(server.ids), url)
        finally:
            await database.disconnect()
            await admin.execute(f"DROP DATABASE {name} WITH (FORCE)".encode())
