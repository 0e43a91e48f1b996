"""Nothing half: kills, changes in between, two workers, a lost file."""

from __future__ import annotations

import asyncio
import contextlib
import json

import pytest

from app.accounts import actions as accounts
from app.accounts.tables import RoleHeld
from app.audit.tables import AuditEntry
from app.files import store
from app.imports import actions, jobs
from app.imports.actions import writing
from app.imports.queries import runs
from app.imports.rules.problems import Outcome
from app.imports.tables import ImportRun
from app.kernel.actor import Role
from app.kernel.refusal import Refused
from app.organization.tables import Person
from app.sheets import tcvn3
from app.worker import run_worker
from tests.bench import bench_import
from tests.conftest import World
from tests.imports.given import PERSON, apply, bring_in, check, officer, said, sheet

pytestmark = pytest.mark.anyio


async def applied(run_id: int) -> int:
    return await AuditEntry.count().where(
        AuditEntry.action == "imports.apply", AuditEntry.object_id == run_id
    )


async def failures(run_id: int) -> list[tuple[str, str]]:
    """(error, by whom) of each entry."""
    rows = await AuditEntry.select(AuditEntry.detail, AuditEntry.actor_name).where(
        AuditEntry.action == "imports.fail", AuditEntry.object_id == run_id
    )
    return [(json.loads(row["detail"])["error"], row["actor_name"]) for row in rows]


async def test_the_world_changed_between_check_and_application(world: World) -> None:
    actor = await officer(world)
    run = await check(
        world,
        actor,
        "classifications",
        sheet("classifications", ("KS0001", 2023, "HTNV"), ("KS0002", 2023, "HTNV")),
    )
    assert run.state == "ready"
    await Person.update({Person.staff_code: "KS8888"}).where(Person.staff_code == "KS0002")
    run = await apply(world, actor, run.id)
    assert (run.state, run.counts["refused"]) == ("refused", 1)
    assert run.error is not None
    assert run.error.code == "data-changed"
    assert [line[0] for line in said(run)] == [3]
    assert await applied(run.id) == 0
    assert await failures(run.id) == [("data-changed", "Cán bộ tổ chức")]


async def test_a_kill_while_writing_leaves_nothing_and_is_taken_up_again(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    actor = await officer(world)
    run = await check(world, actor, "people", sheet("people", PERSON))
    await actions.order_application(run.id, actor=actor, now=world.now)
    before = await Person.count()
    write = writing.write

    async def killed(kind: str, outcome: Outcome, wrote: object) -> None:
        await write(kind, outcome)
        raise asyncio.CancelledError

    monkeypatch.setattr(writing, "write", killed)
    with pytest.raises(asyncio.CancelledError):
        await jobs.work(run.id, now=world.now)
    assert (await Person.count(), (await runs.run(run.id)).state) == (before, "applying")
    monkeypatch.setattr(writing, "write", write)
    await jobs.work(run.id, now=world.now)
    assert (await Person.count(), (await runs.run(run.id)).state) == (before + 1, "done")


async def test_two_workers_apply_once(world: World) -> None:
    actor = await officer(world)
    run = await check(world, actor, "people", sheet("people", PERSON))
    await actions.order_application(run.id, actor=actor, now=world.now)
    before = await Person.count()
    await asyncio.gather(*(jobs.work(run.id, now=world.now) for _ in range(2)))
    assert (await Person.count(), await applied(run.id)) == (before + 1, 1)


async def test_an_error_while_writing_leaves_nothing_and_says_so(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    actor = await officer(world)
    run = await check(world, actor, "people", sheet("people", PERSON))
    await actions.order_application(run.id, actor=actor, now=world.now)
    before = await Person.count()
    write = writing.write

    async def broken(kind: str, outcome: Outcome, wrote: object) -> None:
        await write(kind, outcome)
        raise OSError("gone")

    monkeypatch.setattr(writing, "write", broken)
    with pytest.raises(OSError, match="gone"):
        await jobs.work(run.id, now=world.now)
    found = await runs.run(run.id)
    assert (await Person.count(), found.state) == (before, "failed")
    assert found.error is not None
    assert await failures(run.id) == [("failed", "Cán bộ tổ chức")]


async def test_a_role_that_ended_in_between_writes_nothing(world: World) -> None:
    actor = await officer(world)
    run = await check(world, actor, "people", sheet("people", PERSON))
    await actions.order_application(run.id, actor=actor, now=world.now)
    await RoleHeld.delete().where(RoleHeld.role == Role.PERSONNEL_OFFICER)
    before = await Person.count()
    await jobs.work(run.id, now=world.now)
    found = await runs.run(run.id)
    assert found.error is not None
    assert (found.state, found.error.code) == ("failed", "no-longer-allowed")
    assert await Person.count() == before
    assert await failures(run.id) == [("no-longer-allowed", "Cán bộ tổ chức")]


@pytest.mark.parametrize("ordered", [False, True])
async def test_a_deactivated_account_imports_nothing(world: World, ordered: bool) -> None:
    actor = await officer(world)
    content = sheet("people", PERSON)
    run_id = await actions.upload("people", content, "t.csv", actor=actor, now=world.now)
    if ordered:
        await jobs.work(run_id, now=world.now)
        await actions.order_application(run_id, actor=actor, now=world.now)
    await accounts.deactivate(
        actor.account_id, actor=await world.actor("administrator"), now=world.now
    )
    before = await Person.count()
    await jobs.work(run_id, now=world.now)
    found = await runs.run(run_id)
    assert found.error is not None
    assert (found.state, found.error.code) == ("failed", "no-longer-allowed")
    assert (await Person.count(), await failures(run_id)) == (
        before,
        [("no-longer-allowed", "Cán bộ tổ chức")],
    )


async def test_a_long_import_is_seen_to_move(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writing, "STEP", 2)
    seen: list[int] = []
    show = jobs._show

    async def shown(run_id: int, done: int, total: int) -> None:
        await show(run_id, done, total)
        seen.append((await runs.run(run_id)).done)

    monkeypatch.setattr(jobs, "_show", shown)
    actor = await officer(world)
    people = [(f"KS910{n}", f"Nguyễn Văn {name}", *PERSON[2:]) for n, name in enumerate("ABCDE")]
    run = await bring_in(world, actor, "people", sheet("people", *people))
    assert (run.state, run.done, run.counts["new"]) == ("done", 5, 5)
    assert seen[-3:] == [2, 4, 5]
    assert await Person.count().where(Person.staff_code.like("KS910%")) == 5


async def test_plans_know_the_new_rows(world: World) -> None:
    known = "SELECT reltuples::int AS n FROM pg_class WHERE relname = 'person'"
    await Person.raw("ANALYZE person")
    before = (await Person.raw(known))[0]["n"]
    await bring_in(world, await officer(world), "people", sheet("people", PERSON))
    assert (await Person.raw(known))[0]["n"] == before + 1


async def test_lost_work_is_found(world: World) -> None:
    actor = await officer(world)
    run_id = await actions.upload(
        "people", sheet("people", PERSON), "t.csv", actor=actor, now=world.now
    )
    assert await runs.abandoned(30) == ()
    await ImportRun.raw("DELETE FROM procrastinate_jobs")
    assert await runs.abandoned(30) == (run_id,)
    await jobs.work(run_id, now=world.now)
    assert await runs.abandoned(30) == ()


async def test_the_worker_checks_and_applies(world: World) -> None:
    actor = await officer(world)
    worker = asyncio.create_task(run_worker(world.url, alone=False))
    try:
        run_id = await actions.upload(
            "people", sheet("people", PERSON), "t.csv", actor=actor, now=world.now
        )
        async with asyncio.timeout(60):
            while (await runs.run(run_id)).state != "ready":  # noqa: ASYNC110
                await asyncio.sleep(0.05)
            await actions.order_application(run_id, actor=actor, now=world.now)
            while (await runs.run(run_id)).state != "done":  # noqa: ASYNC110
                await asyncio.sleep(0.05)
    finally:
        worker.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await worker
    assert await applied(run_id) == 1


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (sheet("people", PERSON, headers=("Mã cán bộ", "Họ tên")), "missing-header"),
        (
            sheet("people", PERSON, headers=("Mã CB", "Mã cán bộ", "Tên", "x", "y", "z", "t")),
            "repeated-header",
        ),
        ("Mã cán bộ,Năm,Xếp loại,Lạ\nKS0001,2025,HTNV,x\n".encode(), "missing-header"),
        (sheet("people"), "no-rows"),
    ],
)
async def test_headers_that_do_not_fit(world: World, content: bytes, code: str) -> None:
    run = await check(world, await officer(world), "people", content)
    assert run.error is not None
    assert (run.state, run.error.code) == ("refused", code)


