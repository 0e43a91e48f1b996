"""What the place of use asks for; read anew each time, so that a test may set it."""

from __future__ import annotations

import os

from app.accounts.rules import failures_per_address, is_required
from app.database import configured_url


def second_factor_required() -> bool:
    """THIDUA_SECOND_FACTOR: `required` or `optional`; by default required in real use.

    Real use has a database of its own; the embedded one is for trying out.
    """
    setting = os.environ.get("THIDUA_SECOND_FACTOR", "").strip()
    return is_required(setting, own_database=not configured_url())


def failures_allowed_per_address() -> int:
    """THIDUA_FAILURES_PER_ADDRESS: more where a whole office comes from one address."""
    return failures_per_address(os.environ.get("THIDUA_FAILURES_PER_ADDRESS", "").strip())
