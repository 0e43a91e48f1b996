from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app.accounts.rules import is_alive, needs_second_factor
from app.accounts.setting import second_factor_required
from app.accounts.tables import Account, RoleHeld
from app.kernel.actor import Actor, Holding, Role, actor_with
from app.kernel.period import Period, today_in_vietnam

# The cookie's time stamp need not be exact; writing it on every click would be a lost write.
_SEEN_EVERY_SECONDS = 60

_SESSION = (
    "SELECT s.id, s.complete, s.expires_at, s.last_seen_at, a.id AS account_id, a.person,"
    " a.login, a.name, a.totp_confirmed_at IS NOT NULL AS protected"
    " FROM sign_in_session s JOIN account a ON a.id = s.account"
    " WHERE s.token_hash = {} AND a.active"
)


@dataclass(frozen=True, slots=True)
class Session:
    """Who stands behind a cookie, and what is still asked of them.

    `step`: `done`; `code` after the password of somebody with a second factor; `set-up` for
    somebody whose roles require one and who has none yet.
    """

    id: int
    account_id: int
    login: str
    complete: bool
    protected: bool
    required: bool
    step: str
    actor: Actor


def token_hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


async def actor_for_token(token: str, address: str, now: datetime) -> Actor | None:
    """Whom the session cookie stands for, with the roles held today.

    None when it is dead, waits for its second step, or must first set one up: to every page
    but those three this is nobody.
    """
    session = await session_of(token, address, now)
    return session.actor if session and session.step == "done" else None


async def session_of(token: str, address: str, now: datetime) -> Session | None:
    """Two statements, and a third once a minute."""
    rows = await Account.raw(_SESSION, token_hash(token))
    if not rows or not is_alive(rows[0]["expires_at"], rows[0]["last_seen_at"], now):
        return None
    row = rows[0]
    if (now - row["last_seen_at"]).total_seconds() > _SEEN_EVERY_SECONDS:
        await Account.raw(
            "UPDATE sign_in_session SET last_seen_at = {} WHERE id = {}", now, row["id"]
        )
    actor = (await actors_of([row], now, address))[0]
    required = second_factor_required() and needs_second_factor(actor.units.keys())
    step = _step(row, required=required)
    if step is None:
        return None
    return Session(
        id=row["id"],
        account_id=row["account_id"],
        login=row["login"],
        complete=row["complete"],
        protected=row["protected"],
        required=required,
        step=step,
        actor=actor,
    )


def _step(row: Mapping[str, Any], *, required: bool) -> str | None:
    """None when the reason to wait has gone away meanwhile: then the password is asked again."""
    if row["protected"]:
        return "done" if row["complete"] else "code"
    if required:
        return "set-up"
    return "done" if row["complete"] else None


async def actor_for_login(login: str, now: datetime) -> Actor:
    """The actor behind a login, without a session: for the command line and the demo."""
    return await _actor("login", login.lower(), now, "")


async def actor_of(account_id: int, address: str, now: datetime) -> Actor:
    """The actor behind an account that has just proved who it is."""
    return await _actor("id", account_id, now, address)


async def _actor(column: str, value: int | str, now: datetime, address: str) -> Actor:
    rows = await Account.raw(
        f"SELECT id AS account_id, person, name FROM account WHERE {column} = {{}}", value
    )
    if not rows:
        raise LookupError(value)
    return (await actors_of(rows, now, address))[0]


async def actors_of(
    accounts: Sequence[Mapping[str, Any]], now: datetime, address: str = ""
) -> tuple[Actor, ...]:
    """Each account (account_id, person, name) with its roles of today, in one query.

    What has ended lies where it last lay and below what took it over: somebody answers for
    every dossier, also when its unit is merged away.
    """
    today = today_in_vietnam(now)
    rows = await RoleHeld.raw(
        "WITH RECURSIVE held AS (SELECT * FROM role_held WHERE account = ANY({})"
        " AND valid_from <= {} AND (valid_to IS NULL OR valid_to >= {})), below AS ("
        " SELECT id AS held, unit AS id FROM held"
        " UNION"
        " SELECT b.held, f.id FROM below b CROSS JOIN LATERAL ("
        " SELECT v.unit AS id FROM unit_version v WHERE v.parent = b.id"
        " AND v.valid_from <= {} AND (v.valid_to IS NULL OR v.valid_to >= {} OR NOT EXISTS"
        " (SELECT FROM unit_version n WHERE n.unit = v.unit AND n.valid_from > v.valid_from))"
        # Looked up per predecessor: a join would read all units for each unit on the way down.
        " UNION ALL SELECT s.predecessor FROM unit_succession s WHERE s.successor = b.id"
        " AND (SELECT u.dissolved_on FROM unit u WHERE u.id = s.predecessor) <= {}) f),"
        " covered AS (SELECT held, array_agg(id) AS covers FROM below GROUP BY held)"
        " SELECT h.account, h.role, h.unit, h.valid_from, h.valid_to, c.covers,"
        " coalesce(o.name, '') AS stands_in_for,"
        # By the name of today; a unit that has ended by its last.
        " coalesce((SELECT v.name FROM unit_version v WHERE v.unit = h.unit AND v.valid_from <= {}"
        " ORDER BY v.valid_from DESC LIMIT 1), '') AS unit_name,"
        " t.units AS top"
        # At least one row: who holds no role may still ask which role would do.
        " FROM (SELECT array_agg(v.unit) AS units FROM unit_version v JOIN unit u ON u.id = v.unit"
        " WHERE v.parent IS NULL AND v.valid_from <= {} AND (v.valid_to IS NULL"
        " OR v.valid_to >= {}) AND (u.dissolved_on IS NULL OR u.dissolved_on > {})) t"
        " LEFT JOIN held h ON true LEFT JOIN covered c ON c.held = h.id"
        " LEFT JOIN account o ON o.id = h.stands_in_for"
        " ORDER BY h.valid_from DESC, h.id DESC",
        [account["account_id"] for account in accounts],
        *[today] * 9,
    )
    held: dict[int, list[Holding]] = {}
    for row in rows:
        if row["account"] is not None:
            held.setdefault(row["account"], []).append(_holding(row))
    top = frozenset(rows[0]["top"] or ())
    return tuple(
        actor_with(
            tuple(held.get(account["account_id"], ())),
            account_id=account["account_id"],
            person_id=account["person"],
            name=account["name"],
            address=address,
            top=top,
        )
        for account in accounts
    )


def _holding(row: Mapping[str, Any]) -> Holding:
    return Holding(
        Role(row["role"]),
        row["unit"],
        row["unit_name"],
        Period(row["valid_from"], row["valid_to"]),
        frozenset(row["covers"]),
        row["stands_in_for"],
    )
