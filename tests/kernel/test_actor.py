from __future__ import annotations

from app.kernel.actor import ROLE_WORDS, Role


def test_every_role_has_its_words() -> None:
    assert set(ROLE_WORDS) == set(Role)
    assert len(set(ROLE_WORDS.values())) == len(Role)
