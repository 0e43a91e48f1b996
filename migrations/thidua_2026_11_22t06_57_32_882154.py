from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.columns.column_types import Text
from piccolo.columns.indexes import IndexMethod

ID = "2026-11-22T06:57:32:882154"
VERSION = "1.38.0"
DESCRIPTION = "What an import will do with each line"


async def forwards():
    manager = MigrationManager(
        migration_id=ID, app_name="thidua", description=DESCRIPTION
    )

    manager.add_column(
        table_class_name="ImportRun",
        tablename="import_run",
        column_name="lines",
        db_column_name="lines",
        column_class_name="Text",
        column_class=Text,
        params={
            "default": "{}",
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema=None,
    )

    return manager
