from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.constraints import Check

from app.piccolo_conf import DB

ID = "2026-11-22T08:48:37:681314"
VERSION = "1.38.0"
DESCRIPTION = "Search by the beginnings of words; guards of units and postings"

_EVENTS = "'merge', 'split', 'conversion'"
_WORDS = "gin (string_to_array(search_key, ' '))"
_STARTS = "gin (array_to_tsvector(string_to_array(search_key, ' ')))"
FORWARDS = (
    # Beginnings of words in any order: a tsvector finds prefixes, an array of words does not.
    f"CREATE INDEX person_search_starts ON person USING {_STARTS}",
    f"CREATE INDEX unit_version_search_starts ON unit_version USING {_STARTS}",
    "DROP INDEX unit_version_search_words, person_search_words",
    "ALTER TABLE unit_succession DROP CONSTRAINT unit_succession_event",
    "ALTER TABLE unit_succession ADD CONSTRAINT unit_succession_event"
    f" CHECK (event IN ({_EVENTS}, 'absorption'))",
    # An id as a range of one: plain integers need an extension the embedded server lacks. Asked at
    # the end of the transaction, for a correction may pass through an overlap.
    "ALTER TABLE unit_version ADD CONSTRAINT unit_version_one_at_a_time EXCLUDE USING gist"
    " (int4range(unit, unit, '[]') WITH &&, daterange(valid_from, valid_to, '[]') WITH &&)"
    " DEFERRABLE INITIALLY DEFERRED",
    "ALTER TABLE posting ADD CONSTRAINT posting_one_main_at_a_time EXCLUDE USING gist"
    " (int4range(person, person, '[]') WITH &&, daterange(valid_from, valid_to, '[]') WITH &&)"
    " WHERE (is_main) DEFERRABLE INITIALLY DEFERRED",
)
BACKWARDS = (
    "ALTER TABLE posting DROP CONSTRAINT posting_one_main_at_a_time",
    "ALTER TABLE unit_version DROP CONSTRAINT unit_version_one_at_a_time",
    "ALTER TABLE unit_succession DROP CONSTRAINT unit_succession_event",
    f"ALTER TABLE unit_succession ADD CONSTRAINT unit_succession_event CHECK (event IN ({_EVENTS}))",
    f"CREATE INDEX person_search_words ON person USING {_WORDS}",
    f"CREATE INDEX unit_version_search_words ON unit_version USING {_WORDS}",
    "DROP INDEX unit_version_search_starts, person_search_starts",
)


async def forwards():
    manager = MigrationManager(migration_id=ID, app_name="thidua", description=DESCRIPTION)
    manager.add_constraint(
        table_class_name="UnitSuccession",
        tablename="unit_succession",
        constraint_name="unit_succession_of_another",
        constraint_class=Check,
        params={"condition": "predecessor <> successor"},
        schema=None,
    )

    async def run():
        for statement in FORWARDS:
            await DB.run_ddl(statement)

    async def run_backwards():
        for statement in BACKWARDS:
            await DB.run_ddl(statement)

    manager.add_raw(run)
    manager.add_raw_backwards(run_backwards)
    return manager
