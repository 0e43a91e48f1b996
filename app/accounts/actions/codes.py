"""One code, counted once."""

from __future__ import annotations

from datetime import datetime

from app.accounts.passwords import recovery_hash
from app.accounts.rules import plain_code, step_of
from app.accounts.tables import Account, RecoveryCode
from app.accounts.totp import codes_around


async def take_code(account_id: int, typed: str, now: datetime) -> bool:
    """Inside a transaction: whether the code was right, and from now on used.

    The lock makes two tabs with the same code wait for each other; the second finds it used.
    """
    code = plain_code(typed)
    await Account.raw("SELECT 1 FROM account WHERE id = {} FOR UPDATE", account_id)
    return await _take_step(account_id, code, now) or await _take_recovery_code(
        account_id, code, now
    )


async def _take_step(account_id: int, code: str, now: datetime) -> bool:
    rows = await Account.raw(
        "SELECT totp_secret, totp_last_step FROM account WHERE id = {}", account_id
    )
    secret = rows[0]["totp_secret"]
    step = step_of(codes_around(secret, now), code, rows[0]["totp_last_step"]) if secret else None
    if step is None:
        return False
    await Account.raw("UPDATE account SET totp_last_step = {} WHERE id = {}", step, account_id)
    return True


async def _take_recovery_code(account_id: int, code: str, now: datetime) -> bool:
    rows = await RecoveryCode.raw(
        "UPDATE recovery_code SET used_at = {} WHERE account = {} AND code_hash = {}"
        " AND used_at IS NULL RETURNING id",
        now,
        account_id,
        recovery_hash(account_id, code),
    )
    return bool(rows)
