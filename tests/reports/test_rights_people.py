"""Who may see a thing and act on it: everybody the policies name, and nobody else."""

from __future__ import annotations

import csv
import re
from datetime import date
from html import unescape
from io import StringIO

import pytest

from app.accounts import actions as accounts
from app.accounts.queries import called, concerned_page, reach_of
from app.accounts.queries.called import Concerned
from app.kernel.actor import Role
from app.reports.rights import whom
from app.reports.rights.kinds import SINGLE
from app.reports.rights.thing import Question
from tests import cast
from tests.conftest import World
from tests.permissions.planted import plant

pytestmark = pytest.mark.anyio

DAY = "2025-12-23"


async def listed(world: World, path: str, asker: str = "auditor") -> dict[str, str]:
    """Login to the text of its lines."""
    async with world.client(asker, now=world.at(DAY)) as browser:
        answer = await browser.get(path)
    assert answer.status_code == 200
    found: dict[str, str] = {}
    for row in re.findall(r'<tr>\s*<th scope="row"><a.*?</tr>', answer.text, re.DOTALL):
        login = re.search(r"account=([\w.]+)", row)
        assert login is not None
        found[login[1]] = found.get(login[1], "") + unescape(re.sub(r"<[^>]+>", " ", row))
    return found


async def test_a_dossier_names_who_reads_it_and_why(world: World) -> None:
    planted = await plant(world)
    found = await listed(world, f"/rights/nomination/{planted.finished.own}")
    assert set(found) == {
        "staff",
        "officer",
        "head",
        "appraiser",
        "member_1",
        "member_2",
        "member_3",
        "secretary",
        "discipline",
        "leader",
        "auditor",
    }
    assert "Vì là của chính mình." in found["staff"]
    assert "Thủ trưởng đơn vị của Viện kiểm sát nhân dân tỉnh Lạng Sơn" in found["head"]
    assert "Hồ sơ đã được nộp nên không sửa được nữa." in found["head"]


async def test_nobody_is_left_out(world: World) -> None:
    """The list against each account of the cast weighed by itself, for every kind of thing."""
    await plant(world)
    asker = await world.actor("auditor", world.at(DAY))
    logins = {world.ids[f"account:{login}"]: login for login in cast.CAST}
    actors = {login: await world.actor(login, world.at(DAY)) for login in cast.CAST}
    wrong = []
    for name, id_ in (
        ("unit", world.ids["kv_1"]),
        ("person", world.ids["chi"]),
        ("account", world.ids["account:staff"]),
        ("movement", 1),
        ("round", 1),
        ("criteria", 1),
        ("nomination", 2),
        ("minutes", 1),
        ("endorsement", 1),
        ("session", 1),
        ("publication", 1),
        ("decision", 1),
        ("certificate", 1),
        ("award", 1),
        ("registration", 1),
    ):
        question = Question(asker, id_, world.at(DAY))
        thing = await SINGLE[name].load(question)
        page, _ = await whom._holders(thing, question, None, 100)
        shown = {logins[holder.account.id] for holder in page.rows}
        weighed = {
            login
            for login, actor in actors.items()
            for act in thing.acts
            for found in [(await whom.weigh(act, [actor]))]
            if not found.everybody and whom._counts(found.abilities[0])
        }
        if shown != weighed:
            wrong.append((name, shown ^ weighed))
    assert wrong == []


async def test_a_deputy_is_named_with_days_and_whom_they_stand_in_for(world: World) -> None:
    await accounts.grant(
        None,
        world.ids["account:other_head"],
        Role.UNIT_HEAD,
        world.ids["lang_son"],
        date(2025, 12, 1),
        valid_to=date(2025, 12, 31),
        stands_in_for=world.ids["account:head"],
        now=world.now,
    )
    found = await listed(world, f"/rights/unit/{world.ids['kv_1']}")
    assert (
        "Thủ trưởng đơn vị của Viện kiểm sát nhân dân tỉnh Lạng Sơn, từ 01/12/2025"
        " đến hết 31/12/2025 (thay Viện trưởng Lạng Sơn)"
    ) in found["other_head"]


async def test_an_asker_is_told_of_the_accounts_they_see(world: World) -> None:
    local = await accounts.create_account(
        None, login="local", name="Quản trị", password=world.password, now=world.now
    )
    await accounts.grant(
        None, local, Role.ADMINISTRATOR, world.ids["lang_son"], cast.START, now=world.now
    )
    found = await listed(world, f"/rights/unit/{world.ids['kv_1']}", "local")
    assert set(found) == {"head", "officer", "local"}


async def test_only_who_may_ask_about_others_is_given_the_list(world: World) -> None:
    path = f"/rights/unit/{world.ids['kv_1']}"
    opened = set()
    for login in cast.CAST:
        async with world.client(login) as browser:
            statuses = {
                (await browser.get(f"{path}{file}")).status_code
                for file in ("", "/export.csv", "/export.xlsx")
            }
        assert len(statuses) == 1
        if statuses == {200}:
            opened.add(login)
    assert opened == {"administrator", "auditor"}


async def test_the_file_says_what_the_page_says(world: World) -> None:
    path = f"/rights/round/{world.ids['round_2025']}"
    shown = await listed(world, path)
    async with world.client("auditor", now=world.at(DAY)) as browser:
        sheet = await browser.get(f"{path}/export.csv")
    lines = list(csv.reader(StringIO(sheet.content.decode("utf-8-sig"))))
    assert lines[0] == ["Tên đăng nhập", "Họ và tên", "Việc", "Được phép", "Vì sao"]
    assert {line[0] for line in lines[1:]} == set(shown)
    for login, name, act, allowed, why in lines[1:]:
        assert name in shown[login]
        assert act in shown[login]
        assert allowed in ("Có", "Không")
        assert why.split(";")[0] in shown[login]


async def test_pages_go_by_login_with_as_many_questions_whoever_is_there(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = f"/rights/unit/{world.ids['kv_1']}"
    counts, seen = [], []
    async with world.client("auditor") as browser:
        await browser.get(path)
        for rows in (50, 3):
            monkeypatch.setattr(whom, "ROWS", rows)
            with world.count_queries() as counter:
                text = (await browser.get(path)).text
            counts.append(counter.count)
        here = path
        while True:
            text = (await browser.get(here)).text
            seen += re.findall(r'account=([\w.]+)"', text)
            following = re.search(rf'href="({path}\?after=[^"]*)"', text)
            if not following:
                break
            here = following[1]
    assert counts[0] == counts[1] <= 30
    assert list(dict.fromkeys(seen)) == sorted(set(seen))
    assert "head" in seen
    assert "other_head" not in seen


async def test_somebody_locked_out_is_not_listed(world: World) -> None:
    reach = await reach_of(await world.actor("administrator"), date(2025, 11, 10))
    everybody = Concerned((), (), tuple(Role), (), ())
    before = (await concerned_page(everybody, reach, cursor=None, limit=100)).rows
    await accounts.deactivate(
        world.ids["account:leader"], actor=await world.actor("administrator"), now=world.now
    )
    after = (await concerned_page(everybody, reach, cursor=None, limit=100)).rows
    assert {found.login for found in before} - {found.login for found in after} == {"leader"}
    # One may still be asked about.
    assert len(await called("leader", reach, own_id=0, limit=5)) == 1
