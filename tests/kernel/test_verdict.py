from __future__ import annotations

import pytest

from app.kernel.verdict import Outcome, worst


@pytest.mark.parametrize(
    ("outcomes", "expected"),
    [
        ([], Outcome.PASS),
        ([Outcome.PASS, Outcome.PASS], Outcome.PASS),
        ([Outcome.PASS, Outcome.HOLD], Outcome.HOLD),
        ([Outcome.HOLD, Outcome.FAIL, Outcome.PASS], Outcome.FAIL),
    ],
)
def test_no_pass_compensates(outcomes: list[Outcome], expected: Outcome) -> None:
    assert worst(outcomes) is expected
