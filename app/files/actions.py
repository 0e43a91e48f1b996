from __future__ import annotations

import hashlib
import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from app.files import child, store
from app.files.rules import WAIT, WEBP, refuse_size
from app.files.tables import FilePreview, StoredFile
from app.kernel.refusal import N_, Refusal, Refused

logger = logging.getLogger("thidua")

STORE_DOWN = Refusal(
    "store-down",
    N_("Kho tệp tạm thời không ghi được nên tệp chưa được nhận. Vui lòng thử lại sau ít phút."),
)


@dataclass(frozen=True, slots=True)
class Prepared:
    """A file whose bytes lie in the store already, and nobody points to them yet."""

    sha256: str
    media_type: str
    size: int
    pages: int | None
    thumbnail: tuple[str, int] | None  # SHA-256 and size


@dataclass(frozen=True, slots=True)
class Inspected:
    """A stranger's file that we take, of which nothing is stored yet."""

    sha256: str
    media_type: str
    pages: int | None
    thumbnail: bytes | None


async def keep(content: bytes, media_type: str, now: datetime) -> int:
    """Store the bytes and return the id of their row; the same bytes give the same row."""
    sha256 = await store.put(content)
    rows = await StoredFile.raw(
        f"WITH waited AS MATERIALIZED (SELECT {WAIT})"
        " INSERT INTO stored_file (sha256, media_type, size, stored_at)"
        " SELECT {}, {}, {}::bigint, {} FROM waited ON CONFLICT (sha256) DO NOTHING RETURNING id",
        sha256,
        sha256,
        media_type,
        len(content),
        now,
    )
    if rows:
        if await store.lying(sha256) is None:
            await store.put(content)
        return int(rows[0]["id"])
    row = await StoredFile.select(StoredFile.id).where(StoredFile.sha256 == sha256).first()
    assert row is not None  # noqa: S101 - the conflict above was this very row
    return int(row["id"])


async def inspect(content: bytes) -> Inspected:
    """Open a stranger's file; `Refused` when it is nothing we take. Slow."""
    if refusal := refuse_size(len(content)):
        raise Refused(refusal)
    found = await child.inspect(content)
    sha256 = hashlib.sha256(content).hexdigest()
    return Inspected(sha256, found.media_type, found.pages, found.thumbnail)


async def put(content: bytes, found: Inspected) -> Prepared:
    """Store the bytes of a file that nothing refuses any more, before the transaction.

    A stop in between leaves at most bytes without a row.
    """
    thumbnail = None
    try:
        if found.thumbnail is not None:
            thumbnail = (await store.put(found.thumbnail), len(found.thumbnail))
        sha256 = await store.put(content)
    except store.StoreDown as error:
        logger.error("the file store takes nothing: %s", error.__cause__)
        raise Refused(STORE_DOWN) from error
    return Prepared(sha256, found.media_type, len(content), found.pages, thumbnail)


async def prepare(content: bytes) -> Prepared:
    """Both, where nothing is to be asked in between."""
    return await put(content, await inspect(content))


async def record(prepared: Sequence[Prepared], now: datetime) -> dict[str, int]:
    """The ids of their rows by SHA-256. Call inside the transaction that points to them.

    In one order for everybody: two uploads of the same files must not wait for each other.
    """
    rows = {file.sha256: (file.media_type, file.size) for file in prepared}
    rows.update(
        {file.thumbnail[0]: (WEBP, file.thumbnail[1]) for file in prepared if file.thumbnail}
    )
    names = sorted(rows)
    await StoredFile.raw(
        f"SELECT {WAIT.format('name')} FROM unnest({{}}::text[]) AS f (name)", names
    )
    added = await StoredFile.raw(
        "INSERT INTO stored_file (sha256, media_type, size, stored_at)"
        " SELECT sha256, media_type, size, {} FROM unnest({}::text[], {}::text[], {}::bigint[])"
        " AS f(sha256, media_type, size) ORDER BY sha256 ON CONFLICT (sha256) DO NOTHING"
        " RETURNING sha256",
        now,
        names,
        [rows[name][0] for name in names],
        [rows[name][1] for name in names],
    )
    for row in added:
        if await store.lying(row["sha256"]) is None:
            raise Refused(STORE_DOWN)
    # A statement of its own sees what another transaction stored while this one waited.
    found = await StoredFile.raw(
        "SELECT id, sha256 FROM stored_file WHERE sha256 = ANY({}::text[])", names
    )
    ids = {row["sha256"]: int(row["id"]) for row in found}
    await _record_previews(prepared, ids)
    return {file.sha256: ids[file.sha256] for file in prepared}


async def _record_previews(prepared: Sequence[Prepared], ids: dict[str, int]) -> None:
    await FilePreview.raw(
        "INSERT INTO file_preview (file, pages, thumbnail) SELECT DISTINCT ON (file) * FROM"
        " unnest({}::int[], {}::int[], {}::int[]) AS p(file, pages, thumbnail)"
        " ORDER BY file ON CONFLICT (file) DO NOTHING",
        [ids[file.sha256] for file in prepared],
        [file.pages for file in prepared],
        [ids[file.thumbnail[0]] if file.thumbnail else None for file in prepared],
    )
