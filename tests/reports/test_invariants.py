"""Each invariant finds what breaks it, and nothing in a round played to its end."""

from __future__ import annotations

import pytest

from app.nominations.tables import Nomination
from app.piccolo_conf import DB
from app.reports.invariants import broken, queries
from tests.conftest import World
from tests.finished_round import Finished, finish

pytestmark = pytest.mark.anyio

PUBLISHED = (
    "INSERT INTO publication (id, round, code, title, first_on, last_on, working_days, contact,"
    " by, at, withdrawn_because)"
)
PUBLISHED_ITEM = (
    "INSERT INTO publication_item (id, publication, nomination, position, subject, name, post,"
    " unit_name, award_form)"
)

LIST = (
    "INSERT INTO endorsement_list (round, unit, paper_number, paper_on, paper_name, by, at)"
    " VALUES ({round_2025}, {lang_son}, '1', '2025-11-10', '', 1, now())"
)
ENDORSED = (
    "INSERT INTO endorsement (endorsement_list, nomination, step, position)"
    " SELECT max(id), {own}, STEP, 1 FROM endorsement_list"
)
REMINDER = "INSERT INTO reminder (account, occasion, message, figures, href, at"
# name -> statements that break it. {own}, {other}, {draft}, {decision}, {batch}: ids of the round.
PLANTS: dict[str, tuple[str, ...]] = {
    "log-chain": ("UPDATE audit_entry SET detail = '[]' WHERE id = 3",),
    "unit-versions-overlapping": (
        "ALTER TABLE unit_version DROP CONSTRAINT unit_version_one_at_a_time",
        "INSERT INTO unit_version (unit, name, search_key, order_key, parent, valid_from)"
        " VALUES ({kv_1}, 'x', 'x', 'x', {root}, '2025-01-01')",
    ),
    "unit-version-outside-the-unit-s-life": (
        "UPDATE unit SET founded_on = '2024-02-01' WHERE id = {cb_kv_1}",
    ),
    "unit-below-one-that-is-gone": (
        "UPDATE unit SET dissolved_on = '2025-06-30' WHERE id = {cao_bang}",
        "UPDATE unit_version SET valid_to = '2025-06-30' WHERE unit = {cao_bang}",
    ),
    "cycle-in-the-tree": ("UPDATE unit_version SET parent = {kv_1} WHERE unit = {lang_son}",),
    "two-main-posts-at-once": (
        "ALTER TABLE posting DROP CONSTRAINT posting_one_main_at_a_time",
        "INSERT INTO posting (person, unit, post, is_main, valid_from)"
        " VALUES ({anh}, {kv_1}, 'y', true, '2025-01-01')",
    ),
    "post-before-the-unit-was-founded": (
        "UPDATE posting SET valid_from = '2023-12-31' WHERE person = {em}",
    ),
    "successor-of-itself": (
        "ALTER TABLE unit_succession DROP CONSTRAINT unit_succession_of_another",
        "INSERT INTO unit_succession (predecessor, successor, happened_on, event)"
        " VALUES ({kv_1}, {kv_1}, '2025-07-01', 'merge')",
    ),
    "predecessor-that-did-not-end-the-day-before": (
        "INSERT INTO unit_succession (predecessor, successor, happened_on, event)"
        " VALUES ({cb_kv_1}, {kv_1}, '2025-07-01', 'merge')",
        "UPDATE unit SET dissolved_on = '2025-06-29' WHERE id = {cb_kv_1}",
        "UPDATE unit_version SET valid_to = '2025-06-29' WHERE unit = {cb_kv_1}",
    ),
    "gap-in-a-unit-s-versions": (
        "UPDATE unit_version SET valid_to = '2025-06-29' WHERE unit = {cb_kv_1}",
        "INSERT INTO unit_version (unit, name, search_key, order_key, parent, valid_from)"
        " VALUES ({cb_kv_1}, 'x', 'x', 'x', {cao_bang}, '2025-07-01')",
    ),
    "role-held-twice-at-once": (
        "INSERT INTO role_held (account, role, unit, valid_from)"
        " SELECT account, role, unit, '2025-01-01' FROM role_held WHERE id = 1",
    ),
    "login-like-an-address": ("UPDATE account SET login = 'x@y.vn' WHERE id = 1",),
    "deputy-outside-the-role-stood-in-for": (
        "INSERT INTO role_held (account, role, unit, valid_from, valid_to, stands_in_for)"
        " SELECT 2, role, unit, valid_from - 1, valid_from + 9, account FROM role_held"
        " WHERE id = 1",
    ),
    "stand-in-for-oneself": ("UPDATE role_held SET stands_in_for = account WHERE id = 1",),
    "session-of-a-closed-account": (
        "INSERT INTO sign_in_session"
        " (token_hash, account, address, user_agent, complete, created_at, last_seen_at,"
        " expires_at) VALUES ('x', 1, '', '', true, now(), now(), now())",
        "UPDATE account SET active = false WHERE id = 1",
    ),
    "second-factor-without-a-secret": (
        "UPDATE account SET totp_confirmed_at = now() WHERE id = 1",
    ),
    "import-done-but-never-applied": (
        "INSERT INTO import_run"
        " (kind, file, file_name, state, total, done, counts, problems, error, by, at)"
        " SELECT 'units', min(id), 'u.xlsx', 'done', 1, 1, '{{}}', '[]', '', 1, now()"
        " FROM stored_file",
    ),
    "frozen-text-without-its-hash": ("UPDATE round_opening SET protocol = protocol || ' '",),
    "open-round-without-criteria-or-calendar": (
        "UPDATE review_round SET nominations_close_on = NULL WHERE id = {round_2025}",
    ),
    "correction-without-its-hash": (
        "INSERT INTO criteria_correction"
        " (round, old_set, new_set, reason, criteria, criteria_sha256, by, at)"
        " VALUES ({round_2025}, 1, 2, '', '{{}}', 'x', 1, now())",
    ),
    "round-not-judged-by-its-last-correction": (
        "INSERT INTO criteria_correction"
        " (round, old_set, new_set, reason, criteria, criteria_sha256, by, at)"
        " VALUES ({round_2025}, 1, 9999, '', '{{}}',"
        " encode(sha256('{{}}'), 'hex'), 1, now())",
    ),
    "extension-that-is-not-the-current-day": (
        "INSERT INTO stage_extension (round, stage, old_last, new_last, reason, by, at)"
        " VALUES ({round_2025}, 'scoring', '2025-12-05', '2025-12-06', '', 1, '2025-11-20')",
    ),
    "extensions-that-leave-a-gap": (
        "INSERT INTO stage_extension (round, stage, old_last, new_last, reason, by, at) VALUES"
        " ({round_2025}, 'scoring', '2025-12-01', '2025-12-02', '', 1, '2025-11-20'),"
        " ({round_2025}, 'scoring', '2025-12-03', '2025-12-05', '', 1, '2025-11-21')",
    ),
    "extension-of-a-round-not-opened": (
        "INSERT INTO stage_extension (round, stage, old_last, new_last, reason, by, at)"
        " VALUES ({round_2026}, 'scoring', '2026-12-05', '2026-12-06', '', 1, '2026-11-20')",
    ),
    "overlapping-annual-rounds": (
        "UPDATE review_round SET achievements_from = '2025-11-30' WHERE id = {round_2026}",
    ),
    "unit-in-a-movement-twice": (
        "INSERT INTO movement_unit (movement, unit, joined_on, left_on, by, at) VALUES"
        " ({movement}, {kv_1}, '2025-01-01', '2025-02-01', 1, now()),"
        " ({movement}, {kv_1}, '2025-02-01', NULL, 1, now())",
    ),
    "movement-that-is-part-of-itself": (
        "INSERT INTO movement (code, name, launched_by, launched_on, summary, plan, parent)"
        " VALUES ('X', 'x', {root}, '2025-01-01', '', '', {movement})",
        "UPDATE movement SET parent = (SELECT id FROM movement WHERE code = 'X')"
        " WHERE id = {movement}",
    ),
    "phase-that-cites-no-annual-round": (
        "UPDATE review_round SET kind = 'final' WHERE id = {round_2025}",
    ),
    "shares-that-are-not-a-hundred": ("UPDATE initiative_author SET share = 99.99",),
    "recognition-before-use": ("UPDATE initiative SET applied_from = '2025-12-01'",),
    "case-both-decided-and-dropped": (
        "INSERT INTO discipline_case (person, kind, opened_on, form, decided_on, closed_on, note)"
        " VALUES ({dung}, 'discipline', '2025-01-01', 'warning', '2025-02-01', '2025-03-01', '')",
    ),
    "violation-after-its-case": (
        "INSERT INTO discipline_case (person, kind, opened_on, violated_on, note)"
        " VALUES ({dung}, 'discipline', '2025-01-01', '2025-01-02', '')",
    ),
    "gates-frozen-before-submission": (
        "UPDATE nomination SET submitted_at = submitted_at + interval '60 days' WHERE id = {own}",
    ),
    "nomination-in-a-round-not-opened": (
        "UPDATE nomination SET round = {round_2026} WHERE id = {draft}",
    ),
    "points-that-the-criterion-does-not-take": (
        "INSERT INTO score_column (nomination, giver, version, note, by, at)"
        " VALUES ({draft}, 'self', 1, '', 1, now())",
        "INSERT INTO score_column_mark (score_column, criterion, points)"
        " SELECT s.id, c.id, c.max_points + 1 FROM score_column s, criterion c"
        " WHERE s.nomination = {draft} AND c.max_points IS NOT NULL ORDER BY c.id LIMIT 1",
    ),
    "more-votes-than-were-present": (
        "INSERT INTO peer_review (round, unit, number, held_on, place, chair, secretary,"
        " members_total, members_present, discussion, by, at, version)"
        " SELECT round, nominating_unit, '1', '2025-11-01', '', '', '', 3, 2, '', 1, now(), 1"
        " FROM nomination WHERE id = {draft}",
        "INSERT INTO peer_review_vote (peer_review, nomination, agree_votes, disagree_votes, note)"
        " SELECT max(id), {draft}, 2, 1, '' FROM peer_review",
    ),
    "minutes-about-another-unit-s-nominee": (
        "INSERT INTO peer_review (round, unit, number, held_on, place, chair, secretary,"
        " members_total, members_present, discussion, by, at, version)"
        " SELECT round, {cao_bang}, '1', '2025-11-01', '', '', '', 3, 2, '', 1, now(), 1"
        " FROM nomination WHERE id = {draft}",
        "INSERT INTO peer_review_vote (peer_review, nomination, agree_votes, disagree_votes, note)"
        " SELECT max(id), {draft}, 1, 1, '' FROM peer_review",
    ),
    "achievement-period-outside-the-round": (
        "UPDATE nomination SET period_from = '2024-11-30', period_to = '2025-01-31'"
        " WHERE id = {draft}",
    ),
    "achievement-outside-its-period": (
        "UPDATE evidence_item SET first_on = '2024-11-30' WHERE nomination = {own}",
    ),
    "submission-outside-its-days": (
        "UPDATE submission SET at = '2025-11-20 17:00:00+00' WHERE nomination = {own}",
    ),
    "stage-that-does-not-follow-from-the-records": (
        "UPDATE nomination SET stage = 'refused' WHERE id = {own}",
    ),
    "endorsement-without-its-step": (LIST, ENDORSED.replace("STEP", "1")),
    "endorsement-above-a-missing-one": (
        LIST,
        "INSERT INTO route_step (nomination, position, unit, unit_name)"
        " VALUES ({own}, 1, {kv_1}, ''), ({own}, 2, {lang_son}, '')",
        ENDORSED.replace("STEP", "2"),
    ),
    "undone-list-that-still-endorses": (
        LIST,
        "UPDATE endorsement_list SET undone_by = 1, undone_at = now()",
        ENDORSED.replace("STEP", "1"),
    ),
    "item-asked-of-a-dossier-not-at-the-office": (
        "INSERT INTO item_return (nomination, item, question, due_on, by, at, answer)"
        " VALUES ({draft}, 'report', '', '2025-11-20', 1, now(), '')",
    ),
    "evidence-under-a-criterion-of-another-set": (
        "UPDATE evidence_item SET criterion = (SELECT id FROM criterion WHERE code = 'T1')"
        " WHERE nomination = {own}",
    ),
    "file-under-an-achievement-of-another-place": (
        "INSERT INTO stored_file (sha256, media_type, size, stored_at)"
        " VALUES (repeat('a', 64), 'application/pdf', 1, now())",
        "INSERT INTO evidence_file (nomination, purpose, criterion, evidence, file, name, by, at,"
        " removed_because) SELECT {other}, 'evidence', e.criterion, e.id, f.id, 'x.pdf', 1, now(),"
        " '' FROM evidence_item e, stored_file f WHERE e.nomination = {own}"
        " AND f.sha256 = repeat('a', 64) LIMIT 1",
    ),
    "measured-value-of-another-criterion": (
        "INSERT INTO measured_value (nomination, criterion, rows, at)"
        " SELECT {own}, id, '[]', now() FROM criterion WHERE code = 'C1'",
    ),
    "frozen-dossier-without-its-measured-values": (
        "UPDATE criterion SET kind = 'measured', indicator = 'x', function = '{{}}'"
        " WHERE code = 'C1'",
    ),
    "gates-that-do-not-add-up": (
        "UPDATE gate_check SET verdicts = replace(verdicts, '\"pass\"', '\"hold\"')"
        " WHERE nomination = {own}",
    ),
    "award-removed-without-a-reason": (
        "UPDATE award_record SET removed_at = now(), removed_by = 1",
    ),
    "award-for-a-period-after-its-decision": (
        "UPDATE award_record SET from_decision = false, decided_on = '2024-11-30'",
    ),
    "ground-of-somebody-else": (
        "INSERT INTO nomination_ground (nomination, award, by, at)"
        " SELECT {draft}, min(id), 1, now() FROM award_record",
    ),
    "published-nomination-of-another-round": (
        f"{PUBLISHED} VALUES (1, {{round_2026}}, 'a', '', '2025-11-17', '2025-11-28', 10, '', 1,"
        " now(), '')",
        f"{PUBLISHED_ITEM} VALUES (1, 1, {{own}}, 1, 'individual', '', '', '', {{award_form}})",
    ),
    "comment-outside-its-days": (
        f"{PUBLISHED} VALUES (1, {{round_2025}}, 'a', '', '2025-11-17', '2025-11-28', 10, '', 1,"
        " now(), '')",
        "INSERT INTO public_comment (publication, author, contact, text, at)"
        " VALUES (1, '', '', '', '2025-11-28 17:00:00+00')",
    ),
    "comment-about-another-list": (
        f"{PUBLISHED_ITEM} VALUES (1, 7, {{own}}, 1, 'individual', '', '', '', {{award_form}})",
        "INSERT INTO public_comment (publication, about, author, contact, text, at)"
        " VALUES (8, 1, '', '', '', now())",
    ),
    "two-lists-of-a-round-at-once": (
        f"{PUBLISHED} VALUES (1, {{round_2025}}, 'a', '', '2025-11-17', '2025-11-28', 10, '', 1,"
        " now(), ''), (2, {round_2025}, 'b', '', '2025-11-28', '2025-12-11', 10, '', 1, now(), '')",
    ),
    "scoring-without-frozen-protocol": (
        "INSERT INTO scoring_opening (round, by, at) VALUES ({round_2026}, 1, now())",
    ),
    "score-sheet-of-a-recused-member": (
        "INSERT INTO recusal (member, nomination, reason, at)"
        " SELECT member, nomination, '', now() FROM score_sheet WHERE id = 1",
    ),
    "mark-above-its-maximum": (
        "UPDATE mark SET points = 40.25 WHERE id = (SELECT m.id FROM mark m"
        " JOIN criterion c ON c.id = m.criterion WHERE c.code = 'C2' ORDER BY m.id LIMIT 1)",
    ),
    "mark-on-what-the-system-measures": (
        "UPDATE criterion SET kind = 'measured', indicator = 'x', function = '{{}}'"
        " WHERE code = 'C1'",
    ),
    "phase-scored-before-the-rounds-it-cites": (
        "UPDATE round_opening SET protocol ="
        " jsonb_set(protocol::jsonb, '{{phase}}', '{{\"rounds\": [\"VKS-2024\"]}}')::text",
    ),
    "mark-under-a-criterion-of-another-set": (
        "UPDATE mark SET criterion = (SELECT id FROM criterion WHERE code = 'T5')"
        " WHERE id = (SELECT m.id FROM mark m"
        " JOIN criterion c ON c.id = m.criterion WHERE c.code = 'C4' ORDER BY m.id LIMIT 1)",
    ),
    "score-sheet-of-what-was-not-admitted": (
        "UPDATE gate_check SET outcome = 'hold' WHERE nomination = {own}",
    ),
    "member-scoring-themselves": (
        "UPDATE account SET person = NULL",
        "UPDATE account SET person = {anh} WHERE login = 'member_1'",
    ),
    "mark-saved-after-the-closure": (
        "UPDATE score_sheet SET saved_at = '2025-12-07 00:00:00+00' WHERE id = 1",
    ),
    "ranking-without-its-hash": ("UPDATE ranking SET input = input || ' '",),
    "ranking-of-a-round-still-scoring": ("DELETE FROM scoring_closure",),
    "council-result-without-frozen-ranking": ("DELETE FROM ranking",),
    "more-votes-than-members": (
        "UPDATE council_result SET agree_votes = 4 WHERE nomination = {own}",
    ),
    "session-before-scoring-ended": ("UPDATE council_session SET held_on = '2025-12-05'",),
    "two-councils-of-a-unit-at-once": (
        "INSERT INTO council (unit, name, founding_paper, head_title, symbol, place, valid_from)"
        " SELECT unit, name, founding_paper, head_title, symbol, place, '2025-12-31' FROM council",
    ),
    "decision-without-council-result": (
        "UPDATE council_result SET approved = false WHERE nomination = {own}",
    ),
    "award-in-spite-of-a-gate": ("UPDATE gate_check SET outcome = 'fail'",),
    "gap-among-decision-numbers": ("UPDATE award_decision SET series_number = 2",),
    "decision-signed-before-the-session": ("UPDATE award_decision SET signed_on = '2025-12-11'",),
    "approved-nomination-left-out": (
        "UPDATE council_result SET approved = true WHERE nomination = {other}",
    ),
    "gap-in-the-register": ("UPDATE certificate SET number = 7 WHERE id = {certificate}",),
    "finished-issue-with-a-missing-file": (
        "UPDATE certificate SET file = NULL WHERE id = {certificate}",
    ),
    "certificate-of-another-decision": ("UPDATE issue_batch SET decision = 99",),
    "award-without-a-certificate": ("DELETE FROM certificate WHERE id = {certificate}",),
    "reminder-told-before-it-was-written": (
        f"{REMINDER}, read_at) VALUES (1, 'x', '', '', '/', '2025-12-01', '2025-11-30')",
    ),
    "reminder-after-its-day": (
        f"{REMINDER}, due_on) VALUES (1, 'x', '', '', '/', '2025-12-02', '2025-12-01')",
    ),
}


