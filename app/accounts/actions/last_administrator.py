"""No unit is left without anybody who can open its accounts."""

from __future__ import annotations

from datetime import date

from app.accounts.rules import LAST_ADMINISTRATOR
from app.accounts.tables import RoleHeld
from app.kernel.actor import Role
from app.kernel.refusal import Refused


async def lock_administrators() -> None:
    """First statement of what may take an administrator away: two doing so at once wait."""
    await RoleHeld.raw(
        "SELECT 1 FROM role_held WHERE role = {} ORDER BY id FOR UPDATE", Role.ADMINISTRATOR
    )


async def refuse_losing_last(account_id: int, today: date, role_id: int | None = None) -> None:
    """Refused when a unit administered by the account (by that role) has nobody else.

    What counts is an active account that holds the role today without an end, over the unit or
    one above it (the same account by another role, too); a deputy's days are numbered.
    """
    rows = await RoleHeld.raw(
        "WITH RECURSIVE mine AS (SELECT unit FROM role_held WHERE account = {} AND role = {}"
        " AND stands_in_for IS NULL AND ({} OR id = {})"
        " AND valid_from <= {} AND (valid_to IS NULL OR valid_to >= {})),"
        " above AS (SELECT unit AS start, unit FROM mine"
        " UNION SELECT b.start, v.parent FROM unit_version v JOIN above b ON v.unit = b.unit"
        " WHERE v.parent IS NOT NULL AND v.valid_from <= {}"
        " AND (v.valid_to IS NULL OR v.valid_to >= {}))"
        " SELECT 1 FROM mine m WHERE NOT EXISTS (SELECT 1 FROM above b"
        " JOIN role_held r ON r.unit = b.unit JOIN account a ON a.id = r.account"
        " WHERE b.start = m.unit AND (r.account <> {} OR r.id <> {} AND {})"
        " AND a.active AND r.role = {} AND r.valid_from <= {} AND r.valid_to IS NULL) LIMIT 1",
        account_id,
        Role.ADMINISTRATOR,
        role_id is None,
        role_id or 0,
        today,
        today,
        today,
        today,
        account_id,
        role_id or 0,
        role_id is not None,
        Role.ADMINISTRATOR,
        today,
    )
    if rows:
        raise Refused(LAST_ADMINISTRATOR)
