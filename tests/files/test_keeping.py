"""Bytes first, rows second; the same bytes are one object and one row, wherever they lie."""

from __future__ import annotations

import asyncio
import hashlib
from pathlib import Path

import obstore
import pytest

from app.files import actions, store
from app.files.actions import Prepared
from app.files.tables import FilePreview, StoredFile
from app.kernel.refusal import Refused
from app.piccolo_conf import DB
from tests.conftest import World
from tests.files import spoilt

pytestmark = pytest.mark.anyio


async def kept(world: World, prepared: list[Prepared]) -> dict[str, int]:
    async with DB.transaction():
        return await actions.record(prepared, world.now)
    raise AssertionError("a transaction swallows nothing")


async def test_the_same_bytes_twice_are_one_object_and_one_row(world: World) -> None:
    content = spoilt.pdf(2)
    first, again = await actions.prepare(content), await actions.prepare(content)
    assert await StoredFile.count() == 0
    one, two = await kept(world, [first, again]), await kept(world, [again])
    assert one == two
    assert await StoredFile.count() == 2  # the file and its picture
    preview = await FilePreview.objects().first()
    assert preview is not None
    assert (preview.file, preview.pages) == (one[first.sha256], 2)
    row = await StoredFile.objects().get(StoredFile.id == preview.thumbnail)
    assert row is not None
    assert (row.media_type, row.size) == (
        "image/webp",
        first.thumbnail[1] if first.thumbnail else 0,
    )
    assert await store.read(first.sha256) == content


async def test_two_uploads_of_the_same_files_in_another_order_do_not_wait_for_each_other(
    world: World,
) -> None:
    prepared = [await actions.prepare(spoilt.picture("PNG", shade=n)) for n in range(1, 6)]
    found = await asyncio.gather(
        *(kept(world, order) for order in (prepared, prepared[::-1]) for _ in range(2))
    )
    assert all(ids == found[0] for ids in found)
    assert await FilePreview.count() == 5


async def test_a_file_without_a_picture_has_a_preview_that_says_so(world: World) -> None:
    await kept(world, [await actions.prepare(spoilt.docx())])
    previews = await FilePreview.select(FilePreview.pages, FilePreview.thumbnail)
    assert previews == [{"pages": None, "thumbnail": None}]


async def test_a_bucket_by_its_address(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("THIDUA_FILES_URL", "memory:///")
    content = spoilt.pdf(1, text="Ở trong bộ nhớ")
    prepared = await actions.prepare(content)
    assert await store.read(prepared.sha256) == content
    names = [found["path"] for batch in obstore.list(store._current()) for found in batch]
    assert store.path_of(prepared.sha256) in names


async def test_a_store_that_takes_nothing_is_said(
    world: World, var: Path, caplog: pytest.LogCaptureFixture
) -> None:
    content = spoilt.docx()
    sha256 = hashlib.sha256(content).hexdigest()
    in_the_way = var / "files" / sha256[:2]
    in_the_way.parent.mkdir(exist_ok=True)
    moved = in_the_way.rename(var / "aside") if in_the_way.exists() else None
    in_the_way.write_bytes(b"no folder")
    try:
        with pytest.raises(Refused) as refused:
            await actions.prepare(content)
    finally:
        in_the_way.unlink()
        if moved is not None:
            moved.rename(in_the_way)
    assert refused.value.refusal == actions.STORE_DOWN
    assert "the file store takes nothing" in caplog.text
    assert await StoredFile.count() == 0


async def test_changed_bytes_are_never_handed_out(world: World) -> None:
    prepared = await actions.prepare(spoilt.docx())
    await obstore.put_async(store._current(), store.path_of(prepared.sha256), b"changed")
    with pytest.raises(store.FileMissing):
        await store.read(prepared.sha256)
