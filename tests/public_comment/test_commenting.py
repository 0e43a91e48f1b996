"""A comment of the public: taken, refused with its text kept, answered once."""

from __future__ import annotations

import pytest

from app.audit.tables import AuditEntry
from app.public_comment import actions
from app.public_comment.rules import MOST_OF_ADDRESS
from tests.conftest import World
from tests.public_comment.published import AFTER, FIRST, LAST, published, rows

pytestmark = pytest.mark.anyio

TEXT = "Sáng kiến này do nhóm khác làm từ năm 2023."
COMMENT = {"about": "2", "text": TEXT, "author": "Nguyễn Thị Hoa", "contact": "0900 000 001"}


async def comments() -> list[dict[str, object]]:
    return await rows(
        "SELECT i.name, c.author, c.contact, c.text FROM public_comment c"
        " LEFT JOIN publication_item i ON i.id = c.about ORDER BY c.id"
    )


async def test_a_comment_is_taken_and_gets_a_receipt(world: World) -> None:
    _, path = await published(world)
    async with world.client(now=world.at(LAST)) as browser:
        answer = await browser.form(f"{path}/comments", COMMENT)
        assert answer.status_code == 303
        receipt = await browser.get(answer.headers["location"])
    assert "PA-1" in receipt.text
    assert TEXT not in receipt.text
    assert await comments() == [
        {
            "name": "Lý Thị Bình",
            "author": "Nguyễn Thị Hoa",
            "contact": "0900 000 001",
            "text": TEXT,
        }
    ]


async def test_a_receipt_is_not_found_by_guessing(world: World) -> None:
    _, path = await published(world)
    async with world.client(now=world.at(FIRST)) as browser:
        await browser.form(f"{path}/comments", COMMENT)
        for guess in ("1", "1-", "1-0000000000000000", "x-y", "%C3%A9-1", "1-%C3%A9"):
            assert (await browser.get(f"{path}/receipts/{guess}")).status_code == 404


async def test_name_and_subject_are_not_required(world: World) -> None:
    _, path = await published(world)
    async with world.client(now=world.at(FIRST)) as browser:
        answer = await browser.form(f"{path}/comments", {"text": TEXT})
    assert answer.status_code == 303
    assert await comments() == [{"name": None, "author": "", "contact": "", "text": TEXT}]


async def test_a_double_click_is_one_comment_with_one_receipt(world: World) -> None:
    _, path = await published(world)
    async with world.client(now=world.at(FIRST)) as browser:
        places = {
            (await browser.form(f"{path}/comments", COMMENT)).headers["location"] for _ in range(2)
        }
        await browser.form(f"{path}/comments", COMMENT | {"about": ""})
    assert len(places) == 1
    assert len(await comments()) == 2


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"text": "  "}, "Vui lòng nhập mục này."),
        ({"text": "a" * 4001}, "Tối đa 4000 ký tự; hiện có 4001."),
        ({"about": "5"}, "Giá trị phải từ 1 đến 4."),
        ({"about": "hai"}, "Vui lòng nhập một số nguyên không âm."),
        ({"website": "http://x"}, "Vui lòng để trống ô này."),
    ],
)
async def test_a_wrong_form_comes_back_as_it_was(
    world: World, wrong: dict[str, str], said: str
) -> None:
    _, path = await published(world)
    async with world.client(now=world.at(FIRST)) as browser:
        answer = await browser.form(f"{path}/comments", COMMENT | wrong)
    assert answer.status_code == 422
    assert said in answer.text
    assert "Nguyễn Thị Hoa" in answer.text
    assert await comments() == []


async def test_after_the_last_day_the_text_is_kept_but_not_taken(world: World) -> None:
    _, path = await published(world)
    async with world.client(now=world.at(AFTER)) as browser:
        answer = await browser.form(f"{path}/comments", COMMENT)
    assert answer.status_code == 409
    assert "Đã hết thời gian tiếp nhận (hết ngày 26/12/2025)" in answer.text
    assert TEXT in answer.text
    assert "Lý Thị Bình" not in answer.text
    assert await comments() == []


async def test_a_withdrawn_list_takes_no_comment(world: World) -> None:
    made, path = await published(world)
    actor = await world.actor("secretary")
    await actions.withdraw(made, "Sai tên.", actor=actor, now=world.at("2025-12-16"))
    async with world.client(now=world.at("2025-12-16")) as browser:
        answer = await browser.form(f"{path}/comments", COMMENT)
    assert (answer.status_code, await comments()) == (409, [])
    assert TEXT in answer.text


async def test_too_many_from_one_address_have_to_wait(world: World) -> None:
    _, path = await published(world)
    async with world.client(now=world.at(FIRST)) as browser:
        for number in range(MOST_OF_ADDRESS):
            answer = await browser.form(f"{path}/comments", {"text": f"Phản ánh {number}"})
            assert answer.status_code == 303
        answer = await browser.form(f"{path}/comments", COMMENT)
    assert (answer.status_code, answer.headers["Retry-After"]) == (429, "600")
    assert TEXT in answer.text
    assert len(await comments()) == MOST_OF_ADDRESS


async def test_without_the_page_s_token_nothing_is_taken(world: World) -> None:
    _, path = await published(world)
    async with world.client(now=world.at(FIRST)) as browser:
        answer = await browser.post(f"{path}/comments", data=COMMENT)
    assert (answer.status_code, await comments()) == (403, [])


async def test_the_log_knows_that_a_comment_came_and_not_from_whom(world: World) -> None:
    _, path = await published(world)
    async with world.client(now=world.at(FIRST)) as browser:
        await browser.form(f"{path}/comments", COMMENT)
    entry = await AuditEntry.select().where(AuditEntry.action == "public_comment.receive").first()
    assert entry is not None
    assert (entry["account_id"], entry["actor_name"], entry["address"]) == (None, "", "")
    assert entry["detail"] == '{"publication": 1}'
