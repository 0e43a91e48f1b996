from __future__ import annotations

from piccolo.columns import BigInt, ForeignKey, Integer, OnDelete, Serial, Timestamptz, Varchar
from piccolo.constraints import Check
from piccolo.table import Table


class StoredFile(Table):
    """A file kept under its own SHA-256; the bytes lie in the object store, never here."""

    sha256 = Varchar(length=64, unique=True)
    id: Serial
    media_type = Varchar(length=100)
    size = BigInt()
    stored_at = Timestamptz()

    stored_file_sha256_is_hex = Check("sha256 ~ '^[0-9a-f]{64}$'")
    stored_file_size_is_positive = Check("size > 0")


class FilePreview(Table):
    """What a reader is shown of a file before opening it: how many pages, and the first one.

    `pages` NULL: the kind of file has none. `thumbnail` NULL: it cannot be drawn.
    """

    id: Serial
    file = ForeignKey(StoredFile, null=False, unique=True, on_delete=OnDelete.restrict)
    pages = Integer(null=True, default=None)
    thumbnail = ForeignKey(StoredFile, null=True, default=None, on_delete=OnDelete.restrict)

    file_preview_pages = Check("pages > 0")
