"""What no row names is taken from the store, and never under the hands of an upload."""

from __future__ import annotations

import asyncio
import hashlib
import os
from datetime import datetime, timedelta
from pathlib import Path

import asyncpg
import obstore
import pytest

from app import tidying
from app.files import actions, store, upkeep
from app.files.rules import PDF, TAKE, Found, Lying, refuse_sweeping, sort_out
from app.files.tables import StoredFile
from app.kernel.period import VIETNAM
from app.kernel.refusal import Refused
from app.piccolo_conf import DB
from tests.cli.test_commands import thidua
from tests.conftest import World
from tests.files import spoilt

NOW = datetime(2026, 11, 22, 9, tzinfo=VIETNAM)
DAY = timedelta(days=1)


def lying(content: str, age: timedelta, path: str = "") -> Lying:
    sha256 = hashlib.sha256(content.encode()).hexdigest()
    return Lying(path or store.path_of(sha256), len(content), NOW - age)


def test_only_what_is_old_and_unnamed_is_left_over() -> None:
    old, named = lying("a", DAY + timedelta(seconds=1)), lying("bb", 9 * DAY)
    page = [
        old,
        named,
        lying("ccc", DAY),
        lying("dddd", 9 * DAY, "ban-sao.sql"),
        # Of another folder than its name says.
        lying("eeeee", 9 * DAY, "zz/" + "a" * 64),
    ]
    assert sort_out(page, {named.sha256}, NOW) == Found((old,), pointed=1, fresh=1, foreign=2)


@pytest.mark.parametrize(("pointed", "refused"), [(0, True), (1, True), (2, False)])
def test_a_store_of_another_database_is_not_emptied(pointed: int, refused: bool) -> None:
    found = Found((lying("a", DAY), lying("b", DAY)), pointed)
    assert (refuse_sweeping(found) is not None) == refused
    assert refuse_sweeping(Found()) is None


