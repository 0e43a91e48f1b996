"""Trình danh sách in the browser: count and codes first, then the paper, then it is sent."""

from __future__ import annotations

import hashlib
import re
from io import BytesIO

import httpx
import pytest
from pypdf import PdfWriter

from app.accounts.tables import RoleHeld
from app.files import store
from app.nominations.actions.returning import return_dossier
from app.nominations.queries import endorsing as queries
from app.nominations.rules.routing import Standing
from app.nominations.tables import Endorsement, EndorsementList
from app.organization import actions as organization
from app.organization.rules import NewUnit
from tests.conftest import Browser, World
from tests.files import spoilt
from tests.nominations.routed import (
    at_office,
    on_its_way,
    routed_round,
    send_on,
    standing,
)

pytestmark = pytest.mark.anyio
PAPER = {"paper_number": "12/TTr-VKS", "paper_on": "10/11/2025", "votes_total": "9"}


def here(world: World) -> str:
    return f"/rounds/{world.ids['routed']}/endorsement"


def hidden(text: str) -> str:
    found = re.search(r'name="list" value="([^"]*)"', text)
    assert found is not None
    return found[1]


def a_pdf() -> bytes:
    made, writer = BytesIO(), PdfWriter()
    writer.add_blank_page(100, 100)
    writer.write(made)
    return made.getvalue()


async def upload(
    browser: Browser, path: str, data: dict[str, str], content: bytes, name: str = "to-trinh.pdf"
) -> httpx.Response:
    token = browser.cookies["thidua_csrf"]
    return await browser.post(
        path,
        data={**data, "_csrf_token": token},
        files={"paper": (name, content, "application/pdf")},
    )


async def test_chosen_ordered_confirmed_and_sent(world: World) -> None:
    await routed_round(world)
    first, second = await on_its_way(world, "chi"), await on_its_way(world, "dung")
    unit = str(world.ids["kv_1"])
    chosen = {
        "unit": unit,
        "after": "",
        "choose": "some",
        f"pick-{first}": "yes",
        f"order-{first}": "2",
        f"votes-{first}": "",
        f"pick-{second}": "yes",
        f"order-{second}": "1",
        f"votes-{second}": "8",
    }
    async with world.client("kv_head") as client:
        page = await client.get(here(world))
        assert page.text.count('type="checkbox"') == 2
        confirm = await client.form(f"{here(world)}/selection", chosen)
        assert confirm.status_code == 200
        assert hidden(confirm.text) == f"{second}:8 {first}:"
        assert "Trình 2 hồ sơ" in confirm.text
        assert confirm.text.index("CN-2025-0002") < confirm.text.index("CN-2025-0001")
        assert await EndorsementList.count() == 0
        data = {"unit": unit, "list": hidden(confirm.text), **PAPER}
        sent = await client.form(here(world), data)
        assert (sent.status_code, sent.headers["location"]) == (303, f"{here(world)}?unit={unit}")
        again = await client.form(here(world), data)
        assert again.status_code == 409
        assert "2 hồ sơ không còn chờ ở cấp này (CN-2025-0001, CN-2025-0002)" in again.text
        assert 'value="12/TTr-VKS"' in again.text
    rows = await Endorsement.select().order_by(Endorsement.position)
    assert [(row["nomination"], row["votes"]) for row in rows] == [(second, 8), (first, None)]


async def test_nothing_chosen_and_spoilt_numbers_come_back_beside_their_row(world: World) -> None:
    await routed_round(world)
    made = await on_its_way(world)
    data = {"unit": str(world.ids["kv_1"]), "choose": "some", f"votes-{made}": "chín"}
    async with world.client("kv_head") as client:
        empty = await client.form(f"{here(world)}/selection", data)
        assert (empty.status_code, "Vui lòng chọn ít nhất một hồ sơ." in empty.text) == (422, True)
        assert 'value="chín"' in empty.text
        assert not re.search(r'type="checkbox"[^>]* checked', empty.text)
        spoilt = await client.form(f"{here(world)}/selection", {**data, f"pick-{made}": "yes"})
        assert spoilt.status_code == 422
        assert "Vui lòng nhập một số nguyên không âm." in spoilt.text
        assert re.search(r'type="checkbox"[^>]* checked', spoilt.text)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"paper_number": ""}, "Vui lòng nhập mục này."),
        ({"paper_on": "hôm nay"}, "Vui lòng nhập ngày theo dạng dd/mm/yyyy."),
        ({"paper_on": "11/11/2025"}, "từ ngày mở đợt xét (20/10/2025) đến hôm nay"),
        ({"paper_on": "19/10/2025"}, "từ ngày mở đợt xét (20/10/2025) đến hôm nay"),
        ({"votes_total": "0"}, "Giá trị phải từ 1 đến 10000."),
        ({"votes_total": "7"}, "lớn hơn tổng số phiếu"),
        ({"votes_total": ""}, "Vui lòng nhập tổng số phiếu"),
    ],
)
async def test_the_paper_is_checked_beside_its_fields(
    world: World, changes: dict[str, str], message: str
) -> None:
    await routed_round(world)
    made = await on_its_way(world)
    data = {"unit": str(world.ids["kv_1"]), "list": f"{made}:8", **PAPER, **changes}
    async with world.client("kv_head") as client:
        answer = await client.form(here(world), data)
    assert (answer.status_code, message in answer.text) == (422, True)
    assert hidden(answer.text) == f"{made}:8"
    assert await EndorsementList.count() == 0


