"""Accounts and their roles as an administrator sees them."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from piccolo.querystring import QueryString

from app.accounts.queries.reach import Reach, lies_within, seen_within, without_role
from app.accounts.rules import HeldRole
from app.accounts.tables import Account, RoleHeld
from app.kernel.actor import Role
from app.kernel.period import Period
from app.kernel.refusal import NotVisible
from app.kernel.vietnamese import search_key
from app.web.paging import Cursor, PageOf

PAGE = 50
LARGEST_ID = 2**31 - 1

# The server knows no Vietnamese letters, so every letter with a mark is named with its plain one.
_MARKED = "".join(
    letter
    for letter in map(chr, range(0xC0, 0x1EFA))
    if unicodedata.category(letter) in ("Lu", "Ll")
    and len(search_key(letter)) == 1
    and search_key(letter).isascii()
)
_PLAIN = "".join(search_key(letter) for letter in _MARKED)


@dataclass(frozen=True, slots=True)
class AccountRow:
    id: int
    login: str
    name: str
    active: bool
    protected: bool
    roles: tuple[HeldRole, ...]


@dataclass(frozen=True, slots=True)
class AccountFacts:
    """`within`: nothing this account has to do with lies outside the asker's units."""

    id: int
    login: str
    email: str | None
    name: str
    active: bool
    protected: bool
    person_id: int | None
    person_code: str | None
    within: bool


async def accounts_page(
    reach: Reach,
    *,
    search: str = "",
    roleless: bool = False,
    cursor: Cursor | None = None,
    limit: int = PAGE,
) -> PageOf[AccountRow]:
    """In the order of logins, at most `limit` rows; two statements.

    `roleless`: only those that may sign in and hold no role that day.
    """
    rows = await Account.raw(
        "SELECT a.id, a.login, a.name, a.active, a.totp_confirmed_at IS NOT NULL AS protected"
        ' FROM account a WHERE {} AND {} AND {} AND (a.login COLLATE "C", a.id) > ({}, {})'
        f' ORDER BY a.login COLLATE "C", a.id LIMIT {limit + 1}',
        seen_within(reach),
        matching(search),
        _roleless(reach) if roleless else QueryString("TRUE"),
        cursor.key if cursor else "",
        cursor.id if cursor else 0,
    )
    shown = rows[:limit]
    held = defaultdict(list)
    for role in await roles_of([row["id"] for row in shown], on=reach.today):
        held[role.account_id].append(role)
    found = tuple(AccountRow(**row, roles=tuple(held[row["id"]])) for row in shown)
    more = len(rows) > limit
    return PageOf(found, Cursor(found[-1].login, found[-1].id) if more else None)


async def account_for(account_id: int, reach: Reach) -> AccountFacts:
    """The account as this reader may see it, else NotVisible."""
    if not 0 < account_id <= LARGEST_ID:
        raise NotVisible
    return await _one(QueryString("a.id = {}", account_id), reach)


async def account_by_login(login: str, reach: Reach) -> AccountFacts:
    return await _one(QueryString("a.login = {}", login.strip().lower()[:60]), reach)


async def _one(which: QueryString, reach: Reach) -> AccountFacts:
    rows = await Account.raw(
        "SELECT a.id, a.login, a.email, a.name, a.active,"
        " a.totp_confirmed_at IS NOT NULL AS protected, a.person AS person_id,"
        " (SELECT staff_code FROM person WHERE id = a.person) AS person_code, {} AS within"
        " FROM account a WHERE {} AND {}",
        lies_within(reach),
        which,
        seen_within(reach),
    )
    if not rows:
        raise NotVisible
    return AccountFacts(**rows[0])


async def roles_of(account_ids: Collection[int], *, on: date | None = None) -> tuple[HeldRole, ...]:
    """Newest first; `on`: only those held on that day."""
    held_on = (
        QueryString("r.valid_from <= {} AND (r.valid_to IS NULL OR r.valid_to >= {})", on, on)
        if on
        else QueryString("TRUE")
    )
    which = QueryString("r.account = ANY({}) AND {}", list(account_ids), held_on)
    return await _roles(which)


async def role_of(account_id: int, role_id: int) -> HeldRole:
    """The caller has loaded the account as visible."""
    if not 0 < role_id <= LARGEST_ID:
        raise NotVisible
    rows = await _roles(QueryString("r.account = {} AND r.id = {}", account_id, role_id))
    if not rows:
        raise NotVisible
    return rows[0]


async def periods_held(account_id: int, role: Role, unit_id: int) -> list[Period]:
    rows = await RoleHeld.raw(
        "SELECT valid_from, valid_to FROM role_held WHERE account = {} AND role = {} AND unit = {}",
        account_id,
        role,
        unit_id,
    )
    return [Period(row["valid_from"], row["valid_to"]) for row in rows]


async def deputies_of(role: HeldRole) -> tuple[HeldRole, ...]:
    """Those of this period: the same role may be held again later, with deputies of its own."""
    which = QueryString(
        "r.stands_in_for = {} AND r.role = {} AND r.unit = {}"
        " AND r.valid_from BETWEEN {} AND coalesce({}::date, 'infinity')",
        role.account_id,
        role.role,
        role.unit_id,
        role.period.first,
        role.period.last,
    )
    return await _roles(which)


async def names_of(account_ids: Collection[int]) -> dict[int, str]:
    rows = await Account.raw("SELECT id, name FROM account WHERE id = ANY({})", list(account_ids))
    return {row["id"]: row["name"] for row in rows}


async def _roles(which: QueryString) -> tuple[HeldRole, ...]:
    rows = await RoleHeld.raw(
        "SELECT r.id, r.account, r.role, r.unit, r.valid_from, r.valid_to, r.stands_in_for,"
        " o.name AS other, (SELECT v.name FROM unit_version v WHERE v.unit = r.unit"
        " ORDER BY v.valid_from DESC LIMIT 1) AS unit_name"
        " FROM role_held r LEFT JOIN account o ON o.id = r.stands_in_for WHERE {}"
        " ORDER BY r.valid_from DESC, r.id DESC",
        which,
    )
    return tuple(_held(row) for row in rows)


def _held(row: Mapping[str, Any]) -> HeldRole:
    return HeldRole(
        row["id"],
        row["account"],
        Role(row["role"]),
        row["unit"],
        row["unit_name"] or "",
        Period(row["valid_from"], row["valid_to"]),
        row["stands_in_for"],
        row["other"],
    )


def _roleless(reach: Reach) -> QueryString:
    return QueryString("(a.active AND {})", without_role(reach.today))


def matching(search: str) -> QueryString:
    """Every word begins one in the name, the login or the address; with or without marks."""
    words = search_key(search).split()[:8]
    if not words:
        return QueryString("TRUE")
    return QueryString(
        "' ' || lower(translate(a.name, {}, {})) || ' '"
        " || translate(a.login || ' ' || coalesce(a.email, ''), '._-@', '    ') LIKE ALL ({})",
        _MARKED,
        _PLAIN,
        [f"% {word}%" for word in words],
    )