@pytest.fixture
def bucket(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A store of its own: the other tests share one."""
    monkeypatch.setenv("THIDUA_FILES_URL", f"file://{tmp_path}")
    return tmp_path


async def orphan(bucket: Path, content: bytes, days: int = 2) -> str:
    sha256 = await store.put(content)
    moment = (NOW - days * DAY).timestamp()
    os.utime(bucket / store.path_of(sha256), (moment, moment))
    return sha256


@pytest.mark.anyio
async def test_what_is_left_over_goes_and_the_rest_stays(world: World, bucket: Path) -> None:
    left = [await orphan(bucket, b"left %d" % number) for number in range(3)]
    await actions.keep(b"named", PDF, world.now)
    named = await orphan(bucket, b"named")
    young = await orphan(bucket, b"young", 0)
    (bucket / "ghi-chu.txt").write_text("của người quản trị")
    found = await upkeep.left_over(NOW)
    assert sorted(each.sha256 for each in found.left) == sorted(left)
    assert (found.pointed, found.fresh, found.foreign, found.size) == (1, 1, 1, 18)
    assert await upkeep.sweep(found, NOW) == upkeep.Swept(3, 18)
    assert [await store.lying(name) for name in left] == [None] * 3
    assert await store.read(named) == b"named"
    assert await store.read(young) == b"young"
    assert (await upkeep.left_over(NOW)).left == ()


@pytest.mark.anyio
async def test_what_came_again_since_it_was_listed_stays(world: World, bucket: Path) -> None:
    again, recorded = await orphan(bucket, b"again"), await orphan(bucket, b"recorded")
    found = await upkeep.left_over(NOW)
    await orphan(bucket, b"again", 0)
    await actions.keep(b"recorded", PDF, world.now)
    await orphan(bucket, b"recorded")
    assert await upkeep.sweep(found, NOW) == upkeep.Swept()
    assert await store.lying(again) is not None
    assert await store.lying(recorded) is not None


@pytest.mark.anyio
async def test_an_upload_that_has_not_committed_keeps_its_bytes(world: World, bucket: Path) -> None:
    content = spoilt.docx()
    prepared = await actions.prepare(content)
    await orphan(bucket, content)
    found = await upkeep.left_over(NOW)
    async with DB.transaction():
        await actions.record([prepared], world.now)
        assert await asyncio.create_task(elsewhere(found)) == upkeep.Swept()
    assert await store.lying(prepared.sha256) is not None


async def elsewhere(found: Found) -> upkeep.Swept:
    """A task begun inside a transaction would go on in it; a sweep has its own."""
    DB.current_transaction.set(None)
    return await upkeep.sweep(found, NOW)


async def in_hand(world: World, sha256: str) -> asyncpg.Connection:
    """A sweep that has looked and is about to delete."""
    connection = await asyncpg.connect(world.url)
    await connection.execute("BEGIN")
    taken = await connection.fetchval(f"SELECT {TAKE.format('$1::text')}", sha256)
    assert taken is True
    return connection


@pytest.mark.anyio
async def test_bytes_swept_under_an_upload_are_noticed(world: World, bucket: Path) -> None:
    prepared = await actions.prepare(spoilt.docx())
    sweep = await in_hand(world, prepared.sha256)
    upload = asyncio.create_task(recorded(world, prepared))
    await asyncio.sleep(0.2)
    assert not upload.done()
    await store.remove(prepared.sha256)
    await sweep.execute("COMMIT")
    with pytest.raises(Refused) as refused:
        await upload
    assert refused.value.refusal == actions.STORE_DOWN
    assert await StoredFile.count() == 0
    await sweep.close()


async def recorded(world: World, prepared: actions.Prepared) -> None:
    async with DB.transaction():
        await actions.record([prepared], world.now)


@pytest.mark.anyio
async def test_what_we_made_ourselves_is_written_again(world: World, bucket: Path) -> None:
    sha256 = hashlib.sha256(b"made").hexdigest()
    sweep = await in_hand(world, sha256)
    keeping = asyncio.create_task(actions.keep(b"made", PDF, world.now))
    await asyncio.sleep(0.2)
    assert not keeping.done()
    await store.remove(sha256)
    await sweep.execute("COMMIT")
    await keeping
    assert await store.read(sha256) == b"made"
    await sweep.close()


@pytest.mark.anyio
async def test_a_store_is_listed_page_by_page(world: World, bucket: Path) -> None:
    for number in range(5):
        await orphan(bucket, b"%d" % number)
    assert [len(page) async for page in store.listed(page=2)] == [2, 2, 1]


@pytest.mark.anyio
async def test_the_same_in_a_bucket(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("THIDUA_FILES_URL", "memory:///sweep")
    sha256 = await store.put(b"in a bucket")
    later = datetime.now(VIETNAM) + 2 * DAY
    found = await upkeep.left_over(later)
    assert sha256 in [each.sha256 for each in found.left]
    await upkeep.sweep(found, later)
    assert await store.lying(sha256) is None


@pytest.mark.anyio
async def test_the_command_lists_deletes_and_logs(world: World, bucket: Path) -> None:
    sha256 = await orphan(bucket, b"left over")
    await actions.keep(b"named", PDF, world.now)
    environment = {"DATABASE_URL": world.url, "THIDUA_FILES_URL": f"file://{bucket}"}
    dry = thidua("files", "sweep", "--dry-run", **environment)
    assert (dry.returncode, f"{sha256} 9" in dry.stdout) == (0, True)
    assert "1 tệp thừa, 9 byte" in dry.stdout
    assert await store.lying(sha256) is not None
    swept = thidua("files", "sweep", **environment)
    assert (swept.returncode, swept.stdout.splitlines()[-1]) == (0, "Đã xóa 1 tệp, 9 byte.")
    assert await store.lying(sha256) is None
    rows = await StoredFile.raw("SELECT detail FROM audit_entry WHERE action = 'files.sweep'")
    assert [row["detail"] for row in rows] == ['{"count": 1, "size": 9}']


@pytest.mark.anyio
async def test_the_command_does_not_empty_the_store_of_another_database(
    world: World, bucket: Path
) -> None:
    sha256 = await orphan(bucket, b"somebody else's")
    environment = {"DATABASE_URL": world.url, "THIDUA_FILES_URL": f"file://{bucket}"}
    refused = thidua("files", "sweep", **environment)
    assert refused.returncode == 2
    assert "kho tệp thuộc cơ sở dữ liệu khác" in refused.stderr
    assert await store.lying(sha256) is not None
    assert thidua("files", "sweep", "--force", **environment).returncode == 0
    assert await store.lying(sha256) is None


@pytest.mark.anyio
async def test_verify_names_what_is_lost_and_what_was_changed(world: World, bucket: Path) -> None:
    for content in (b"whole", b"lost", b"changed"):
        await actions.keep(content, PDF, world.now)
    environment = {"DATABASE_URL": world.url, "THIDUA_FILES_URL": f"file://{bucket}"}
    assert thidua("files", "verify", **environment).stdout == "Đã đọc 3 tệp; 0 tệp hỏng.\n"
    lost, changed = (hashlib.sha256(text).hexdigest() for text in (b"lost", b"changed"))
    await store.remove(lost)
    await obstore.put_async(store._current(), store.path_of(changed), b"other bytes")
    answer = thidua("files", "verify", **environment)
    assert (answer.returncode, answer.stdout.splitlines()) == (
        1,
        [
            f"{lost} (stored_file 2): không còn trong kho",
            f"{changed} (stored_file 3): nội dung đã bị thay đổi",
            "Đã đọc 3 tệp; 2 tệp hỏng.",
        ],
    )


@pytest.mark.anyio
async def test_the_worker_sweeps_every_night_and_logs_only_what_it_deleted(
    world: World, bucket: Path
) -> None:
    async def logged() -> int:
        rows = await StoredFile.raw(
            "SELECT count(*) AS n FROM audit_entry WHERE action = 'files.sweep'"
        )
        return int(rows[0]["n"])

    await actions.keep(b"%PDF-1.7 named", PDF, NOW)
    late = datetime.now(VIETNAM) + 2 * DAY
    assert (await tidying.sweep_nightly(now=late), await logged()) == (upkeep.Swept(), 0)
    left = await store.put(b"left over")
    assert await tidying.sweep_nightly(now=late) == upkeep.Swept(1, len(b"left over"))
    assert (await logged(), await store.lying(left)) == (1, None)


@pytest.mark.anyio
async def test_a_store_of_another_database_is_left_alone_at_night(
    world: World, bucket: Path
) -> None:
    left = await store.put(b"of another database")
    late = datetime.now(VIETNAM) + 2 * DAY
    assert await tidying.sweep_nightly(now=late) == upkeep.Swept()
    assert await store.lying(left) is not None
