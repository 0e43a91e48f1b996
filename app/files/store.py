"""The object store behind every stored file: a folder by default, a bucket by URL.

An object lies under its SHA-256 and is never overwritten with other bytes, so writing one
before the transaction commits is safe: at worst a file nobody points to stays behind, until
`thidua files sweep` takes it away.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import AsyncIterator, Sequence
from functools import cache

import obstore
from obstore.exceptions import BaseError
from obstore.store import LocalStore, ObjectStore, from_url

from app.database import var_directory
from app.files.rules import Lying


class FileMissing(Exception):
    """The register knows the file but the store has lost it: restore it from the backup."""


class StoreDown(Exception):
    """The folder or the bucket does not answer or takes nothing: full, unreachable, forbidden."""


@cache
def _store(url: str) -> ObjectStore:
    if url:
        return from_url(url)
    folder = var_directory() / "files"
    folder.mkdir(parents=True, exist_ok=True)
    return LocalStore(folder)


def _current() -> ObjectStore:
    return _store(os.environ.get("THIDUA_FILES_URL", "").strip())


def path_of(sha256: str) -> str:
    return f"{sha256[:2]}/{sha256}"


async def put(content: bytes) -> str:
    """Store `content` and return its SHA-256."""
    sha256 = hashlib.sha256(content).hexdigest()
    try:
        await obstore.put_async(_current(), path_of(sha256), content)
    except (BaseError, OSError) as error:
        raise StoreDown(sha256) from error
    return sha256


async def read(sha256: str) -> bytes:
    """The bytes, checked against their name: a changed file is never handed out."""
    try:
        result = await obstore.get_async(_current(), path_of(sha256))
    except FileNotFoundError as error:
        raise FileMissing(sha256) from error
    content = bytes(await result.bytes_async())
    if hashlib.sha256(content).hexdigest() != sha256:
        raise FileMissing(sha256)
    return content


async def listed(page: int = 1000) -> AsyncIterator[Sequence[Lying]]:
    """Everything that lies in the store, in no order, a page at a time."""
    async for found in obstore.list(_current(), chunk_size=page):
        yield [Lying(each["path"], each["size"], each["last_modified"]) for each in found]


async def lying(sha256: str) -> Lying | None:
    """What lies there now; None where nothing does."""
    try:
        found = await obstore.head_async(_current(), path_of(sha256))
    except FileNotFoundError:
        return None
    return Lying(found["path"], found["size"], found["last_modified"])


async def remove(sha256: str) -> None:
    """Only what no row points to: see `app.files.upkeep`."""
    await obstore.delete_async(_current(), path_of(sha256))
