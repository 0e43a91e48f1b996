"""What must not exist among accounts, roles and sessions."""

from __future__ import annotations

from app.accounts.tables import Account


async def broken_role_held_twice_at_once() -> list[str]:
    """The same role over the same unit in periods that overlap."""
    return await _named("""
        SELECT c.login || ' ' || a.role AS what FROM role_held a JOIN role_held b
         ON a.account = b.account AND a.role = b.role AND a.unit = b.unit AND a.id < b.id
        JOIN account c ON c.id = a.account
        WHERE a.stands_in_for IS NOT DISTINCT FROM b.stands_in_for
         AND a.valid_from <= coalesce(b.valid_to, 'infinity')
         AND b.valid_from <= coalesce(a.valid_to, 'infinity')
    """)


async def broken_login_like_an_address() -> list[str]:
    """It could be the address with which somebody else signs in."""
    return await _named("SELECT login AS what FROM account WHERE login LIKE '%@%'")


async def broken_stand_in_for_oneself() -> list[str]:
    """A deputy is somebody else."""
    return await _named("""
        SELECT c.login AS what FROM role_held r JOIN account c ON c.id = r.account
        WHERE r.stands_in_for = r.account
    """)


async def broken_deputy_outside_the_role_stood_in_for() -> list[str]:
    """On every day a deputy acts, somebody holds what is stood in for."""
    return await _named("""
        SELECT c.login || ' ' || d.role AS what FROM role_held d JOIN account c ON c.id = d.account
        WHERE d.stands_in_for IS NOT NULL AND NOT EXISTS (SELECT FROM role_held r
         WHERE r.account = d.stands_in_for AND r.role = d.role AND r.unit = d.unit
         AND r.stands_in_for IS NULL AND r.valid_from <= d.valid_from
         AND coalesce(r.valid_to, 'infinity') >= coalesce(d.valid_to, 'infinity'))
    """)


async def broken_session_of_a_closed_account() -> list[str]:
    """Closing an account ends its sessions."""
    return await _named("""
        SELECT DISTINCT c.login AS what FROM sign_in_session s JOIN account c ON c.id = s.account
        WHERE NOT c.active
    """)


async def broken_second_factor_without_a_secret() -> list[str]:
    return await _named("""
        SELECT login AS what FROM account
        WHERE totp_confirmed_at IS NOT NULL AND totp_secret IS NULL
    """)


async def _named(sql: str) -> list[str]:
    """`sql` gives a text column `what`."""
    return [row["what"] for row in await Account.raw(sql)]
