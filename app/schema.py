"""Bring the schema up to date: Piccolo's migrations, then the queue's own tables."""

from __future__ import annotations

import asyncio
import contextlib
import io

import asyncpg
import psycopg
from piccolo.apps.migrations.commands.forwards import run_forwards
from procrastinate.schema import SchemaManager

from app.database import DatabaseProblem
from app.piccolo_conf import DB

# Any constant will do: it only keeps two processes that start together from migrating twice.
_LOCK = 7_408_156


async def migrate() -> None:
    """Needs `database.connect` first. A run that is killed leaves the last whole step behind."""
    url = DB.config["dsn"]
    try:
        connection = await asyncio.to_thread(lambda: psycopg.connect(url, autocommit=True))
    except psycopg.Error as error:
        raise DatabaseProblem(f"Không kết nối được cơ sở dữ liệu: {error}") from error
    try:
        await asyncio.to_thread(connection.execute, "SELECT pg_advisory_lock(%s)", [_LOCK])
        output = io.StringIO()
        try:
            with contextlib.redirect_stdout(output), contextlib.redirect_stderr(output):
                await run_forwards(app_name="thidua")
        except (SystemExit, asyncpg.PostgresError) as error:
            raise DatabaseProblem(
                "Cập nhật lược đồ cơ sở dữ liệu thất bại; dữ liệu giữ nguyên như trước. "
                "Cơ sở dữ liệu có thể thuộc một phiên bản khác của chương trình: hãy dùng đúng "
                "phiên bản, hoặc chạy thidua demo --fresh nếu đây là thế giới minh họa.\n"
                f"{error}\n{output.getvalue()}"
            ) from error
        await asyncio.to_thread(_add_queue_tables, connection)
    finally:
        await asyncio.to_thread(connection.close)


def _add_queue_tables(connection: psycopg.Connection[tuple[object, ...]]) -> None:
    found = connection.execute("SELECT to_regclass('procrastinate_jobs')").fetchone()
    if found is not None and found[0] is None:
        with connection.transaction():
            connection.execute(SchemaManager.get_schema().encode())
