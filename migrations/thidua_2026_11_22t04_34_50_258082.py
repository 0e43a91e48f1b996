from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from app.piccolo_conf import DB

ID = "2026-11-22T04:34:50:258082"
VERSION = "1.38.0"
DESCRIPTION = "Refuse changes to what is written once; indexes the builder cannot say"

# What was issued, frozen or logged does not change: the database itself refuses.
WRITTEN_ONCE = (
    "audit_entry",
    "round_opening",
    "gate_check",
    "scoring_closure",
    "ranking",
    "council_session",
    "council_result",
    "award_decision",
    "decision_item",
    "stored_file",
)

FORWARDS = """
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is written once: % refused', TG_TABLE_NAME, TG_OP
        USING ERRCODE = 'restrict_violation';
END $$;

CREATE FUNCTION refuse_change_of_frozen_criterion() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    touched integer := CASE WHEN TG_OP = 'INSERT' THEN NEW.criteria_set ELSE OLD.criteria_set END;
BEGIN
    IF EXISTS (
        SELECT 1 FROM round_opening o JOIN review_round r ON r.id = o.round
        WHERE touched IN (r.individual_set, r.collective_set)
            OR (TG_OP = 'UPDATE' AND NEW.criteria_set IN (r.individual_set, r.collective_set))
    ) THEN
        RAISE EXCEPTION 'criteria set % is frozen: % refused', touched, TG_OP
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;

CREATE TRIGGER criterion_frozen BEFORE INSERT OR UPDATE OR DELETE ON criterion
    FOR EACH ROW EXECUTE FUNCTION refuse_change_of_frozen_criterion();

CREATE TRIGGER criterion_never_emptied BEFORE TRUNCATE ON criterion
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- Deadlines of an open round may be extended; what it judges, and over which window, may not.
CREATE FUNCTION refuse_change_of_opened_round() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM round_opening o WHERE o.round = OLD.id) AND (
        TG_OP = 'DELETE'
        OR (NEW.individual_set, NEW.collective_set, NEW.award_form, NEW.achievements_from,
            NEW.achievements_to, NEW.movement, NEW.kind)
        IS DISTINCT FROM (OLD.individual_set, OLD.collective_set, OLD.award_form,
            OLD.achievements_from, OLD.achievements_to, OLD.movement, OLD.kind)
    ) THEN
        RAISE EXCEPTION 'round % is open: % refused', OLD.code, TG_OP
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;

CREATE TRIGGER review_round_opened BEFORE UPDATE OR DELETE ON review_round
    FOR EACH ROW EXECUTE FUNCTION refuse_change_of_opened_round();

CREATE FUNCTION refuse_change_of_issued_certificate() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    -- The one change a certificate ever sees is its file being laid down, once.
    IF TG_OP = 'UPDATE' AND OLD.file IS NULL AND NEW.file IS NOT NULL
        AND to_jsonb(NEW) - 'file' = to_jsonb(OLD) - 'file' THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'an issued certificate does not change: % refused', TG_OP
        USING ERRCODE = 'restrict_violation';
END $$;

CREATE TRIGGER certificate_never_emptied BEFORE TRUNCATE ON certificate
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE TRIGGER certificate_issued BEFORE UPDATE OR DELETE ON certificate
    FOR EACH ROW EXECUTE FUNCTION refuse_change_of_issued_certificate();
"""

FORWARDS += """
-- Search by whole words in any order; the stored key is already without marks and in lower case.
CREATE INDEX person_search_words ON person USING gin (string_to_array(search_key, ' '));
CREATE INDEX unit_version_search_words ON unit_version
    USING gin (string_to_array(search_key, ' '));
-- The tree as of a day, and who was where.
CREATE INDEX unit_version_children ON unit_version (parent, valid_from);
CREATE INDEX posting_members ON posting (unit, valid_from);
-- Byte order is the order of the stored keys, whatever the server's collation is.
-- The history of one object, on every page that shows one.
CREATE INDEX audit_entry_object ON audit_entry (object_kind, object_id, id);
CREATE INDEX person_in_order ON person (order_key COLLATE "C", id);
"""

BACKWARDS = """
DROP INDEX person_in_order, audit_entry_object, posting_members, unit_version_children, unit_version_search_words,
    person_search_words;
DROP TRIGGER certificate_never_emptied ON certificate;
DROP TRIGGER review_round_opened ON review_round;
DROP FUNCTION refuse_change_of_opened_round();
DROP TRIGGER criterion_never_emptied ON criterion;
DROP TRIGGER certificate_issued ON certificate;
DROP FUNCTION refuse_change_of_issued_certificate();
DROP TRIGGER criterion_frozen ON criterion;
DROP FUNCTION refuse_change_of_frozen_criterion();
"""


async def forwards():
    manager = MigrationManager(migration_id=ID, app_name="thidua", description=DESCRIPTION)

    async def run():
        await script(FORWARDS)
        for table in WRITTEN_ONCE:
            await DB.run_ddl(
                f"CREATE TRIGGER {table}_written_once BEFORE UPDATE OR DELETE OR TRUNCATE ON "
                f"{table} FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
            )

    async def run_backwards():
        await script(BACKWARDS)
        for table in WRITTEN_ONCE:
            await DB.run_ddl(f"DROP TRIGGER {table}_written_once ON {table}")
        await DB.run_ddl("DROP FUNCTION refuse_change()")

    manager.add_raw(run)
    manager.add_raw_backwards(run_backwards)
    return manager


async def script(statements: str) -> None:
    """Several statements at once: `fetch` prepares one, `execute` takes a script."""
    await DB.current_transaction.get().connection.execute(statements)
