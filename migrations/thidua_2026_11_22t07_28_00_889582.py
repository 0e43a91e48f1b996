from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from app.piccolo_conf import DB

ID = "2026-11-22T07:28:00:889582"
VERSION = "1.38.0"
DESCRIPTION = "The list of awards in order; an index no list asks goes"


async def forwards():
    manager = MigrationManager(migration_id=ID, app_name="thidua", description=DESCRIPTION)

    async def run():
        await DB.run_ddl(
            "CREATE INDEX award_record_in_order ON award_record (decided_on, id)"
            " WHERE removed_at IS NULL"
        )
        # Lists find the beginnings of words, which this index of whole words cannot.
        await DB.run_ddl("DROP INDEX nomination_search_words")

    async def run_backwards():
        await DB.run_ddl("DROP INDEX award_record_in_order")
        await DB.run_ddl(
            "CREATE INDEX nomination_search_words ON nomination"
            " USING gin (string_to_array(search_key, ' '))"
        )

    manager.add_raw(run)
    manager.add_raw_backwards(run_backwards)
    return manager
