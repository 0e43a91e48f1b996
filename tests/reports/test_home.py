"""What waits for whom on the home page: with its day, and where the link leads."""

from __future__ import annotations

import html
import re
from datetime import date

import pytest

from app.movement.tables import ReviewRound
from app.nominations.tables import InterAgencyOpinion, ItemReturn
from app.public_comment.tables import Publication, PublicComment
from tests import cast
from tests.conftest import World
from tests.nominations import crowd
from tests.nominations.prepared import attest, draft_person, submitted_person
from tests.nominations.routed import drafted, on_its_way, routed_round

pytestmark = pytest.mark.anyio
LINE = re.compile(r'<li><a href="([^"]+)">([^<]+)</a>(?: <span class="sub">([^<]+)</span>)?</li>')


async def waiting(world: World, login: str, day: str = "2025-11-10") -> list[tuple[str, str, str]]:
    async with world.client(login, now=world.at(day)) as browser:
        page = (await browser.get("/")).text
        found = re.search(r'id="waiting">(.*?)</section>', page, re.DOTALL)
        assert found
        lines = [
            (html.unescape(href), html.unescape(text), due)
            for href, text, due in LINE.findall(found[1])
        ]
        # Every link leads to a page this reader has.
        for href, _, _ in lines:
            assert (await browser.get(href)).status_code == 200, href
    return lines


async def ask(world: World, nomination: int, due_on: date, *, answered: bool = False) -> None:
    await ItemReturn(
        nomination=nomination,
        item="report",
        question="Bổ sung số liệu.",
        due_on=due_on,
        by=world.ids["account:appraiser"],
        at=world.now,
        answer="Đã bổ sung." if answered else "",
        answered_by=world.ids["account:officer"] if answered else None,
        answered_at=world.now if answered else None,
    ).save()


async def test_a_nominee_hears_of_the_own_draft_and_of_what_came_back(world: World) -> None:
    made = await draft_person(world)
    assert await waiting(world, "staff") == [
        (
            f"/nominations/{made}",
            "Hồ sơ của Ông/Bà trong Tổng kết năm 2025 đang chuẩn bị.",
            "hạn 20/11/2025, còn 10 ngày",
        )
    ]
    assert await waiting(world, "staff", "2025-11-21") == []


async def test_an_item_sent_back_waits_for_the_unit_and_the_nominee_until_it_is_answered(
    world: World,
) -> None:
    made = await submitted_person(world)
    await attest(world, made, "G1", "appraiser")
    await ask(world, made, date(2025, 11, 10))
    listed = f"/rounds/{world.ids['round_2025']}/nominations?task=asked"
    asked = (listed, "1 mục của Tổng kết năm 2025 bị trả lại, chờ bổ sung.", "hạn hôm nay")
    assert await waiting(world, "officer") == [asked]
    assert await waiting(world, "staff") == [asked]
    assert await waiting(world, "other_officer") == [
        (
            f"/rounds/{world.ids['round_2025']}/nominations/new",
            "Tổng kết năm 2025 đang nhận hồ sơ; đơn vị chưa lập đề nghị nào.",
            "hạn 20/11/2025, còn 10 ngày",
        )
    ]
    assert await waiting(world, "appraiser") == []
    late = f"/rounds/{world.ids['round_2025']}/appraisal?state=overdue"
    assert await waiting(world, "appraiser", "2025-11-11") == [
        (
            late,
            "1 mục của Tổng kết năm 2025 quá hạn mà chưa được bổ sung.",
            "quá hạn từ 10/11/2025",
        )
    ]
    await ItemReturn.update(
        {
            ItemReturn.answered_at: world.now,
            ItemReturn.answered_by: world.ids["account:officer"],
        },
        force=True,
    )
    assert await waiting(world, "officer") == []
    assert await waiting(world, "appraiser") == [
        (
            f"/rounds/{world.ids['round_2025']}/appraisal?state=answered",
            "1 mục của Tổng kết năm 2025 đã được bổ sung, chờ Ông/Bà xem lại.",
            "",
        )
    ]
    # Only who asked looks again; the secretary of the same office did not.
    assert [line for line in await waiting(world, "secretary") if "mục" in line[1]] == []


