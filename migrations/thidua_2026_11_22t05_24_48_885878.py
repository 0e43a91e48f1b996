from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from app.piccolo_conf import DB

ID = "2026-11-22T05:24:48:885878"
VERSION = "1.38.0"
DESCRIPTION = "Four kinds of criteria, corrections of frozen sets, where each dossier stands"

WRITTEN_ONCE = (
    "stage_extension",
    "criteria_correction",
    "dossier_return",
    "withdrawal",
    "measured_value",
    "publication_item",
    "public_comment",
    "comment_handling",
)

FORWARDS = """
-- What was `criterion` so far was judged by people.
ALTER TABLE criterion DISABLE TRIGGER criterion_frozen;
ALTER TABLE criterion DROP CONSTRAINT criterion_kind;
UPDATE criterion SET kind = 'judged' WHERE kind = 'criterion';
ALTER TABLE criterion ADD CONSTRAINT criterion_kind
    CHECK (kind IN ('judged', 'measured', 'attested', 'gate'));
ALTER TABLE criterion ENABLE TRIGGER criterion_frozen;

-- Until now a submitted dossier went straight to the council's office.
UPDATE nomination n SET stage = 'office', submitted_at = s.at
    FROM submission s WHERE s.nomination = n.id;

-- A set stays frozen once a round judged by it, also after a correction took its place.
CREATE OR REPLACE FUNCTION refuse_change_of_frozen_criterion() RETURNS trigger
LANGUAGE plpgsql AS $$
DECLARE
    touched integer := CASE WHEN TG_OP = 'INSERT' THEN NEW.criteria_set ELSE OLD.criteria_set END;
BEGIN
    IF EXISTS (
        SELECT 1 FROM round_opening o JOIN review_round r ON r.id = o.round
        WHERE touched IN (r.individual_set, r.collective_set)
            OR (TG_OP = 'UPDATE' AND NEW.criteria_set IN (r.individual_set, r.collective_set))
    ) OR EXISTS (SELECT 1 FROM criteria_correction c WHERE touched IN (c.old_set, c.new_set)) THEN
        RAISE EXCEPTION 'criteria set % is frozen: % refused', touched, TG_OP
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;

CREATE FUNCTION refuse_change_of_frozen_band() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    touched integer := (SELECT criteria_set FROM criterion
        WHERE id = CASE WHEN TG_OP = 'INSERT' THEN NEW.criterion ELSE OLD.criterion END);
BEGIN
    IF EXISTS (
        SELECT 1 FROM round_opening o JOIN review_round r ON r.id = o.round
        WHERE touched IN (r.individual_set, r.collective_set)
    ) OR EXISTS (SELECT 1 FROM criteria_correction c WHERE touched IN (c.old_set, c.new_set)) THEN
        RAISE EXCEPTION 'criteria set % is frozen: % of a band refused', touched, TG_OP
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;

CREATE TRIGGER criterion_band_frozen BEFORE INSERT OR UPDATE OR DELETE ON criterion_band
    FOR EACH ROW EXECUTE FUNCTION refuse_change_of_frozen_band();
CREATE TRIGGER criterion_band_never_emptied BEFORE TRUNCATE ON criterion_band
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- Of an open round only the sets may change, and only by a correction written before.
CREATE OR REPLACE FUNCTION refuse_change_of_opened_round() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM round_opening o WHERE o.round = OLD.id) AND (
        TG_OP = 'DELETE'
        OR (NEW.award_form, NEW.achievements_from, NEW.achievements_to, NEW.movement, NEW.kind,
            NEW.code, NEW.method, NEW.protocol)
        IS DISTINCT FROM (OLD.award_form, OLD.achievements_from, OLD.achievements_to,
            OLD.movement, OLD.kind, OLD.code, OLD.method, OLD.protocol)
        OR (NEW.individual_set IS DISTINCT FROM OLD.individual_set AND NOT EXISTS (
            SELECT 1 FROM criteria_correction c WHERE c.round = OLD.id
            AND c.old_set = OLD.individual_set AND c.new_set = NEW.individual_set))
        OR (NEW.collective_set IS DISTINCT FROM OLD.collective_set AND NOT EXISTS (
            SELECT 1 FROM criteria_correction c WHERE c.round = OLD.id
            AND c.old_set = OLD.collective_set AND c.new_set = NEW.collective_set))
    ) THEN
        RAISE EXCEPTION 'round % is open: % refused', OLD.code, TG_OP
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;

-- One of a kind at a time.
CREATE UNIQUE INDEX registration_person_once ON registration (round, person)
    WHERE withdrawn_at IS NULL;
CREATE UNIQUE INDEX registration_collective_once ON registration (round, collective)
    WHERE withdrawn_at IS NULL;
CREATE UNIQUE INDEX endorsement_step_once ON endorsement (nomination, step)
    WHERE ended_at IS NULL;
CREATE UNIQUE INDEX nomination_refusal_once ON nomination_refusal (nomination)
    WHERE lifted_at IS NULL;
CREATE UNIQUE INDEX item_return_once
    ON item_return (nomination, item, coalesce(criterion, 0)) WHERE closed_at IS NULL;
CREATE UNIQUE INDEX movement_unit_member_once ON movement_unit (movement, unit)
    WHERE left_on IS NULL;

-- The lists: a round in the order of names, its stages, what waits at a unit.
CREATE INDEX nomination_in_order ON nomination (round, order_key COLLATE "C", id);
CREATE INDEX nomination_by_stage ON nomination (round, stage);
CREATE INDEX nomination_waiting ON nomination (at_unit, round) WHERE stage = 'route';
CREATE INDEX nomination_search_words ON nomination
    USING gin (string_to_array(search_key, ' '));
CREATE INDEX registration_in_order ON registration (round, order_key COLLATE "C", id);
CREATE INDEX item_return_open ON item_return (nomination) WHERE closed_at IS NULL;
CREATE INDEX inter_agency_opinion_open ON inter_agency_opinion (unit) WHERE answered_at IS NULL;
CREATE INDEX reminder_of_account ON reminder (account, id);
CREATE INDEX evidence_file_bytes ON evidence_file (file) WHERE removed_at IS NULL;
"""

BACKWARDS = """
DROP INDEX registration_person_once, registration_collective_once, endorsement_step_once,
    nomination_refusal_once, item_return_once, movement_unit_member_once, nomination_in_order,
    nomination_by_stage, nomination_waiting, nomination_search_words, registration_in_order,
    item_return_open, inter_agency_opinion_open, reminder_of_account, evidence_file_bytes;
DROP TRIGGER criterion_band_frozen ON criterion_band;
DROP TRIGGER criterion_band_never_emptied ON criterion_band;
DROP FUNCTION refuse_change_of_frozen_band();
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

    manager.add_raw(run)
    manager.add_raw_backwards(run_backwards)
    return manager


async def script(statements: str) -> None:
    """Several statements at once: `fetch` prepares one, `execute` takes a script."""
    await DB.current_transaction.get().connection.execute(statements)
