"""Every single thing is found by what is written on paper, and exists for whom its page opens."""

from __future__ import annotations

import re
from dataclasses import dataclass

import pytest

from app.accounts import actions as accounts
from app.award_history.tables import AwardRecord
from app.decisions.tables import AwardDecision
from app.nominations.tables import Nomination
from app.organization.tables import Unit
from app.public_comment.tables import Publication
from app.reports.rights.kinds import SINGLE
from tests import cast
from tests.conftest import Browser, World
from tests.permissions.planted import Planted, plant
from tests.reports.test_rights import asked

pytestmark = pytest.mark.anyio

DAY = "2025-12-23"


@dataclass(frozen=True)
class OnPaper:
    """`text` as somebody types it; `page` of the thing, empty where it has none."""

    kind: str
    id: int
    text: str
    page: str


async def on_paper(world: World, planted: Planted) -> list[OnPaper]:
    finished, ids = planted.finished, world.ids

    async def one(table: type, column: str, key: int) -> str:
        rows = await table.raw(
            f"SELECT {column} AS text FROM {table._meta.tablename} WHERE id = {{}}", key
        )  # type: ignore[attr-defined]
        return str(rows[0]["text"])

    award = (await AwardRecord.raw("SELECT min(id) AS id FROM award_record"))[0]["id"]
    return [
        OnPaper("unit", ids["kv_1"], await one(Unit, "code", ids["kv_1"]), f"/units/{ids['kv_1']}"),
        OnPaper("person", ids["anh"], "Hoàng Văn Ánh", f"/people/{ids['anh']}"),
        OnPaper("account", ids["account:staff"], "staff", f"/accounts/{ids['account:staff']}"),
        OnPaper("movement", ids["movement"], "XHHT", f"/movements/{ids['movement']}"),
        OnPaper("round", ids["round_2025"], "VKS-2025", f"/rounds/{ids['round_2025']}"),
        OnPaper(
            "criteria",
            ids["set:individual"],
            "mau de xuat individual",
            f"/criteria-sets/{ids['set:individual']}",
        ),
        OnPaper(
            "nomination",
            finished.own,
            await one(Nomination, "code", finished.own),
            f"/nominations/{finished.own}",
        ),
        OnPaper("minutes", planted.minutes, "1", f"/peer-reviews/{planted.minutes}"),
        OnPaper(
            "endorsement",
            planted.sent.endorsement_list,
            "12/TTr",
            f"/endorsement-lists/{planted.sent.endorsement_list}",
        ),
        OnPaper(
            "session",
            ids["round_2025"],
            "15/BB-HĐ",
            f"/rounds/{ids['round_2025']}/council-session",
        ),
        OnPaper(
            "publication",
            planted.publication,
            await one(Publication, "code", planted.publication),
            f"/publications/{planted.publication}",
        ),
        OnPaper(
            "decision",
            finished.decision,
            await one(AwardDecision, "number", finished.decision),
            f"/decisions/{finished.decision}",
        ),
        OnPaper(
            "certificate",
            finished.certificate,
            finished.code,
            f"/certificates/{finished.certificate}",
        ),
        OnPaper(
            "award", award, await one(AwardRecord, "decision_number", award), f"/awards/{award}"
        ),
    ]


async def loads(browser: Browser, thing: OnPaper) -> bool:
    answer = await browser.get("/rights", params={"kind": thing.kind, "id": str(thing.id)})
    assert answer.status_code in (200, 404)
    return answer.status_code == 200


SEES = {
    "unit": "Xem đơn vị và quá trình của đơn vị",
    "person": "Xem trang cán bộ",
    "account": "Xem tài khoản và các vai trò",
    "movement": "Xem phong trào và các đợt xét",
    "round": "Tổng quan",
    "criteria": "Xem bộ tiêu chí",
    "nomination": "Xem hồ sơ",
    "minutes": "Xem biên bản bình xét",
    "endorsement": "Xem danh sách trình và tờ trình",
    "session": "Xem kết quả phiên họp",
    "publication": "Xem các ý kiến đã nhận",
    "decision": "Xem quyết định đã ban hành",
    "certificate": "Xem và in giấy khen",
    "award": "Xem khen thưởng",
}
# Besides who may open its page: an auditor asks about an account, and everybody about the own.
ALSO_LOADS = {"account": {"auditor", "staff"}}


async def test_a_thing_exists_here_for_whom_its_page_opens(world: World) -> None:
    """And the answer to whether somebody may see it is what that page says."""
    things = await on_paper(world, await plant(world))
    wrong = []
    for login in cast.CAST:
        async with world.client(login, now=world.at(DAY)) as browser:
            for thing in things:
                opens = (await browser.get(thing.page)).status_code == 200
                known = await loads(browser, thing)
                if known != (opens or login in ALSO_LOADS.get(thing.kind, ())):
                    wrong.append((login, thing.kind, opens, known))
                if known:
                    said = await asked(browser, kind=thing.kind, id=str(thing.id))
                    if said[SEES[thing.kind]][0] != opens:
                        wrong.append((login, thing.kind, opens, said[SEES[thing.kind]]))
    assert wrong == []


