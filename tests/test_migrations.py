from __future__ import annotations

import asyncio
import re
from pathlib import Path

import psycopg
import pytest
from piccolo.apps.migrations.auto.diffable_table import DiffableTable
from piccolo.apps.migrations.auto.schema_differ import SchemaDiffer
from piccolo.apps.migrations.commands.new import AutoMigrationManager

from app import database, schema
from app.piccolo_app import APP_CONFIG, MIGRATIONS, ROOMS_WITH_TABLES
from tests.conftest import Server, World

pytestmark = pytest.mark.anyio


async def test_tables_and_migrations_say_the_same() -> None:
    statements = await AutoMigrationManager(auto_input="n").get_alter_statements(
        app_config=APP_CONFIG
    )
    assert [line for found in statements for line in found.statements] == []


def test_a_changed_table_would_be_seen() -> None:
    tables = [
        DiffableTable(
            class_name=table.__name__,
            tablename=table._meta.tablename,
            schema=None,
            columns=table._meta.non_default_columns,
            constraints=table._meta.constraints,
        )
        for table in APP_CONFIG.table_classes
    ]
    differ = SchemaDiffer(schema=tables, schema_snapshot=tables[1:], auto_input="n")
    assert [s for found in differ.get_alter_statements() for s in found.statements] != []


def test_every_room_with_tables_is_in_the_history() -> None:
    rooms = {path.relative_to("app").parts[0] for path in Path("app").glob("*/tables*")}
    assert rooms == set(ROOMS_WITH_TABLES)


def test_generated_names_only() -> None:
    names = [path.name for path in MIGRATIONS.glob("*.py")]
    assert names
    assert [n for n in names if not re.fullmatch(r"thidua_\d{4}_[\dt_]+\.py", n)] == []


async def test_migrating_twice_changes_nothing(world: World) -> None:
    before = _schema(world.url)
    await schema.migrate()
    assert _schema(world.url) == before


def test_two_processes_may_migrate_an_empty_database_at_once(server: Server) -> None:
    url = server.named("migrated_twice")
    with psycopg.connect(server.named("postgres"), autocommit=True) as admin:
        admin.execute("CREATE DATABASE migrated_twice")

    async def both() -> None:
        await database.connect(url, pool=False)
        await asyncio.gather(schema.migrate(), schema.migrate())

    asyncio.run(both())
    assert _schema(url) == _schema(server.url)


def _schema(url: str) -> list[tuple[object, ...]]:
    with psycopg.connect(url) as connection:
        return connection.execute(
            "SELECT table_name, column_name, data_type, is_nullable, column_default"
            " FROM information_schema.columns WHERE table_schema = 'public'"
            " ORDER BY table_name, ordinal_position"
        ).fetchall()
