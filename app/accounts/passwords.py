"""Argon2id, away from the event loop: one verification keeps a core busy for a while."""

from __future__ import annotations

import asyncio
import hashlib
import secrets

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from app.accounts.rules import RECOVERY_CODES, RECOVERY_LENGTH, RECOVERY_LETTERS

_hasher = PasswordHasher()
# Verified when the login is unknown, so that both answers take the same work.
NOBODY = _hasher.hash(secrets.token_urlsafe(16))


def hash_password(password: str) -> str:
    return _hasher.hash(password)


async def hashed(password: str) -> str:
    return await asyncio.to_thread(hash_password, password)


async def matches(password_hash: str, password: str) -> bool:
    return await asyncio.to_thread(_matches, password_hash, password)


def is_outdated(password_hash: str) -> bool:
    """Made with other parameters than those of today."""
    return _hasher.check_needs_rehash(password_hash)


def new_token() -> str:
    return secrets.token_urlsafe(32)


def new_recovery_codes() -> tuple[str, ...]:
    return tuple(
        "".join(secrets.choice(RECOVERY_LETTERS) for _ in range(RECOVERY_LENGTH))
        for _ in range(RECOVERY_CODES)
    )


def recovery_hash(account_id: int, code: str) -> str:
    """58 random bits need no slow hash; the account keeps equal codes of two people apart."""
    return hashlib.sha256(f"{account_id}:{code}".encode()).hexdigest()


def _matches(password_hash: str, password: str) -> bool:
    try:
        return _hasher.verify(password_hash, password)
    except (VerificationError, InvalidHashError):
        return False
