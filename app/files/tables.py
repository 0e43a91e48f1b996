from __future__ import annotations

from piccolo.columns import BigInt, Serial, Timestamptz, Varchar
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