@pytest.mark.parametrize("spoilt", ["", "x", "1", "1:2:3", "-1:", "99999999999:", "1: 1:"])
async def test_a_spoilt_list_chooses_nothing(world: World, spoilt: str) -> None:
    await routed_round(world)
    await on_its_way(world)
    data = {"unit": str(world.ids["kv_1"]), "list": spoilt, **PAPER}
    async with world.client("kv_head") as client:
        answer = await client.form(here(world), data)
    assert (answer.status_code, "Vui lòng chọn ít nhất một hồ sơ." in answer.text) == (422, True)


async def test_what_the_head_cannot_see_is_not_listed_even_by_number(world: World) -> None:
    await routed_round(world)
    made = await on_its_way(world)
    data = {"unit": str(world.ids["cao_bang"]), "list": f"{made}:", **PAPER, "votes_total": ""}
    async with world.client("other_head") as client:
        answer = await client.form(here(world), data)
    assert answer.status_code == 404


async def test_all_that_waits_is_chosen_at_once(world: World) -> None:
    await routed_round(world)
    made = [await on_its_way(world, "chi"), await on_its_way(world, "dung")]
    async with world.client("kv_head") as client:
        confirm = await client.form(
            f"{here(world)}/selection",
            {"unit": str(world.ids["kv_1"]), "choose": "all", f"votes-{made[1]}": "7"},
        )
    assert hidden(confirm.text) == f"{made[0]}: {made[1]}:7"


async def test_the_paper_as_pdf_is_kept_and_served_to_who_sees_the_list(world: World) -> None:
    await routed_round(world)
    made, pdf = await on_its_way(world), a_pdf()
    data = {"unit": str(world.ids["kv_1"]), "list": f"{made}:", **PAPER}
    async with world.client("kv_head") as client:
        renamed = await upload(client, here(world), data, b"MZ\x90 not a pdf")
        assert (renamed.status_code, hidden(renamed.text)) == (422, f"{made}:")
        assert await EndorsementList.count() == 0
        sent_on = await upload(client, here(world), data, pdf, "../Tờ trình 12.pdf")
        assert sent_on.status_code == 303
        sent = (await EndorsementList.select())[0]
        assert sent["paper_name"] == "Tờ trình 12.pdf"
        served = await client.get(f"/endorsement-lists/{sent['id']}/paper")
        assert (served.status_code, served.content) == (200, pdf)
    for login, status in (("head", 200), ("appraiser", 200), ("other_head", 404), ("staff", 404)):
        async with world.client(login) as client:
            for tail in ("", "/paper"):
                answer = await client.get(f"/endorsement-lists/{sent['id']}{tail}")
                assert answer.status_code == status, (login, tail)


async def test_a_list_is_taken_back_in_the_browser_until_somebody_acted(world: World) -> None:
    await routed_round(world)
    made = await on_its_way(world)
    sent = await send_on(world, "kv_1", made)
    path = f"/endorsement-lists/{sent}"
    async with world.client("kv_officer") as client:
        assert f"{path}/undoing" not in (await client.get(path)).text
        assert (await client.form(f"{path}/undoing")).status_code == 404
    async with world.client("kv_head") as client:
        assert f"{path}/undoing" in (await client.get(path)).text
        assert (await client.form(f"{path}/undoing")).status_code == 303
        assert await standing(made) == Standing("route", world.ids["kv_1"])
        assert "Rút lại lúc" in (await client.get(path)).text
    second = await send_on(world, "kv_1", made)
    await send_on(world, "lang_son", made)
    async with world.client("kv_head") as client:
        answer = await client.form(f"/endorsement-lists/{second}/undoing")
        assert answer.status_code == 409
        assert "Cấp sau đã xử lý 1 hồ sơ của danh sách (CN-2025-0001)" in answer.text
        assert f'action="/endorsement-lists/{second}/undoing"' not in answer.text


