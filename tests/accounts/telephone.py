"""An authenticator on a telephone, for people in tests who have one."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

import httpx
import pyotp

from app.accounts.tables import Account
from tests.conftest import Browser, World

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def code_at(now: datetime, secret: str = SECRET) -> str:
    return pyotp.TOTP(secret).at(now)


async def give_telephone(world: World, login: str) -> None:
    """As if it had been set up long ago."""
    await Account.update(
        {Account.totp_secret: SECRET, Account.totp_confirmed_at: world.now - timedelta(days=1)}
    ).where(Account.login == login)


async def password_only(browser: Browser, world: World, login: str) -> httpx.Response:
    return await browser.form(
        "/sign-in", {"login": login, "password": world.password, "next": "/movements"}
    )


async def secret_of(login: str) -> str:
    row = await Account.select(Account.totp_secret).where(Account.login == login).first()
    return str(row["totp_secret"]) if row else ""


def codes_in(text: str) -> list[str]:
    return re.findall(r"<code>([a-z0-9]{4}-[a-z0-9]{4}-[a-z0-9]{4})</code>", text)
