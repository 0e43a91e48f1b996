"""How many comments one address and one list may send in ten minutes."""

from __future__ import annotations

import secrets
from datetime import timedelta

from app.public_comment import throttle
from app.public_comment.rules import MOST_OF_ADDRESS, MOST_OF_LIST, PACE
from tests.cast import at

NOW = at("2025-12-15")


def test_the_bound_of_an_address_and_its_end() -> None:
    code = secrets.token_hex(4)
    for _ in range(MOST_OF_ADDRESS):
        assert throttle.refuse(code, "10.0.0.1", NOW) is None
    assert throttle.refuse(code, "10.0.0.1", NOW) is not None
    assert throttle.refuse(code, "10.0.0.2", NOW) is None
    assert throttle.refuse(code, "10.0.0.1", NOW + PACE - timedelta(seconds=1)) is not None
    assert throttle.refuse(code, "10.0.0.1", NOW + PACE) is None


def test_the_bound_of_a_list_whatever_the_address() -> None:
    code = secrets.token_hex(4)
    for number in range(MOST_OF_LIST):
        assert throttle.refuse(code, f"10.0.1.{number}", NOW) is None
    assert throttle.refuse(code, "10.9.9.9", NOW) is not None
    assert throttle.refuse(secrets.token_hex(4), "10.9.9.9", NOW) is None


def test_no_address_is_kept_readable() -> None:
    throttle.refuse("code", "203.0.113.77", NOW)
    assert "203.0.113.77" not in repr(throttle._seen)
