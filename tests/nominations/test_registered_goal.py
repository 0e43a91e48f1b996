"""What was registered at the beginning of the year stands beside what came of it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.nominations import actions, queries
from app.nominations.documents import render_report
from app.nominations.rules import Registered
from app.nominations.rules.warnings import warnings_of
from app.nominations.tables import Registration
from tests.conftest import World
from tests.nominations.dossiers import MORNING
from tests.nominations.prepared import add_proofs, draft_person
from tests.nominations.test_registering import GOAL, open_days, register
from tests.nominations.test_report import made, text_of
from tests.nominations.test_warnings_facts import found
from tests.nominations.test_warnings_rules import CLEAN

pytestmark = pytest.mark.anyio


async def registered(world: World) -> int:
    await open_days(world)
    (row,) = await register(world, "anh")
    officer = await world.actor("officer")
    return await actions.nominate_registered(row, actor=officer, now=world.now)


async def test_the_dossier_shows_the_goal_beside_the_figures(world: World) -> None:
    nomination = await registered(world)
    async with world.client("officer") as browser:
        empty = (await browser.get(f"/nominations/{nomination}")).text
        assert "Chưa có kết quả có số liệu." in empty
        await add_proofs(world, nomination, "individual")
        page = (await browser.get(f"/nominations/{nomination}")).text
        report = (await browser.get(f"/nominations/{nomination}/report")).text
    panel = page[page.index('id="registered"') : page.index('id="evidence"')]
    assert (GOAL in panel, panel.count("sau 12 giờ"), panel.count("sau 30,5 giờ")) == (True, 1, 1)
    assert f"Đã đăng ký Giấy khen: {GOAL}" in report


async def test_who_is_nominated_later_finds_the_goal_in_the_list(world: World) -> None:
    await open_days(world)
    await register(world, "anh")
    here = f"/rounds/{world.ids['round_2025']}"
    async with world.client("officer") as browser:
        page = (await browser.get(f"{here}/nominations/new?subject=individual")).text
    assert page.count(f"Đã đăng ký: {GOAL}") == 1
    assert f'href="{here}/registrations?state=open"' in page


async def test_nothing_is_shown_of_what_was_withdrawn_or_of_another_round(world: World) -> None:
    nomination = await draft_person(world)
    await open_days(world)
    await register(world, "anh")
    officer = await world.actor("officer")
    for change in ("round = {round_2026}", "withdrawn_at = at"):
        assert (await queries.nomination(nomination, officer)).registered is not None
        await Registration.raw(f"UPDATE registration SET {change.format(**world.ids)}")
        assert (await queries.nomination(nomination, officer)).registered is None
        await Registration.raw(
            "UPDATE registration SET round = {}, withdrawn_at = NULL", world.ids["round_2025"]
        )


async def test_a_dossier_without_registration_says_so(world: World) -> None:
    plain = await draft_person(world, "binh")
    await add_proofs(world, plain, "individual")
    assert await found(world, plain) == ()
    nomination = await registered(world)
    assert [w.kind for w in await found(world, plain)] == ["unregistered"]
    assert await found(world, nomination) == ()
    await add_proofs(world, nomination, "individual")
    for sent in (plain, nomination):
        await actions.submit(sent, actor=await world.actor("officer"), now=world.now)
    path = f"/rounds/{world.ids['round_2025']}/warnings?kind=unregistered"
    async with world.client("appraiser") as browser:
        page = (await browser.get(path)).text
    assert ("Lý Thị Bình" in page, "Hoàng Văn Ánh" in page) == (True, False)


def test_the_warning_is_of_the_round_that_took_registrations() -> None:
    assert [w.kind for w in warnings_of(replace(CLEAN, unregistered=True))] == ["unregistered"]
    assert warnings_of(CLEAN) == ()


def test_the_paper_names_the_goal() -> None:
    line = f"Đăng ký thi đua đầu năm (Giấy khen): {GOAL}"
    assert line in text_of(render_report(made(registered=Registered("Giấy khen", GOAL, MORNING))))
    assert "Đăng ký thi đua đầu năm" not in text_of(render_report(made()))
