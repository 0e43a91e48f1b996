"""All tables in one Piccolo app with one linear history, so a clean install runs in time order."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

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
    "award_history",
    "nominations",
    "scoring",
    "council",
    "public_comment",
    "decisions",
    "certificates",
    "reminders",
)


def _modules() -> Iterator[str]:
    """`tables.py` of each room, or the files of its `tables/`: a class is found where it is."""
    for room in ROOMS_WITH_TABLES:
        name = f"app.{room}.tables"
        folder = getattr(import_module(name), "__path__", None)
        if folder is None:
            yield name
        else:
            yield from (f"{name}.{found.name}" for found in iter_modules(folder))


APP_CONFIG = AppConfig(
    app_name="thidua",
    migrations_folder_path=str(MIGRATIONS),
    table_classes=table_finder(list(_modules()), exclude_imported=True),
)