async def test_the_answer_about_others_is_what_they_find_themselves(world: World) -> None:
    """The auditor asks about everybody; each page is opened by the one asked about."""
    things = await on_paper(world, await plant(world))
    wrong = []
    async with world.client("auditor", now=world.at(DAY)) as auditor:
        for login in cast.CAST:
            async with world.client(login, now=world.at(DAY)) as browser:
                for thing in things:
                    query = {"account": login, "kind": thing.kind, "id": str(thing.id)}
                    said = (await asked(auditor, **query))[SEES[thing.kind]]
                    if said[0] != ((await browser.get(thing.page)).status_code == 200):
                        wrong.append((login, thing.kind, said))
    assert wrong == []


async def test_each_is_found_by_what_is_written_on_paper(world: World) -> None:
    things = await on_paper(world, await plant(world))
    missed = []
    async with world.client("auditor", now=world.at(DAY)) as browser:
        for thing in things:
            alone = await browser.get("/rights", params={"kind": thing.kind, "text": thing.text})
            among = await browser.get("/rights", params={"text": thing.text})
            link = f"kind={thing.kind}&amp;id={thing.id}"
            direct = f'href="/rights/{thing.kind}/{thing.id}"'
            if (alone.status_code, among.status_code) != (200, 200):
                missed.append((thing.kind, alone.status_code, among.status_code))
            elif not (link in alone.text or direct in alone.text):
                missed.append((thing.kind, "alone"))
            elif not (link in among.text or direct in among.text):
                missed.append((thing.kind, "among"))
    assert missed == []


async def test_everybody_finds_the_own_awards(world: World) -> None:
    await plant(world)
    found = set()
    for login in ("staff", "initiative_member", "administrator"):
        async with world.client(login, now=world.at(DAY)) as browser:
            answer = await browser.get("/rights", params={"kind": "award", "text": "Hoàng Văn Ánh"})
            if answer.status_code == 200:
                found.add(login)
    assert found == {"staff", "administrator"}


async def test_what_means_nothing_finds_nothing(world: World) -> None:
    async with world.client("auditor") as browser:
        for typed in ("99/2025", "Quyết định không có", "///", "%", "' OR 1=1"):
            assert (await browser.get("/rights", params={"text": typed})).status_code == 404, typed
        assert (await browser.get("/rights", params={"text": "\u0000"})).status_code == 200


async def test_a_number_that_is_nothing_is_not_found(world: World) -> None:
    wrong = []
    async with world.client("auditor") as browser:
        for kind in SINGLE:
            for number, status in (("999999", 404), ("9" * 17, 200), ("-1", 200), ("x", 200)):
                answer = await browser.get("/rights", params={"kind": kind, "id": number})
                people = await browser.get(f"/rights/{kind}/{number}")
                if (answer.status_code, people.status_code) != (status, 404):
                    wrong.append((kind, number, answer.status_code, people.status_code))
    assert wrong == []


async def test_many_that_fit_are_there_to_choose_from(world: World) -> None:
    async with world.client("auditor") as browser:
        page = (await browser.get("/rights", params={"text": "vien kiem sat", "kind": "unit"})).text
        people = (await browser.get("/rights", params={"account": "hoi dong"})).text
    assert len(re.findall(r'href="/rights\?kind=unit&amp;id=\d+"', page)) == 5
    assert re.findall(r'href="/rights\?account=(\w+)"', people) == ["member_1", "secretary"]


async def test_a_person_is_meant_by_staff_code_or_address_too(world: World) -> None:
    async with world.client("administrator") as browser:
        for typed in ("staff", "KS0001", "hoang van anh"):
            page = (await browser.get("/rights", params={"account": typed})).text
            assert "Cán bộ của Phòng 1, từ 01/01/2024" in page, typed


async def test_a_decision_is_known_by_number_and_year(world: World) -> None:
    await plant(world)
    row = (await AwardDecision.raw("SELECT series_number AS n FROM award_decision"))[0]
    async with world.client("staff", now=world.at(DAY)) as browser:
        said = await asked(browser, kind="decision", text=f"{row['n']}/2025")
        other = await browser.get(
            "/rights", params={"kind": "decision", "text": f"{row['n']}/2024"}
        )
    assert said["Xem quyết định đã ban hành"][0] is True
    assert other.status_code == 404


async def test_the_page_asks_as_much_whatever_there_is(world: World) -> None:
    """Once with little in the house, once with a round played to its end."""
    asks = [
        {"text": "quyen"},
        {"kind": "unit", "id": str(world.ids["kv_1"])},
        {"kind": "person", "id": str(world.ids["anh"])},
        {"account": "leader"},
    ]
    counts = []
    for step in range(2):
        if step:
            await plant(world)
        async with world.client("administrator", now=world.at(DAY)) as browser:
            for query in asks:
                await browser.get("/rights", params=query)
                with world.count_queries() as counter:
                    await browser.get("/rights", params=query)
                counts.append(counter.count)
    assert counts[:4] == counts[4:]
    assert max(counts) <= 40


async def test_who_holds_no_role_is_told_which_would_do(world: World) -> None:
    await accounts.create_account(
        None, login="nobody", name="Chưa có vai trò", password=world.password, now=world.now
    )
    async with world.client("nobody") as browser:
        said = await asked(browser, kind="log")
        page = (await browser.get("/rights")).text
    assert said["Đọc nhật ký"] == (
        False,
        "Không giữ vai trò cần có: Lãnh đạo quyết định khen thưởng, Kiểm toán viên.",
    )
    assert "Hôm nay tài khoản này không giữ vai trò nào." in page
