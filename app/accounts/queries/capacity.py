"""By which of several administrators' roles somebody acts: for the log."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from app.accounts.tables import Account
from app.kernel.actor import Actor, Role
from app.organization.queries import act_over


async def act_on(actor: Actor, logins: Collection[str], today: date) -> None:
    """Call after the check: on accounts, by what covers all they have to do with.

    An account that belongs nowhere is in the hands of who administers the top.
    """
    rows = await Account.raw(
        "SELECT DISTINCT u.unit FROM account a LEFT JOIN LATERAL ("
        " SELECT r.unit FROM role_held r WHERE r.account = a.id"
        " AND (r.valid_to IS NULL OR r.valid_to >= {})"
        " UNION SELECT p.unit FROM posting p WHERE p.person = a.person"
        " AND p.valid_from <= {} AND (p.valid_to IS NULL OR p.valid_to >= {})"
        " ) u ON TRUE WHERE a.login = ANY({})",
        today,
        today,
        today,
        list(logins),
    )
    units = {row["unit"] for row in rows}
    if None in units:
        units = units - {None} | actor.top
    await act_over(actor, (Role.ADMINISTRATOR,), units)
