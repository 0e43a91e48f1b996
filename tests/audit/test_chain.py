from __future__ import annotations

from dataclasses import replace

import asyncpg
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.audit import actions
from app.audit.queries import broken_chain, history
from app.audit.rules import GENESIS, Entry, entry_hash, first_broken
from app.audit.tables import AuditEntry
from app.piccolo_conf import DB
from tests import cast
from tests.conftest import World

ENTRY = Entry(
    cast.at("2025-11-10"), 1, "Lê Thị Ánh", "staff", "::1", "x.y", "round", 7, "{}", GENESIS
)


def chain(n: int) -> list[tuple[int, Entry, str]]:
    rows, previous = [], GENESIS
    for number in range(1, n + 1):
        entry = replace(ENTRY, object_id=number, previous_hash=previous)
        previous = entry_hash(entry)
        rows.append((number, entry, previous))
    return rows


def test_an_untouched_chain_fits() -> None:
    assert first_broken(chain(5)) is None
    assert first_broken([]) is None


@given(st.integers(1, 5), st.sampled_from(["action", "actor_name", "detail", "address"]))
def test_any_change_is_found_where_it_was_made(number: int, name: str) -> None:
    rows = chain(5)
    row_id, entry, stored = rows[number - 1]
    rows[number - 1] = (row_id, replace(entry, **{name: "changed"}), stored)
    assert first_broken(rows) == number


@given(st.integers(1, 4))
def test_a_missing_entry_is_found_at_the_next_one(number: int) -> None:
    rows = chain(5)
    del rows[number - 1]
    assert first_broken(rows) == number + 1


def test_rehashing_one_entry_breaks_the_next() -> None:
    rows = chain(3)
    forged = replace(rows[0][1], detail="forged")
    rows[0] = (1, forged, entry_hash(forged))
    assert first_broken(rows) == 2


@pytest.mark.anyio
async def test_the_prepared_world_has_a_whole_chain(world: World) -> None:
    assert await AuditEntry.count() > 10
    assert await broken_chain() is None


@pytest.mark.anyio
@pytest.mark.parametrize(
    "change", ["UPDATE audit_entry SET detail = ''", "DELETE FROM audit_entry"]
)
async def test_the_database_refuses_to_change_the_log(world: World, change: str) -> None:
    with pytest.raises(asyncpg.RestrictViolationError):
        await AuditEntry.raw(change)


@pytest.mark.anyio
async def test_a_change_behind_the_trigger_is_found(world: World) -> None:
    await DB.run_ddl("ALTER TABLE audit_entry DISABLE TRIGGER ALL")
    await AuditEntry.raw('UPDATE audit_entry SET detail = \'{"role": "leader"}\' WHERE id = 3')
    assert await broken_chain() == 3


@pytest.mark.anyio
async def test_an_entry_rolls_back_with_its_change(world: World) -> None:
    before = await AuditEntry.count()
    actor = await world.actor("officer")

    async def fail_after_recording() -> None:
        async with DB.transaction():
            await actions.record(actor, "test.act", "round", 1, now=world.now)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await fail_after_recording()
    assert await AuditEntry.count() == before


@pytest.mark.anyio
async def test_the_history_of_one_object_is_told_in_order(world: World) -> None:
    actor = await world.actor("officer")
    async with DB.transaction():
        await actions.record(actor, "test.first", "nomination", 5, now=world.now)
        await actions.record(actor, "test.other", "nomination", 6, now=world.now)
        await actions.record(actor, "test.second", "nomination", 5, now=world.now)
    lines = await history("nomination", 5)
    assert [line.action for line in lines] == ["test.first", "test.second"]
