from __future__ import annotations

from datetime import datetime

from app.files import store
from app.files.tables import StoredFile


async def keep(content: bytes, media_type: str, now: datetime) -> int:
    """Store the bytes and return the id of their row; the same bytes give the same row."""
    sha256 = await store.put(content)
    rows = await StoredFile.raw(
        "INSERT INTO stored_file (sha256, media_type, size, stored_at) VALUES ({}, {}, {}, {})"
        " ON CONFLICT (sha256) DO NOTHING RETURNING id",
        sha256,
        media_type,
        len(content),
        now,
    )
    if rows:
        return int(rows[0]["id"])
    row = await StoredFile.select(StoredFile.id).where(StoredFile.sha256 == sha256).first()
    assert row is not None  # noqa: S101 - the conflict above was this very row
    return int(row["id"])
