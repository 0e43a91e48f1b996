"""Register numbers and the code that anybody may look up: made here, read back here."""

from __future__ import annotations

import secrets

from app.catalogue.rules import printed_title

# Crockford's alphabet has no I, L, O and U, so nothing that is misread is ever a letter of it.
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 12
_GROUP = 4
_MISREAD = str.maketrans("OIL", "011")


def new_code() -> str:
    """60 random bits: nobody finds another certificate by trying."""
    return group("".join(secrets.choice(ALPHABET) for _ in range(LENGTH)))


def group(symbols: str) -> str:
    """`7K3M9QXR2TDE` -> `7K3M-9QXR-2TDE`, as it is printed and stored."""
    return "-".join(symbols[start : start + _GROUP] for start in range(0, len(symbols), _GROUP))


def read_code(typed: str) -> str | None:
    """The stored form of what somebody typed or scanned; None when it cannot be a code.

    Lower case, spaces and dashes are forgiven, and so are O for 0 and I or L for 1.
    """
    symbols = "".join(c for c in typed.upper() if not c.isspace() and c not in "-–—")
    symbols = symbols.translate(_MISREAD)
    if len(symbols) != LENGTH or any(symbol not in ALPHABET for symbol in symbols):
        return None
    return group(symbols)


def register_series(year: int) -> str:
    return f"register:{year}"


def register_number(number: int, year: int, award_form: str) -> str:
    """`1, 2025, Giấy khen` -> `0001/2025-GK`."""
    initials = "".join(word[0].upper() for word in printed_title(award_form).split())
    return f"{number:04d}/{year}-{initials}"
