"""The page on rights: right for everybody, and silent about what the asker cannot see."""

from __future__ import annotations

import re

import pytest

from app.accounts import actions as accounts
from app.kernel.actor import Role
from app.kernel.refusal import NotVisible
from app.nominations.queries import nomination
from app.nominations.tables import Nomination
from app.scoring.actions import recuse
from tests import cast
from tests.conftest import Browser, World
from tests.finished_round import finish
from tests.scoring import given

pytestmark = pytest.mark.anyio

ROW = re.compile(
    r'<th scope="row">(?P<name>[^<]+)</th>\s*<td[^>]*><span class="badge (?P<tone>[a-z-]+)">.*?'
    r"<td[^>]*>(?P<why>.*?)</td></tr>",
    re.DOTALL,
)


async def asked(browser: Browser, **query: str) -> dict[str, tuple[bool, str]]:
    """What the page says: ability to (allowed, why)."""
    answer = await browser.get("/rights", params=query)
    assert answer.status_code == 200, query
    return {
        found["name"]: (
            found["tone"] == "tone-ok",
            " ".join(re.sub(r"<[^>]+>", " ", found["why"]).split()),
        )
        for found in ROW.finditer(answer.text)
    }


async def test_a_reason_names_the_role_its_unit_and_its_first_day(world: World) -> None:
    async with world.client("leader") as browser:
        said = await asked(browser, kind="awards")
    assert said["Lập và ban hành quyết định"] == (
        True,
        "Lãnh đạo quyết định khen thưởng của Viện kiểm sát nhân dân tối cao, từ 01/01/2024",
    )
    assert said["Xem quyết định đã ban hành"] == (True, "Mọi người đã đăng nhập đều được phép.")


async def test_a_refusal_names_the_roles_that_would_do(world: World) -> None:
    async with world.client("staff") as browser:
        said = await asked(browser, kind="awards")
        own = await asked(browser, kind="discipline")
    assert said["Lập và ban hành quyết định"] == (
        False,
        "Không giữ vai trò cần có: Thư ký Hội đồng, Lãnh đạo quyết định khen thưởng.",
    )
    assert own["Xem nội dung vụ việc kỷ luật của chính mình"] == (True, "Vì là của chính mình.")
    assert own["Xem nội dung vụ việc kỷ luật của người khác"][0] is False


async def test_every_kind_says_the_same_as_the_pages_do(world: World) -> None:
    """One page of each kind, opened by everybody, against what the rights page promised."""
    pages = {
        ("rounds", "Xếp hạng"): f"/rounds/{world.ids['round_2025']}/ranking",
        ("accounts", "Tạo, khóa tài khoản và giao vai trò"): "/accounts",
        ("log", "Đọc nhật ký"): "/audit",
    }
    wrong = []
    for login in cast.CAST:
        async with world.client(login) as browser:
            for (kind, name), path in pages.items():
                allowed = (await asked(browser, kind=kind))[name][0]
                opened = (await browser.get(path)).status_code == 200
                if allowed != opened:
                    wrong.append((login, path, allowed, opened))
    assert wrong == []


async def test_seeing_a_nomination_is_what_loading_it_says(world: World) -> None:
    finished = await finish(world)
    late = world.at("2025-12-20")
    rows = await Nomination.select(Nomination.id, Nomination.code)
    codes = {row["id"]: row["code"] for row in rows}
    wrong = []
    async with world.client("auditor", now=late) as browser:
        for login in cast.CAST:
            actor = await world.actor(login, late)
            for nomination_id in (finished.own, finished.other):
                try:
                    await nomination(nomination_id, actor)
                    loaded = True
                except NotVisible:
                    loaded = False
                query = {"account": login, "kind": "nomination", "text": codes[nomination_id]}
                if (await asked(browser, **query))["Xem hồ sơ"][0] != loaded:
                    wrong.append((login, nomination_id, loaded))
    assert wrong == []


async def test_what_the_asker_cannot_see_is_the_same_as_what_does_not_exist(
    world: World,
) -> None:
    finished = await finish(world)
    late = world.at("2025-12-20")
    row = await Nomination.select(Nomination.code).where(Nomination.id == finished.draft).first()
    assert row is not None
    code = row["code"]
    for login in ("administrator", "auditor", "staff", "other_head"):
        async with world.client(login, now=late) as browser:
            hidden = await browser.get("/rights", params={"kind": "nomination", "text": code})
            made_up = await browser.get("/rights", params={"kind": "nomination", "text": "X-1"})
        assert (hidden.status_code, made_up.status_code) == (404, 404), login
        assert hidden.text.replace(code, "X-1") == made_up.text
    async with world.client("head", now=late) as browser:
        said = await asked(browser, text=code)
    assert said["Xem hồ sơ"][0] is True


