"""Earlier awards through the pages: entered once, marked as a mistake with a reason."""

from __future__ import annotations

import asyncio
from datetime import date
from typing import Any

import pytest

from app.audit.tables import AuditEntry
from app.award_history import actions
from app.award_history.rules import NewAward
from app.award_history.tables import AwardRecord
from app.kernel.refusal import NotVisible, Refused
from tests.conftest import World

pytestmark = pytest.mark.anyio


def typed(world: World, **more: str) -> dict[str, str]:
    return {
        "award_form": str(world.ids["award_form"]),
        "method": "sudden",
        "decision_number": "5/QĐ-VKS",
        "decided_on": "20/12/2024",
        "issuer": "VKSND tỉnh Lạng Sơn",
        "period_from": "01/12/2023",
        "period_to": "30/11/2024",
        "achievement": "Dũng cảm cứu người.",
    } | more


def new(world: World) -> NewAward:
    return NewAward(
        world.ids["award_form"],
        "Giấy khen",
        "merit",
        "5/QĐ-VKS",
        date(2024, 12, 20),
        "VKSND tỉnh Lạng Sơn",
        None,
        "",
    )


async def rows() -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = await AwardRecord.raw(
        "SELECT person, collective, method, decided_on, removed_because FROM award_record"
    )
    return found


async def test_from_the_form_to_the_history(world: World) -> None:
    path = f"/people/{world.ids['anh']}/awards"
    async with world.client("officer") as browser:
        assert (await browser.get(f"{path}/new")).status_code == 200
        answer = await browser.form(path, typed(world))
        assert (answer.status_code, answer.headers["location"]) == (303, path)
        page = await browser.get(path)
    for words in ("Giấy khen", "Đột xuất", "5/QĐ-VKS, 20/12/2024", "01/12/2023 – 30/11/2024"):
        assert words in page.text


async def test_a_unit_has_its_own(world: World) -> None:
    async with world.client("head") as browser:
        answer = await browser.form(f"/units/{world.ids['kv_1']}/awards", typed(world))
    assert answer.status_code == 303
    assert [(row["person"], row["collective"]) for row in await rows()] == [
        (None, world.ids["kv_1"])
    ]


@pytest.mark.parametrize(
    ("wrong", "status", "said"),
    [
        ({"award_form": "999"}, 422, "Vui lòng chọn một mục trong danh sách."),
        ({"method": ""}, 422, "Vui lòng chọn một mục trong danh sách."),
        ({"decided_on": "31/02/2024"}, 422, "Vui lòng nhập ngày theo dạng dd/mm/yyyy."),
        ({"decided_on": "20/12/1944"}, 422, "Vui lòng kiểm tra lại năm của quyết định."),
        ({"decided_on": "11/11/2025"}, 422, "Ngày quyết định không được sau ngày hôm nay"),
        ({"period_to": ""}, 422, "Vui lòng nhập đủ hai ngày của thời kỳ thành tích."),
        ({"period_to": "30/11/2023"}, 422, "Ngày cuối không được trước ngày đầu."),
        ({"issuer": " "}, 422, "Vui lòng nhập mục này."),
    ],
)
async def test_a_wrong_form_comes_back_as_it_was(
    world: World, wrong: dict[str, str], status: int, said: str
) -> None:
    async with world.client("officer") as browser:
        answer = await browser.form(f"/people/{world.ids['anh']}/awards", typed(world, **wrong))
    assert answer.status_code == status
    assert said in answer.text
    assert "Dũng cảm cứu người." in answer.text
    assert await rows() == []


async def test_the_same_award_twice_is_refused_with_the_text_kept(world: World) -> None:
    path = f"/people/{world.ids['anh']}/awards"
    async with world.client("officer") as browser:
        await browser.form(path, typed(world))
        answer = await browser.form(path, typed(world))
    assert answer.status_code == 409
    assert "Khen thưởng này đã có trong lịch sử" in answer.text
    assert "Dũng cảm cứu người." in answer.text
    assert len(await rows()) == 1


async def test_two_at_once_make_one_row(world: World) -> None:
    actor = await world.actor("officer")
    answers = await asyncio.gather(
        *(
            actions.add_award(world.ids["anh"], None, new(world), actor=actor, now=world.now)
            for _ in range(2)
        ),
        return_exceptions=True,
    )
    refused = [answer for answer in answers if isinstance(answer, Refused)]
    assert [error.refusal.code for error in refused] == ["same-award"]
    assert len(await rows()) == 1


@pytest.mark.parametrize(
    ("login", "may"),
    [
        ("officer", True),
        ("head", True),
        ("secretary", True),
        ("other_officer", False),
        ("appraiser", False),
        ("personnel", False),
        ("staff", False),
        ("auditor", False),
    ],
)
async def test_who_keeps_the_history(world: World, login: str, may: bool) -> None:
    actor = await world.actor(login)
    for person, unit in ((world.ids["anh"], None), (None, world.ids["phong_1"])):
        if may:
            await actions.add_award(person, unit, new(world), actor=actor, now=world.now)
        else:
            with pytest.raises(NotVisible):
                await actions.add_award(person, unit, new(world), actor=actor, now=world.now)


async def test_a_mistake_is_marked_with_its_reason_and_stays_for_who_keeps_it(
    world: World,
) -> None:
    actor = await world.actor("officer")
    made = await actions.add_award(world.ids["anh"], None, new(world), actor=actor, now=world.now)
    path = f"/people/{world.ids['anh']}/awards"
    async with world.client("officer") as browser:
        empty = await browser.form(f"/awards/{made}/removal", {"because": ""})
        assert empty.status_code == 422
        answer = await browser.form(f"/awards/{made}/removal", {"because": "Trùng tên người khác."})
        assert (answer.status_code, answer.headers["location"]) == (303, path)
        assert "Ghi nhầm" in (await browser.get(path)).text
        assert "Trùng tên người khác." in (await browser.get(f"/awards/{made}")).text
        again = await browser.form(f"/awards/{made}/removal", {"because": "x"})
        assert again.status_code == 409
    async with world.client("auditor") as browser:
        assert "5/QĐ-VKS" not in (await browser.get(path)).text
        assert (await browser.get(f"/awards/{made}")).status_code == 404


async def test_who_only_reads_cannot_mark_it(world: World) -> None:
    actor = await world.actor("officer")
    made = await actions.add_award(world.ids["anh"], None, new(world), actor=actor, now=world.now)
    for login in ("auditor", "appraiser", "staff", "other_officer"):
        async with world.client(login) as browser:
            answer = await browser.form(f"/awards/{made}/removal", {"because": "x"})
            assert answer.status_code == 404
    assert [row["removed_because"] for row in await rows()] == [""]


async def test_the_log_says_whose_and_no_word_of_it(world: World) -> None:
    actor = await world.actor("officer")
    made = await actions.add_award(world.ids["anh"], None, new(world), actor=actor, now=world.now)
    await actions.remove_award(made, "Trùng tên.", actor=actor, now=world.now)
    entries = (
        await AuditEntry.select(AuditEntry.action, AuditEntry.object_id, AuditEntry.detail)
        .where(AuditEntry.object_kind == "award_record")
        .order_by(AuditEntry.id)
    )
    assert entries == [
        {
            "action": "award_history.add_award",
            "object_id": made,
            "detail": f'{{"person": {world.ids["anh"]}}}',
        },
        {"action": "award_history.remove_award", "object_id": made, "detail": "{}"},
    ]
