"""What must not exist in the log."""

from __future__ import annotations

from app.audit.queries import verify


async def broken_log_chain() -> list[str]:
    """The first entry that does not fit."""
    misfit = (await verify()).misfit
    return [f"entry {misfit.entry_id}: {misfit.why}"] if misfit else []