async def test_registration_days_remind_the_unit_that_has_registered_nobody(world: World) -> None:
    await draft_person(world)
    await ReviewRound.update(
        {
            ReviewRound.registration_open_on: date(2025, 11, 1),
            ReviewRound.registration_close_on: date(2025, 11, 12),
        }
    ).where(ReviewRound.id == world.ids["round_2025"])
    message = "Tổng kết năm 2025 đang nhận đăng ký thi đua; đơn vị chưa đăng ký ai."
    assert message in [text for _, text, _ in await waiting(world, "officer", "2025-11-12")]
    assert message not in [text for _, text, _ in await waiting(world, "officer", "2025-11-13")]


async def test_registration_is_told_before_days_of_nomination_are_set(world: World) -> None:
    await ReviewRound.update(
        {
            ReviewRound.registration_open_on: date(2025, 11, 1),
            ReviewRound.registration_close_on: date(2025, 11, 12),
            ReviewRound.nominations_open_on: None,
            ReviewRound.nominations_close_on: None,
        }
    ).where(ReviewRound.id == world.ids["round_2025"])
    message = "Tổng kết năm 2025 đang nhận đăng ký thi đua; đơn vị chưa đăng ký ai."
    told = {
        day: [due for _, text, due in await waiting(world, "officer", day) if text == message]
        for day in ("2025-11-12", "2025-11-13")
    }
    assert told == {"2025-11-12": ["hạn hôm nay"], "2025-11-13": []}


async def test_a_head_hears_of_lists_to_send_on_and_a_unit_of_views_asked(world: World) -> None:
    round_id = await routed_round(world)
    await drafted(world)
    waits = await on_its_way(world, "dung")
    await InterAgencyOpinion(
        nomination=waits,
        unit=world.ids["cao_bang"],
        question="Có ý kiến gì?",
        due_on=date(2025, 11, 11),
        by=world.ids["account:head"],
        at=world.now,
    ).save()
    name = "Tổng kết năm 2025 qua các cấp"
    endorse = (
        f"/rounds/{round_id}/endorsement",
        f"1 hồ sơ của {name} chờ Ông/Bà trình tiếp.",
        "hạn 15/11/2025, còn 5 ngày",
    )
    view = (
        f"/rounds/{round_id}/nominations?task=view",
        f"1 hồ sơ của {name} chờ ý kiến hiệp y của đơn vị.",
        "hạn 11/11/2025, còn 1 ngày",
    )
    assert endorse in await waiting(world, "kv_head")
    assert endorse not in await waiting(world, "kv_head", "2025-11-16")
    assert endorse not in await waiting(world, "other_head")
    assert view in await waiting(world, "other_officer")
    assert view not in await waiting(world, "officer")
    assert view not in await waiting(world, "other_officer", "2025-11-12")


async def test_a_secretary_hears_of_comments_to_handle_and_of_stages_that_end(
    world: World,
) -> None:
    published = Publication(
        round=world.ids["round_2025"],
        code="abc",
        title="Danh sách đề nghị",
        first_on=date(2025, 11, 3),
        last_on=date(2025, 11, 14),
        working_days=10,
        contact="",
        by=world.ids["account:secretary"],
        at=world.now,
    )
    await published.save()
    await PublicComment(
        publication=published.id, author="", contact="", text="Có ý kiến.", at=world.now
    ).save()
    comments = (
        f"/publications/{published.id}",
        "1 ý kiến về Danh sách đề nghị chờ xử lý.",
        "hạn 14/11/2025, còn 4 ngày",
    )
    ends = (
        f"/rounds/{world.ids['round_2025']}",
        "Tổng kết năm 2025: giai đoạn “Tự chấm điểm và đề nghị” sắp hết thời hạn.",
        "hạn 20/11/2025, còn 7 ngày",
    )
    assert await waiting(world, "secretary") == [comments]
    assert ends in await waiting(world, "secretary", "2025-11-13")
    assert ends not in await waiting(world, "secretary", "2025-11-21")
    assert await waiting(world, "leader") == []


async def test_the_home_page_asks_the_same_for_many_dossiers_as_for_none(world: World) -> None:
    async def asked(login: str) -> int:
        async with world.client(login) as browser:
            await browser.get("/")
            with world.count_queries() as counter:
                assert (await browser.get("/")).status_code == 200
        return counter.count

    before = {login: await asked(login) for login in cast.CAST}
    await crowd.gather(world, 300)
    assert {login: await asked(login) for login in cast.CAST} == before
    assert max(before.values()) <= 14
