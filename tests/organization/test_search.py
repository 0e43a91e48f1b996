"""Found by the beginnings of words."""

from __future__ import annotations

from datetime import date

import pytest

from app.organization import actions, queries
from app.organization.rules import NewUnit
from tests.conftest import World

pytestmark = pytest.mark.anyio


async def test_a_unit_is_found_by_beginnings_but_a_number_is_meant_whole(world: World) -> None:
    day = date(2024, 1, 1)
    for number in (10, 11):
        await actions.found(
            NewUnit(f"kv-{number}", "regional", f"Khu vực {number}"),
            world.ids["root"],
            day,
            actor=await world.actor("administrator"),
            now=world.now,
        )

    async def found(words: str) -> list[str]:
        rows = (await queries.search_units(words, day)).rows
        return [row.code for row in rows]

    assert await found("khu vu 1") == ["cb-kv-1", "kv-1"]
    assert await found("10 kh") == ["kv-10"]
    assert await found("hu vuc") == []
