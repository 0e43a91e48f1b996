"""What must not exist among imports."""

from __future__ import annotations

from app.imports.tables import ImportRun


async def broken_import_done_but_never_applied() -> list[str]:
    return await _named("""
        SELECT file_name AS what FROM import_run WHERE (state = 'done') <> (applied_at IS NOT NULL)
    """)


async def _named(sql: str) -> list[str]:
    """`sql` gives a text column `what`."""
    return [row["what"] for row in await ImportRun.raw(sql)]
