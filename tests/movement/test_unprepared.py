"""A round that is only announced, with no calendar and no criteria: every page of it answers."""

from __future__ import annotations

import pytest

from tests.conftest import World

pytestmark = pytest.mark.anyio


@pytest.mark.parametrize("login", ["secretary", "member_1", "officer", "staff", "auditor"])
async def test_no_page_of_an_unprepared_round_breaks(world: World, login: str) -> None:
    path = f"/rounds/{world.ids['round_2026']}"
    tabs = ("", "/nominations", "/score-sheet", "/ranking", "/council-session", "/decision")
    async with world.client(login) as browser:
        answers = {tab: (await browser.get(path + tab)).status_code for tab in tabs}
    assert [tab for tab, status in answers.items() if status >= 500] == []
    assert answers[""] == 200
