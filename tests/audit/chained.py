"""Chains to break: rows as the table holds them."""

from __future__ import annotations

from dataclasses import replace

from app.audit.rules import GENESIS, Entry, entry_hash
from app.piccolo_conf import DB
from tests import cast

ENTRY = Entry(
    cast.at("2025-11-10"), 1, "Lê Thị Ánh", "staff", "::1", "x.y", "round", 7, "{}", GENESIS
)


def follower(previous_hash: str, **changes: object) -> tuple[Entry, str]:
    entry = replace(ENTRY, previous_hash=previous_hash, **changes)  # type: ignore[arg-type]
    return entry, entry_hash(entry)


async def forge(statement: str) -> None:
    """Change the log behind its triggers, as only the owner of the database could."""
    await DB.run_ddl("ALTER TABLE audit_entry DISABLE TRIGGER ALL")
    await DB.run_ddl(statement)
    await DB.run_ddl("ALTER TABLE audit_entry ENABLE TRIGGER ALL")
