"""The registry of what the system can measure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import pytest

from app.kernel import indicators
from app.kernel.indicators import Indicator, Measurable, Measured, register, registered


async def nothing(nominees: Sequence[Measurable]) -> Mapping[int, Measured]:
    return {nominee.id: Measured(None) for nominee in nominees}


def indicator(code: str) -> Indicator:
    return Indicator(code, "Tên", "năm", "Nguồn", "Kỳ", "Cách tính", ("individual",), nothing)


@pytest.fixture(autouse=True)
def _restored() -> Iterator[None]:
    kept = dict(indicators._registered)
    yield
    indicators._registered.clear()
    indicators._registered.update(kept)


def test_indicators_are_found_by_code_in_their_order() -> None:
    one, two = indicator("x.one"), indicator("x.two")
    register(two, one)
    assert [code for code in registered() if code.startswith("x.")] == ["x.two", "x.one"]
    assert registered()["x.one"] is one


def test_the_same_indicator_may_come_twice_but_no_other_of_its_name() -> None:
    one = indicator("x.one")
    register(one)
    register(one)
    with pytest.raises(ValueError, match=r"x\.one"):
        register(indicator("x.one"))
    assert registered()["x.one"] is one


def test_what_is_handed_out_is_a_copy() -> None:
    found = dict(registered())
    register(indicator("x.one"))
    assert "x.one" not in found
