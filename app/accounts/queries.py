from __future__ import annotations

import hashlib
from datetime import datetime

from app.accounts.rules import is_alive
from app.accounts.tables import Account, RoleHeld
from app.kernel.actor import Actor, Role
from app.kernel.period import today_in_vietnam

# The cookie's time stamp need not be exact; writing it on every click would be a lost write.
_SEEN_EVERY_SECONDS = 60


def token_hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


async def actor_for_token(token: str, address: str, now: datetime) -> Actor | None:
    """Whom the session cookie stands for, with the roles held today; None when it is dead."""
    rows = await Account.raw(
        "SELECT s.id, s.created_at, s.last_seen_at, a.id AS account_id, a.person, a.name"
        " FROM sign_in_session s JOIN account a ON a.id = s.account"
        " WHERE s.token_hash = {} AND a.active",
        token_hash(token),
    )
    if not rows or not is_alive(rows[0]["created_at"], rows[0]["last_seen_at"], now):
        return None
    row = rows[0]
    if (now - row["last_seen_at"]).total_seconds() > _SEEN_EVERY_SECONDS:
        await Account.raw(
            "UPDATE sign_in_session SET last_seen_at = {} WHERE id = {}", now, row["id"]
        )
    return Actor(
        account_id=row["account_id"],
        person_id=row["person"],
        name=row["name"],
        units=await _units_by_role(row["account_id"], now),
        address=address,
    )


async def actor_for_login(login: str, now: datetime) -> Actor:
    """The actor behind a login, without a session: for the command line and the demo."""
    row = await Account.select().where(Account.login == login.lower()).first()
    if row is None:
        raise LookupError(login)
    units = await _units_by_role(row["id"], now)
    return Actor(row["id"], row["person"], row["name"], units, address="")


async def _units_by_role(account_id: int, now: datetime) -> dict[Role, frozenset[int]]:
    """Each role held today with its unit and all that lies below, in one query."""
    today = today_in_vietnam(now)
    rows = await RoleHeld.raw(
        "WITH RECURSIVE below AS ("
        " SELECT role, unit AS id FROM role_held WHERE account = {}"
        " AND valid_from <= {} AND (valid_to IS NULL OR valid_to >= {})"
        " UNION"
        " SELECT b.role, v.unit FROM unit_version v JOIN below b ON v.parent = b.id"
        " WHERE v.valid_from <= {} AND (v.valid_to IS NULL OR v.valid_to >= {}))"
        " SELECT role, array_agg(id) AS ids FROM below GROUP BY role",
        account_id,
        today,
        today,
        today,
        today,
    )
    return {Role(row["role"]): frozenset(row["ids"]) for row in rows}
