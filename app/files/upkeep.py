"""The store against the rows that name what lies in it.

Sweeping beside a running upload is safe. Whoever stores bytes writes them first, then waits for
a sweep that has this very name in hand, then looks whether they still lie there (`actions`). A
sweep takes a name in hand, looks whether a row names it or its bytes are new, and only then
deletes. So either the sweep sees the new bytes, or the upload sees that they are gone.
"""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator, Collection
from dataclasses import dataclass, replace
from datetime import datetime

from app.files import store
from app.files.rules import TAKE, Found, is_old, sort_out
from app.files.tables import StoredFile
from app.piccolo_conf import DB

logger = logging.getLogger("thidua")

_PAGE = 500


@dataclass(frozen=True, slots=True)
class Swept:
    files: int = 0
    size: int = 0


@dataclass(frozen=True, slots=True)
class Damage:
    """A row whose bytes are gone, or are no longer those it names (`changed`)."""

    sha256: str
    file_id: int
    changed: bool


async def left_over(now: datetime) -> Found:
    """What lies in the store that no row names."""
    found = Found()
    async for page in store.listed():
        named = await _named([each.sha256 for each in page if each.sha256])
        more = sort_out(page, named, now)
        found = Found(
            found.left + more.left,
            found.pointed + more.pointed,
            found.fresh + more.fresh,
            found.foreign + more.foreign,
        )
    return found


async def sweep(found: Found, now: datetime) -> Swept:
    """Delete them, each only if it is still left over."""
    swept = Swept()
    for each in found.left:
        if await _delete(each.sha256, now):
            logger.info("swept from the file store: %s, %d bytes", each.sha256, each.size)
            swept = replace(swept, files=swept.files + 1, size=swept.size + each.size)
    return swept


async def _delete(sha256: str, now: datetime) -> bool:
    async with DB.transaction():
        taken = await StoredFile.raw(f"SELECT {TAKE} AS taken", sha256)
        if not taken[0]["taken"] or await _named([sha256]):
            return False
        lying = await store.lying(sha256)
        if lying is None or not is_old(lying, now):
            return False
        await store.remove(sha256)
    return True


async def damaged() -> AsyncIterator[tuple[int, list[Damage]]]:
    """Reads every stored file: how many of a page, and what is wrong with them."""
    last = 0
    while rows := await StoredFile.raw(
        "SELECT id, sha256 FROM stored_file WHERE id > {} ORDER BY id LIMIT {}", last, _PAGE
    ):
        found = [await _damage(row["sha256"], row["id"]) for row in rows]
        yield len(rows), [each for each in found if each is not None]
        last = rows[-1]["id"]


async def _damage(sha256: str, file_id: int) -> Damage | None:
    try:
        await store.read(sha256)
    except store.FileMissing:
        return Damage(sha256, file_id, await store.lying(sha256) is not None)
    return None


async def _named(names: Collection[str]) -> set[str]:
    rows = await StoredFile.raw(
        "SELECT sha256 FROM stored_file WHERE sha256 = ANY({}::text[])", list(names)
    )
    return {row["sha256"] for row in rows}