async def test_only_administrators_and_auditors_ask_about_others(world: World) -> None:
    async with world.client("officer") as browser:
        for login in ("head", "made-up"):
            answer = await browser.get("/rights", params={"account": login, "kind": "log"})
            assert answer.status_code == 404
        assert 'name="account"' not in answer.text
        assert await asked(browser, account="OFFICER", kind="log") == await asked(
            browser, kind="log"
        )
    for login in ("administrator", "auditor"):
        async with world.client(login) as browser:
            assert (await asked(browser, account="leader", kind="log"))["Đọc nhật ký"][0] is True


async def test_a_local_administrator_asks_about_the_own_units_only(world: World) -> None:
    local = await accounts.create_account(
        None, login="local", name="Quản trị", password=world.password, now=world.now
    )
    await accounts.grant(
        None, local, Role.ADMINISTRATOR, world.ids["lang_son"], cast.START, now=world.now
    )
    async with world.client("local") as browser:
        assert await asked(browser, account="officer", kind="accounts")
        for login in ("leader", "other_head"):
            answer = await browser.get("/rights", params={"account": login, "kind": "accounts"})
            assert answer.status_code == 404


async def test_a_role_held_does_not_help_when_it_is_too_late(world: World) -> None:
    finished = await finish(world)
    row = await Nomination.select(Nomination.code).where(Nomination.id == finished.own).first()
    assert row is not None
    async with world.client("head", now=world.at("2025-12-20")) as browser:
        said = await asked(browser, kind="nomination", text=row["code"])
    allowed, why = said["Nộp hồ sơ"]
    assert allowed is False
    assert "Hồ sơ đã được nộp nên không sửa được nữa." in why


async def test_a_member_scores_what_the_sheet_lets_them_score(world: World) -> None:
    """Off the panel, no candidate, not open: the page says what the sheet would say."""
    nominations = [
        *await given.nominations(world, 2),
        *await given.nominations(world, 1, "fail", first=3),
    ]
    await given.scoring_open(world)
    outsider = await accounts.create_account(
        None, login="member_4", name="Ủy viên mới", password=world.password, now=world.now
    )
    await accounts.grant(
        None, outsider, Role.COUNCIL_MEMBER, world.ids["root"], cast.START, now=world.now
    )
    day = world.at("2025-11-26")
    rows = await Nomination.select(Nomination.id, Nomination.code)
    codes = {row["id"]: row["code"] for row in rows}
    said = {}
    async with world.client("auditor", now=day) as browser:
        for login in ("member_1", "member_2", "member_4", "secretary"):
            for place, nomination_id in enumerate(nominations):
                query = {"account": login, "kind": "nomination", "text": codes[nomination_id]}
                answer = (await asked(browser, **query))["Chấm điểm trên phiếu của mình"]
                said[login, place] = answer
    assert {key for key, (allowed, _) in said.items() if allowed} == {
        ("member_1", 0),
        ("member_1", 1),
        ("member_2", 0),
        ("member_2", 1),
    }
    assert "Không có tên trong danh sách chấm điểm" in said["member_4", 0][1]
    assert "Hồ sơ này không tham gia chấm điểm." in said["member_1", 2][1]
    assert "Không giữ vai trò cần có: Thành viên Hội đồng" in said["secretary", 0][1]


async def test_of_a_recusal_only_the_member_is_told(world: World) -> None:
    """Exports name recusals by label: whoever knows one of a member's knows all their marks."""
    [nomination_id] = await given.nominations(world, 1)
    await given.scoring_open(world)
    day = world.at("2025-11-26")
    row = await Nomination.select(Nomination.code).where(Nomination.id == nomination_id).first()
    assert row is not None
    query = {"account": "member_2", "kind": "nomination", "text": row["code"]}

    async def said(login: str) -> str:
        async with world.client(login, now=day) as browser:
            answer = await browser.get("/rights", params=query)
        return re.sub(r'name="_csrf_token" value="[^"]*"', "", answer.text)

    before = {login: await said(login) for login in ("auditor", "member_2")}
    await recuse(nomination_id, "Cùng quê.", actor=await world.actor("member_2"), now=day)
    after = {login: await said(login) for login in before}
    assert after["auditor"] == before["auditor"]
    assert "Thành viên không tham gia chấm hồ sơ này." not in before["member_2"]
    assert "Thành viên không tham gia chấm hồ sơ này." in after["member_2"]
    assert "Cùng quê" not in after["member_2"]


async def test_nobody_scores_before_the_scoring_is_open_or_after_it_is_closed(
    world: World,
) -> None:
    finished = await finish(world)
    row = await Nomination.select(Nomination.code).where(Nomination.id == finished.own).first()
    assert row is not None
    async with world.client("member_1", now=world.at("2025-12-20")) as browser:
        allowed, why = (await asked(browser, kind="nomination", text=row["code"]))[
            "Chấm điểm trên phiếu của mình"
        ]
    assert allowed is False
    assert "Việc chấm điểm đã kết thúc; kết quả đã được chốt." in why
