from __future__ import annotations

from dataclasses import replace

import asyncpg
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.audit import actions
from app.audit.invariants import broken_log_chain
from app.audit.queries import head, history, verify
from app.audit.rules import (
    CHANGED,
    GENESIS,
    INSERTED,
    MISSING,
    Misfit,
    anchor_misfit,
    entry_hash,
    fits,
    why_not,
)
from app.audit.tables import AuditEntry
from app.piccolo_conf import DB
from tests.audit.chained import ENTRY, follower, forge
from tests.conftest import World


def test_an_entry_fits_behind_the_one_it_names() -> None:
    first, first_hash = follower(GENESIS)
    second, second_hash = follower(first_hash)
    assert fits(first, first_hash, GENESIS)
    assert fits(second, second_hash, first_hash)
    assert not fits(second, second_hash, GENESIS)


@given(st.sampled_from(["action", "actor_name", "detail", "address", "roles", "object_kind"]))
def test_any_change_of_content_is_a_misfit(name: str) -> None:
    changed = replace(ENTRY, **{name: "changed"})
    assert not fits(changed, entry_hash(ENTRY), GENESIS)
    assert why_not(changed, entry_hash(ENTRY), another_follows=False) == CHANGED


@pytest.mark.parametrize(
    ("entry", "stored", "another", "why"),
    [
        (ENTRY, entry_hash(ENTRY), False, MISSING),
        (ENTRY, entry_hash(ENTRY), True, INSERTED),
        (ENTRY, "f" * 64, True, INSERTED),
        (ENTRY, "f" * 64, False, CHANGED),
    ],
)
def test_why_an_entry_does_not_fit(entry: object, stored: str, another: bool, why: str) -> None:
    assert why_not(ENTRY, stored, another_follows=another) == why


def test_an_anchor_holds_for_the_very_hash_only() -> None:
    assert anchor_misfit(3, "a" * 64, "a" * 64) is None
    assert anchor_misfit(3, "a" * 64, "b" * 64) == Misfit(3, CHANGED)
    assert anchor_misfit(3, "a" * 64, None) == Misfit(3, MISSING)


async def ids() -> list[int]:
    return [row["id"] for row in await AuditEntry.raw("SELECT id FROM audit_entry ORDER BY id")]


@pytest.mark.anyio
@pytest.mark.parametrize("page", [1, 3, 2_000])
async def test_the_prepared_world_has_a_whole_chain(world: World, page: int) -> None:
    checked = await verify(page=page)
    assert (checked.whole, checked.misfit) == (True, None)
    assert checked.entries == len(await ids()) > 10
    assert checked.head == await head()


@pytest.mark.anyio
@pytest.mark.parametrize("page", [2, 2_000])
async def test_a_changed_entry_is_named(world: World, page: int) -> None:
    third = (await ids())[2]
    await forge(f"UPDATE audit_entry SET detail = '{{}}', address = 'x' WHERE id = {third}")
    checked = await verify(page=page)
    assert checked.misfit == Misfit(third, CHANGED)
    assert checked.entries == 2
    assert await broken_log_chain() == [f"entry {third}: changed"]


@pytest.mark.anyio
@pytest.mark.parametrize("place", [0, 4])
async def test_a_missing_entry_is_found_at_the_next_one(world: World, place: int) -> None:
    all_ids = await ids()
    await forge(f"DELETE FROM audit_entry WHERE id = {all_ids[place]}")
    assert (await verify()).misfit == Misfit(all_ids[place + 1], MISSING)


@pytest.mark.anyio
async def test_an_inserted_entry_is_named(world: World) -> None:
    all_ids = await ids()
    # Room for an entry between the fifth and what follows.
    await forge(f"UPDATE audit_entry SET id = id + 100 WHERE id > {all_ids[4]}")
    entry, hash_ = follower("e" * 64)
    await AuditEntry(
        **{name: getattr(entry, name) for name in entry.__dataclass_fields__},
        id=all_ids[4] + 1,
        hash=hash_,
    ).save()
    assert (await verify()).misfit == Misfit(all_ids[4] + 1, INSERTED)


