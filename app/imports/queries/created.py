"""The ids that new rows of a file got when they were written."""

from __future__ import annotations

from typing import Any

from app.accounts.tables import Account
from app.imports.rules.changes import ADDED
from app.imports.rules.problems import Outcome
from app.organization.tables import Unit


async def ids(kind: str, outcome: Outcome) -> list[int]:
    """In the order they were written, of the kinds that are logged one by one."""
    new: tuple[Any, ...] = outcome.new
    if not new or kind not in ADDED:
        return []
    if kind == "units":
        rows = await Unit.raw(
            "SELECT id FROM unit WHERE code = ANY({}) ORDER BY id", [unit.code for unit in new]
        )
    else:
        rows = await Account.raw(
            "SELECT id FROM account WHERE login = ANY({}) ORDER BY id",
            [account.login for account in new],
        )
    return [row["id"] for row in rows]