async def test_the_officer_looks_and_the_head_of_another_unit_does_not(world: World) -> None:
    await routed_round(world)
    await on_its_way(world)
    unit = world.ids["kv_1"]
    async with world.client("kv_officer") as client:
        page = await client.get(here(world))
        assert (page.status_code, 'type="checkbox"' in page.text) == (200, False)
        assert "Thủ trưởng của cấp này" in page.text
        data = {"unit": str(unit), "choose": "all"}
        assert (await client.form(f"{here(world)}/selection", data)).status_code == 404
    async with world.client("other_head") as client:
        assert "Chưa có hồ sơ nào chờ trình" in (await client.get(here(world))).text
        for asked in (str(unit), "x", "0", "99999999999", "²"):
            assert (await client.get(here(world), params={"unit": asked})).status_code == 404
    for login in ("appraiser", "staff", "member_1"):
        async with world.client(login) as client:
            assert (await client.get(here(world))).status_code == 404


async def test_a_day_passing_while_typing_keeps_what_was_typed(world: World) -> None:
    await routed_round(world)
    made = await on_its_way(world)
    data = {"unit": str(world.ids["kv_1"]), "list": f"{made}:8", **PAPER}
    async with world.client("kv_head", now=world.at("2025-11-16")) as client:
        pdf = spoilt.pdf(text="Tờ trình chưa gửi được")
        answer = await upload(client, here(world), data, pdf)
        assert answer.status_code == 409
        assert await store.lying(hashlib.sha256(pdf).hexdigest()) is None
        assert "Đã hết hạn trình danh sách (hết ngày 15/11/2025)." in answer.text
        assert 'value="12/TTr-VKS"' in answer.text
        assert hidden(answer.text) == f"{made}:8"
        page = await client.get(here(world))
        assert "còn được trình đến hết thời gian thẩm định" in page.text


async def test_the_successor_of_a_unit_that_is_gone_acts_in_its_place(world: World) -> None:
    """kv_1 is taken over between two steps: its level, its dossiers and its words go over."""
    await routed_round(world)
    made, returned = await on_its_way(world, "chi"), await at_office(world, "dung")
    new = await organization.convert(
        world.ids["kv_1"],
        NewUnit("kv-moi", "regional", "Viện kiểm sát nhân dân khu vực mới"),
        world.at("2025-11-11").date(),
        actor=await world.actor("administrator"),
        now=world.now,
    )
    await RoleHeld.update({RoleHeld.unit: new}).where(
        RoleHeld.account.is_in([world.ids["account:kv_head"], world.ids["account:kv_officer"]])
    )
    later = world.at("2025-11-12")
    head = await world.actor("kv_head", later)
    levels = await queries.levels(world.ids["routed"], head)
    assert [(level.id, level.waiting) for level in levels] == [(world.ids["kv_1"], 1)]
    data = {"unit": str(world.ids["kv_1"]), "list": f"{made}:", **PAPER}
    async with world.client("kv_head", now=later) as client:
        assert (await client.get(f"/nominations/{made}")).status_code == 200
        assert (await client.form(here(world), data)).status_code == 303
    assert await standing(made) == Standing("route", world.ids["lang_son"])
    appraiser = await world.actor("appraiser", later)
    await return_dossier(returned, 0, "Sửa.", actor=appraiser, now=later)
    async with world.client("kv_officer", now=later) as client:
        sent = await client.form(f"/nominations/{returned}/submission")
        assert sent.status_code == 303


async def test_the_pages_cost_the_same_for_few_and_many(world: World) -> None:
    await routed_round(world)
    counts: list[tuple[int, ...]] = []
    for person in ("chi", "dung"):
        await on_its_way(world, person)
        costs = []
        for login, path in (
            ("kv_head", here(world)),
            ("appraiser", f"/rounds/{world.ids['routed']}/appraisal"),
        ):
            async with world.client(login) as client:
                await client.get(path)
                with world.count_queries() as asked:
                    assert (await client.get(path)).status_code == 200
                costs.append(asked.count)
        counts.append(tuple(costs))
    assert counts[0] == counts[1]