@pytest.mark.anyio
async def test_an_entry_rewritten_with_its_hash_breaks_the_next(world: World) -> None:
    all_ids = await ids()
    await forge(
        f"UPDATE audit_entry SET hash = repeat('c', 64), detail = 'x' WHERE id = {all_ids[3]}"
    )
    row = (await AuditEntry.raw(f"SELECT * FROM audit_entry WHERE id = {all_ids[3]}"))[0]
    names = ENTRY.__dataclass_fields__
    forged = replace(ENTRY, **{name: row[name] for name in names})
    await forge(f"UPDATE audit_entry SET hash = '{entry_hash(forged)}' WHERE id = {all_ids[3]}")
    assert (await verify()).misfit == Misfit(all_ids[4], MISSING)


@pytest.mark.anyio
async def test_only_an_anchor_shows_that_the_end_was_cut_off(world: World) -> None:
    last = await head()
    assert last is not None
    anchors = {last.id: last.hash}
    assert (await verify(anchors)).whole
    await forge(f"DELETE FROM audit_entry WHERE id = {last.id}")
    assert (await verify()).whole
    checked = await verify(anchors)
    assert (checked.whole, checked.misfit) == (False, None)
    assert checked.anchors == (Misfit(last.id, MISSING),)


@pytest.mark.anyio
async def test_an_anchor_shows_that_all_was_written_anew(world: World) -> None:
    last = await head()
    assert last is not None
    checked = await verify({last.id: "0" * 64, 1: (await AuditEntry.objects().first()).hash})
    assert checked.anchors == (Misfit(last.id, CHANGED),)


@pytest.mark.anyio
async def test_a_walk_asks_as_many_times_as_there_are_pages(world: World) -> None:
    count = len(await ids())
    with world.count_queries() as counted:
        await verify(page=10)
    assert counted.count == count // 10 + 1


@pytest.mark.anyio
async def test_an_empty_log_is_whole_and_has_no_head(world: World) -> None:
    await forge("DELETE FROM audit_entry")
    checked = await verify()
    assert (checked.whole, checked.entries, checked.head) == (True, 0, None)
    assert await head() is None


@pytest.mark.anyio
@pytest.mark.parametrize(
    "change",
    ["UPDATE audit_entry SET detail = ''", "DELETE FROM audit_entry", "TRUNCATE audit_entry"],
)
async def test_the_database_refuses_to_change_the_log(world: World, change: str) -> None:
    with pytest.raises(asyncpg.RestrictViolationError):
        await AuditEntry.raw(change)


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
    # The next entry skips the lost id; the chain does not mind.
    async with DB.transaction():
        await actions.record(actor, "test.act", "round", 1, now=world.now)
    assert (await verify()).whole


@pytest.mark.anyio
async def test_many_entries_are_one_chain_written_with_the_statements_of_one(world: World) -> None:
    actor = await world.actor("officer")
    before = await ids()
    async with DB.transaction():
        await actions.record(actor, "test.first", "person", 1, now=world.now)
        with world.count_queries() as one:
            await actions.record_many(actor, "test.one", [("person", 2, {})], now=world.now)
        with world.count_queries() as many:
            objects = [("person", n, {"kind": "people", "year": n}) for n in range(300, 0, -1)]
            await actions.record_many(actor, "test.many", objects, now=world.now)
        with world.count_queries() as none:
            await actions.record_many(actor, "test.none", [], now=world.now)
        await actions.record(actor, "test.last", "person", 1, now=world.now)
    assert (one.count, many.count, none.count) == (3, 3, 0)
    checked = await verify()
    assert (checked.whole, checked.entries) == (True, len(before) + 303)
    rows = await AuditEntry.select().order_by(AuditEntry.id, ascending=False).limit(302)
    assert [row["action"] for row in rows] == ["test.last", *["test.many"] * 300, "test.one"]
    assert [row["object_id"] for row in rows[1:301]] == list(range(1, 301))
    assert (rows[1]["detail"], rows[1]["actor_name"]) == (
        '{"kind": "people", "year": 1}',
        actor.name,
    )


@pytest.mark.anyio
async def test_the_history_of_one_object_is_told_in_order(world: World) -> None:
    actor = await world.actor("officer")
    async with DB.transaction():
        await actions.record(actor, "test.first", "nomination", 5, now=world.now)
        await actions.record(actor, "test.other", "nomination", 6, now=world.now)
        await actions.record(actor, "test.second", "nomination", 5, now=world.now)
    lines = await history("nomination", 5)
    assert [line.action for line in lines] == ["test.first", "test.second"]
