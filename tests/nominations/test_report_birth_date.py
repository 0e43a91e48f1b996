from __future__ import annotations

import pytest

from tests.conftest import World
from tests.finished_round import finish

pytestmark = pytest.mark.anyio
BORN = "10/01/1985"


async def test_only_those_who_write_or_check_the_papers_read_the_birth_date(world: World) -> None:
    finished = await finish(world)
    readers = set()
    for login in ("staff", "officer", "appraiser", "secretary", "member_1", "leader", "auditor"):
        async with world.client(login, now=world.at("2025-12-20")) as browser:
            page = await browser.get(f"/nominations/{finished.own}/report")
            assert page.status_code == 200
            if BORN in page.text:
                readers.add(login)
    assert readers == {"staff", "officer", "appraiser", "secretary"}
