"""Every change of state has its entry, written in the transaction of the change."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.architecture.source import read_modules
from tests.architecture.trees import tree
from tests.audit.changes import unlogged

ROOT = Path(__file__).parents[2]

# Writes without an entry, each with its reason.
NOT_LOGGED = {
    "app.accounts.actions.attempts.begin_attempt": "a failed sign-in has its own table",
    "app.accounts.actions.attempts.forgive": "takes back what begin_attempt wrote",
    "app.accounts.actions.second_factor.begin_set_up": "of no effect until a code confirms it",
    "app.accounts.queries.sessions.session_of": "when a session was last seen",
    "app.certificates.jobs._attach": "files of one order: its end is logged, not each chunk",
    "app.certificates.jobs.make_files": "that a job is running; its end is logged",
    "app.imports.jobs._check": "a check and what it found; upload and writing are logged",
    "app.imports.jobs._refuse": "a file that cannot be taken; nothing was written",
    "app.imports.jobs._show": "how far a job is",
    "app.public_comment.actions.hearing.count_visit": "a count of visits, nobody's act",
    "app.reminders.actions.mailing.mail": "that a letter went out; what it tells is logged itself",
    "app.reminders.actions.reading.mark": "own reading changes nothing for anybody else",
    "app.reminders.actions.reading.mark_all": "own reading changes nothing for anybody else",
    "app.reminders.actions.writing.remind": "follows from what is logged, and from the day",
}


def test_every_write_is_logged_in_its_transaction() -> None:
    modules = [module for module in read_modules(ROOT) if module.room not in (None, "demo")]
    assert unlogged(modules, NOT_LOGGED) == {}


def test_no_reason_is_left_over() -> None:
    modules = [module for module in read_modules(ROOT) if module.room not in (None, "demo")]
    for name in NOT_LOGGED:
        assert unlogged(modules, set(NOT_LOGGED) - {name}) != {}, name


RECORD = "from app.audit import actions as audit\n"


@pytest.mark.parametrize(
    ("text", "offenders"),
    [
        # Saved and recorded in one transaction.
        (
            "async def a():\n async with DB.transaction():\n  await T(x=1).save()\n"
            "  await audit.record(1)",
            [],
        ),
        # Nothing recorded.
        ("async def a():\n async with DB.transaction():\n  await T(x=1).save()", ["a"]),
        # Recorded after the transaction.
        (
            "async def a():\n async with DB.transaction():\n  await T.raw('DELETE FROM t')\n"
            " await audit.record(1)",
            ["a"],
        ),
        # One branch writes outside.
        (
            "async def a():\n await T.insert(1)\n async with DB.transaction():\n"
            "  await T(x=1).save()\n  await audit.record(1)",
            ["a"],
        ),
        # The part that writes has no transaction: its callers answer for it.
        (
            "async def _w():\n await T.raw('UPDATE t SET x = 1')\n"
            "async def good():\n async with DB.transaction():\n  await _w()\n"
            "  await audit.record(1)\n"
            "async def bad():\n async with DB.transaction():\n  await _w()\n",
            ["bad"],
        ),
        # Recorded through a function that does it.
        (
            "async def _log():\n await audit.record(1)\n"
            "async def a():\n async with DB.transaction():\n  await T.update({}).where(1)\n"
            "  await _log()",
            [],
        ),
        # A writer nobody calls, without a transaction.
        ("async def a():\n await T.delete().where(1)", ["a"]),
        # A statement kept beside the function.
        ("SQL = 'INSERT INTO t VALUES (1)'\nasync def a():\n await T.raw(SQL)", ["a"]),
        # Through a table of functions.
        (
            "async def _w():\n await T.insert(1)\nWAYS = {1: _w}\n"
            "async def a():\n async with DB.transaction():\n  await WAYS[1]()",
            ["a"],
        ),
        # A lock is no write.
        ("async def a():\n await T.raw('SELECT 1 FROM t FOR UPDATE')", []),
    ],
)
def test_the_reader_itself(tmp_path: Path, text: str, offenders: list[str]) -> None:
    files = {"app/x/actions": RECORD + text, "app/audit/actions": "async def record(x): ..."}
    found = unlogged(read_modules(tree(tmp_path, files)))
    assert sorted(found) == [f"app.x.actions.{name}" for name in offenders]
