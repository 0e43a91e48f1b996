from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.columns.column_types import Varchar
from piccolo.columns.indexes import IndexMethod

ID = "2026-11-22T09:04:41:280259"
VERSION = "1.38.0"
DESCRIPTION = "What minutes are dated from"


async def forwards():
    manager = MigrationManager(
        migration_id=ID, app_name="thidua", description=DESCRIPTION
    )

    manager.add_column(
        table_class_name="PeerReview",
        tablename="peer_review",
        column_name="locality",
        db_column_name="locality",
        column_class_name="Varchar",
        column_class=Varchar,
        params={
            "length": 60,
            "default": "",
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