async def test_unknown_headers_and_odd_rows(world: World) -> None:
    actor = await officer(world)
    text = "Mã cán bộ,Năm,Xếp loại{}\nKS0001,2023,HTNV{}\n"
    run = await check(world, actor, "classifications", text.format(",Lạ", ",x").encode())
    assert run.error is not None
    assert run.error.values == {"unknown": "Lạ"}
    run = await check(world, actor, "classifications", text.format("", ",x").encode())
    assert said(run) == [
        (2, "", "", "Dòng có 4 ô, tiêu đề có 3 cột; vui lòng kiểm tra dấu phân cách.")
    ]


async def test_legacy_text_is_refused_then_converted(world: World) -> None:
    actor = await officer(world)
    content = tcvn3.from_unicode(sheet("people", PERSON).decode("utf-8-sig")).encode("latin-1")
    run = await check(world, actor, "people", content)
    assert (run.state, run.legacy) == ("refused", True)
    new_id = await actions.convert(run.id, actor=actor, now=world.now)
    await jobs.work(new_id, now=world.now)
    assert (await runs.run(new_id)).state == "ready"
    await apply(world, actor, new_id)
    assert await Person.select(Person.full_name).where(Person.staff_code == "KS9001") == [
        {"full_name": "Nguyễn Thị Minh Ánh"}
    ]
    with pytest.raises(Refused):
        await actions.convert(new_id, actor=actor, now=world.now)


async def test_applying_twice_is_refused(world: World) -> None:
    actor = await officer(world)
    run = await bring_in(world, actor, "people", sheet("people", PERSON))
    with pytest.raises(Refused) as refused:
        await actions.order_application(run.id, actor=actor, now=world.now)
    assert refused.value.refusal.code == "already-applied"


async def test_a_lost_file_is_a_failure(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    actor = await officer(world)
    run_id = await actions.upload(
        "people", sheet("people", PERSON), "t.csv", actor=actor, now=world.now
    )
    monkeypatch.setattr(store, "path_of", lambda sha256: f"lost/{sha256}")
    with pytest.raises(store.FileMissing):
        await jobs.work(run_id, now=world.now)
    assert (await runs.run(run_id)).state == "failed"


async def test_the_benchmark_on_few_rows(world: World) -> None:
    plain, ours = await bench_import.compare(world, 200, 500)
    assert plain > 0
    assert ours > 0
    before = await Person.count()
    assert before == 5 + 200