class Undo(Exception):
    """Ends a transaction so that the next plant meets the world as it was."""


def test_there_are_as_many_plants_as_invariants() -> None:
    assert sorted(PLANTS) == sorted(queries())
    assert len(PLANTS) >= 20


async def test_nothing_is_broken_in_a_finished_round(world: World) -> None:
    await finish(world)
    assert await broken() == []


async def test_each_violation_is_found_under_its_name(world: World) -> None:
    names = {**world.ids, **vars_of(await finish(world))}
    unseen = {}
    for name, statements in PLANTS.items():
        lines = await broken_after([text.format_map(names) for text in statements])
        if not any(line.startswith(f"{name}: ") for line in lines):
            unseen[name] = lines
    assert unseen == {}
    assert await broken() == []


async def test_an_invariant_names_what_breaks_it(world: World) -> None:
    names = {**world.ids, **vars_of(await finish(world))}
    code = (await Nomination.raw("SELECT code FROM nomination ORDER BY id"))[0]["code"]
    plant = PLANTS["gates-frozen-before-submission"][0].format_map(names)
    assert f"gates-frozen-before-submission: {code}" in await broken_after([plant])


async def test_a_discipline_case_is_named_by_its_number_alone(world: World) -> None:
    plant = PLANTS["violation-after-its-case"][0].format_map(world.ids)
    assert await broken_after([plant]) == ["violation-after-its-case: case 1"]


def vars_of(finished: Finished) -> dict[str, int | str]:
    return {name: getattr(finished, name) for name in finished.__dataclass_fields__}


async def broken_after(statements: list[str]) -> list[str]:
    """What is broken after these, which no trigger or foreign key keeps out; then undone."""
    found: list[str] = []
    try:
        async with DB.transaction():
            await DB.run_ddl("SET LOCAL session_replication_role = replica")
            for statement in statements:
                await DB.run_ddl(statement)
            found = await broken()
            raise Undo
    except Undo:
        return found
