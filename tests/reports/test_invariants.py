"""Each invariant finds what breaks it, and nothing in a round played to its end."""

from __future__ import annotations

import pytest

from app.nominations.tables import Nomination
from app.piccolo_conf import DB
from app.reports.invariants import broken, queries
from tests.conftest import World
from tests.finished_round import Finished, finish

pytestmark = pytest.mark.anyio

# name -> statements that break it. {own}, {other}, {draft}, {decision}, {batch}: ids of the round.
PLANTS: dict[str, tuple[str, ...]] = {
    "log-chain": ("UPDATE audit_entry SET detail = '[]' WHERE id = 3",),
    "unit-versions-overlapping": (
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
        "INSERT INTO posting (person, unit, post, is_main, valid_from)"
        " VALUES ({anh}, {kv_1}, 'y', true, '2025-01-01')",
    ),
    "post-before-the-unit-was-founded": (
        "UPDATE posting SET valid_from = '2023-12-31' WHERE person = {em}",
    ),
    "successor-of-itself": (
        "INSERT INTO unit_succession (predecessor, successor, happened_on, event)"
        " VALUES ({kv_1}, {kv_1}, '2025-07-01', 'merge')",
    ),
    "role-held-twice-at-once": (
        "INSERT INTO role_held (account, role, unit, valid_from)"
        " SELECT account, role, unit, '2025-01-01' FROM role_held WHERE id = 1",
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
    "submission-outside-its-days": (
        "UPDATE submission SET at = '2025-11-20 17:00:00+00' WHERE nomination = {own}",
    ),
    "evidence-under-a-criterion-of-another-set": (
        "UPDATE evidence_item SET criterion = (SELECT id FROM criterion WHERE code = 'T1')"
        " WHERE nomination = {own}",
    ),
    "gates-that-do-not-add-up": (
        "UPDATE gate_check SET verdicts = replace(verdicts, '\"pass\"', '\"hold\"')"
        " WHERE nomination = {own}",
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
