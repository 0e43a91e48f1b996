"""All tables in one Piccolo app with one linear history, so a clean install runs in time order."""

from __future__ import annotations

from pathlib import Path

from piccolo.conf.apps import AppConfig, table_finder

MIGRATIONS = Path(__file__).parent.parent / "migrations"

ROOMS_WITH_TABLES = (
    "files",
    "audit",
    "organization",
    "accounts",
    "imports",
    "catalogue",
    "movement",
    "initiatives",
    "discipline",
    "nominations",
    "scoring",
    "council",
    "decisions",
    "certificates",
)

APP_CONFIG = AppConfig(
    app_name="thidua",
    migrations_folder_path=str(MIGRATIONS),
    table_classes=table_finder(
        [f"app.{room}.tables" for room in ROOMS_WITH_TABLES], exclude_imported=True
    ),
)
