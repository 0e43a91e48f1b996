"""Time-based codes (RFC 6238) and the picture a telephone reads the secret from."""

from __future__ import annotations

from datetime import datetime

import pyotp
import segno

from app.accounts.rules import steps_around

ISSUER = "Thi Đua"


def new_secret() -> str:
    return pyotp.random_base32()


def codes_around(secret: str, now: datetime) -> dict[int, str]:
    """Time step to code, for the steps whose codes count at this moment."""
    totp = pyotp.TOTP(secret)
    return {step: totp.generate_otp(step) for step in steps_around(now.timestamp())}


def picture(secret: str, login: str) -> str:
    """The QR code as a `data:` address, so that the secret has no address of its own."""
    uri = pyotp.TOTP(secret).provisioning_uri(name=login, issuer_name=ISSUER)
    return str(segno.make(uri, error="m").png_data_uri(scale=6, border=4))
