"""Decimal strings as scaled integers: `20.5` at two places is 2050; sums are exact and fast."""

from __future__ import annotations

import re

# Thirty digits are far above any points and far below where reading digits becomes slow.
_PLAIN = re.compile(r"-?[0-9]{1,30}(?:\.([0-9]{1,30}))?")


def places(text: str) -> int | None:
    """Digits after the point, or None when `text` is no plain decimal (NaN, 1e3, 1,5, .5)."""
    match = _PLAIN.fullmatch(text)
    if match is None:
        return None
    return len(match[1] or "")


def scaled(text: str, to_places: int) -> int:
    """A plain decimal times 10**to_places; `to_places` is at least its own places."""
    whole, _, fraction = text.partition(".")
    return int(whole + fraction.ljust(to_places, "0"))


def show_ratio(numerator: int, denominator: int, decimals: int) -> str:
    """The ratio rounded half up (away from zero); `denominator` is positive. Never `-0.00`."""
    shifted = abs(numerator) * 10**decimals
    rounded = (2 * shifted + denominator) // (2 * denominator)
    sign = "-" if numerator < 0 and rounded else ""
    digits = str(rounded).rjust(decimals + 1, "0")
    if decimals == 0:
        return sign + digits
    return f"{sign}{digits[:-decimals]}.{digits[-decimals:]}"
