"""A round from the plan of its movement to the list the council gets, each step by its people."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

import pytest

from app.accounts import actions as accounts
from app.kernel.actor import Role
from app.reports.invariants import broken
from tests import cast
from tests.conftest import World
from tests.journey import appraising, launching, preparing, publishing, sending
from tests.journey.correcting import correct
from tests.journey.pages import texts
from tests.journey.preparing import prepared
from tests.journey.site import PHONE, Site, served
from tests.nominations.routed import sign_up, standing

pytestmark = pytest.mark.anyio

CHI, DUNG, ANH, BINH = "Nông Thị Chi", "Đặng Đình Dũng", "Hoàng Văn Ánh", "Lý Thị Bình"
REGION = "Viện kiểm sát nhân dân khu vực 1 - Lạng Sơn"
INCOMPLETE = "Thiếu xác nhận của thủ trưởng về nội bộ đoàn kết."
TOO_FEW = "Thành tích chưa vượt mức bình quân của đơn vị."


@dataclass
class Play:
    """`round`: its address; `dossiers`: theirs, by the name of the person."""

    world: World
    site: Site
    round: str
    dossiers: dict[str, str]


async def test_a_whole_round_in_the_browser(world: World) -> None:
    await _people(world)
    async with served(world) as site:
        play = Play(world, site, await _launched(world, site), {})
        await _registered(play)
        await _prepared(play)
        await _sent_up(play)
        await _appraised(play)
        await _published(play)
    stages = {name: (await standing(_id(path))).stage for name, path in play.dossiers.items()}
    assert stages == {CHI: "office", DUNG: "office", ANH: "refused", BINH: "withdrawn"}
    assert site.complaints == []
    assert await broken() == []


def _id(address: str) -> int:
    return int(address.rpartition("/")[2])


async def _people(world: World) -> None:
    for login, role in (("kv_officer", Role.UNIT_OFFICER), ("kv_head", Role.UNIT_HEAD)):
        await sign_up(world, login, role, "kv_1")
    nominee = await accounts.create_account(
        None,
        login="chi",
        name=CHI,
        password=world.password,
        person_id=world.ids["chi"],
        now=world.now,
    )
    await accounts.grant(None, nominee, Role.STAFF, world.ids["kv_1"], cast.START, now=world.now)


async def _launched(world: World, site: Site) -> str:
    """January: the movement, its criteria, its round, which is opened."""
    site.now = world.at("2025-01-13")
    secretary = await site.signed_in("secretary")
    movement = await launching.launch(secretary, site.base)
    await launching.build_criteria(secretary, movement)
    round_url = await launching.plan_round(secretary, movement)
    await launching.open_round(secretary, round_url)
    return round_url


async def _registered(play: Play) -> None:
    play.site.now = play.world.at("2025-02-20")
    region, province = await asyncio.gather(*map(play.site.signed_in, ("kv_officer", "officer")))
    await preparing.register(region, play.round, CHI, DUNG)
    await preparing.register(province, play.round, ANH, BINH)


async def _prepared(play: Play) -> None:
    """November: Chi's dossier by hand, the others' by the same actions; one is withdrawn."""
    site, round_url = play.site, play.round
    site.now = play.world.at("2025-11-05")
    officer, head, province, secretary = await asyncio.gather(
        *map(site.signed_in, ("kv_officer", "kv_head", "officer", "secretary"))
    )
    nominee = await site.signed_in("chi", width=PHONE)
    chi = await preparing.nominate(officer, round_url, CHI)
    await preparing.write(nominee, chi)
    await preparing.upload(nominee, chi)
    await preparing.give_points(nominee, chi, "self", "32", "18", "15")
    others = {DUNG: ("dung", "kv_1"), ANH: ("anh", "phong_1"), BINH: ("binh", "phong_1")}
    play.dossiers = {CHI: chi}
    for name, (person, unit) in others.items():
        made = await prepared(play.world, site.now, _id(round_url), person, unit)
        play.dossiers[name] = f"{site.base}/nominations/{made}"
    await preparing.keep_minutes(officer, round_url, {CHI: ("10", "1"), DUNG: ("8", "3")})
    await preparing.give_points(officer, chi, "unit", "30", "18", "15")
    await preparing.submit(officer, chi)
    await preparing.submit(officer, play.dossiers[DUNG])
    await preparing.attest(head, chi, "G4")
    await correct(secretary, round_url, CHI)
    await preparing.print_papers(officer, chi, CHI, "83")
    await preparing.withdraw(province, play.dossiers[BINH])


async def _sent_up(play: Play) -> None:
    """Two levels; the upper one sends one back, which comes again, and stops another."""
    site, round_url, dossiers = play.site, play.round, play.dossiers
    site.now = play.world.at("2025-11-13")
    region, province, officer = await asyncio.gather(
        *map(site.signed_in, ("kv_head", "head", "kv_officer"))
    )
    await sending.send_on(region, round_url, "11/TTr-KV1", {DUNG: "9", CHI: "8"})
    await sending.take_back(region, "11/TTr-KV1")
    await sending.send_on(region, round_url, "12/TTr-KV1", {CHI: "10", DUNG: "8"})
    assert sorted(await sending.waiting(province, round_url)) == sorted([CHI, DUNG, ANH])
    await sending.send_back(province, dossiers[DUNG], REGION, INCOMPLETE)
    await sending.stop(province, dossiers[ANH], TOO_FEW)
    await sending.send_on(province, round_url, "40/TTr-VKS", {CHI: "11"})
    await sending.reads(officer, dossiers[DUNG], INCOMPLETE)
    await preparing.attest(region, dossiers[DUNG], "G4")
    await sending.send_on(region, round_url, "13/TTr-KV1", {DUNG: "11"})
    await sending.send_on(province, round_url, "41/TTr-VKS", {DUNG: "10"})


async def _appraised(play: Play) -> None:
    """Another unit's view, one item back and forth, more days for it, the appraiser's word."""
    site, round_url, chi = play.site, play.round, play.dossiers[CHI]
    site.now = play.world.at("2025-11-18")
    appraiser, secretary, asked = await asyncio.gather(
        *map(site.signed_in, ("appraiser", "secretary", "other_officer"))
    )
    nominee = await site.signed_in("chi", width=PHONE)
    assert await appraising.editable(nominee, chi) == []
    await appraising.ask_view(appraiser, chi, "cao-bang", "21/11/2025")
    await appraising.give_view(asked, chi)
    question = "Số giờ tự học tính từ tháng nào?"
    await appraising.ask(appraiser, round_url, CHI, "criterion:C1", question)
    assert await appraising.editable(nominee, chi) == ["C1"]
    await appraising.answer(nominee, chi, "Tính từ tháng 12 năm 2024.")
    assert await appraising.editable(nominee, chi) == []
    await appraising.ask_again(appraiser, chi, "Ghi rõ ngày bắt đầu.")
    await appraising.answer(nominee, chi, "Từ ngày 01/12/2024, theo sổ theo dõi học tập.")
    await appraising.accept(appraiser, chi)
    reason = "Chờ ý kiến của đơn vị phối hợp."
    await appraising.extend(secretary, round_url, "appraisal", "28/11/2025", reason)
    await preparing.give_points(appraiser, chi, "appraisal", "30", "17", "15")
    for dossier in (play.dossiers[DUNG], chi):
        await preparing.attest(appraiser, dossier, "G1")
    assert await texts(appraiser, "#gates .verdict-outcome") == ["Đạt"] * 5


async def _published(play: Play) -> None:
    """December: what goes to the council is frozen, and lies open to the public for ten days."""
    site, round_url = play.site, play.round
    site.now = play.world.at("2025-12-01")
    secretary, member, stranger = await asyncio.gather(
        site.signed_in("secretary"), site.signed_in("member_1"), site.stranger()
    )
    await appraising.open_scoring(secretary, round_url)
    assert await appraising.on_the_sheet(member, round_url) == [CHI, DUNG]
    listed = f"{round_url}/nominations/export.csv?state=pass"
    rows = await (await secretary.context.request.get(listed)).text()
    assert [name for name in (CHI, DUNG, ANH, BINH) if name in rows] == [CHI, DUNG]
    publication, address = await publishing.publish(secretary, round_url, "01/12/2025")
    await publishing.comment(stranger, address, [CHI, DUNG])
    site.now = play.world.at("2025-12-15")
    secretary = await site.signed_in("secretary")
    await publishing.handle(secretary, publication)
    await publishing.print_result(secretary, publication, CHI)
    await stranger.goto(address)
    assert CHI not in await stranger.locator("body").inner_text()
