"""The office's page: what was said, who said it, and one answer to each."""

from __future__ import annotations

import asyncio

import pytest

from app.kernel.refusal import NotVisible, Refused
from app.public_comment import actions
from app.public_comment.rules import NewComment
from tests.conftest import World
from tests.public_comment.published import FIRST, NEW, published, rows

pytestmark = pytest.mark.anyio

TEXT = "Sáng kiến này do nhóm khác làm."
ANSWER = {"conclusion": "unfounded", "text": "Đã xác minh tại đơn vị."}


async def commented(world: World) -> tuple[int, int]:
    made, path = await published(world)
    code = path.rsplit("/", 1)[1]
    comment = await actions.receive(
        code, NewComment(3, "Nguyễn Thị Hoa", "0900 000 001", TEXT), now=world.at(FIRST)
    )
    return made, comment


async def test_who_wrote_is_known_to_the_office_alone(world: World) -> None:
    made, _ = await commented(world)
    known = {}
    for login in ("secretary", "appraiser", "leader", "auditor"):
        async with world.client(login, now=world.at(FIRST)) as browser:
            page = await browser.get(f"/publications/{made}")
        assert TEXT in page.text
        assert "số 3, Hoàng Văn Ánh" in page.text
        known[login] = ("Nguyễn Thị Hoa" in page.text, "0900 000 001" in page.text)
    assert known == {
        "secretary": (True, True),
        "appraiser": (True, True),
        "leader": (False, False),
        "auditor": (False, False),
    }


@pytest.mark.parametrize("login", ["officer", "head", "member_1", "staff", "discipline"])
async def test_nobody_else_sees_the_page(world: World, login: str) -> None:
    made, _ = await commented(world)
    async with world.client(login, now=world.at(FIRST)) as browser:
        for path in (f"/publications/{made}", f"/publications/{made}/result.pdf"):
            assert (await browser.get(path)).status_code == 404


async def test_a_comment_is_answered_through_the_page(world: World) -> None:
    made, comment = await commented(world)
    async with world.client("secretary", now=world.at("2025-12-16")) as browser:
        answer = await browser.form(f"/publications/{made}/comments/{comment}/handling", ANSWER)
        assert answer.status_code == 303
        page = await browser.get(f"/publications/{made}")
    assert "Không có cơ sở" in page.text
    assert "Đã xác minh tại đơn vị." in page.text
    assert "Ghi kết quả xử lý" not in page.text


async def test_a_second_answer_is_refused_and_its_text_kept(world: World) -> None:
    made, comment = await commented(world)
    path = f"/publications/{made}/comments/{comment}/handling"
    async with world.client("secretary", now=world.at("2025-12-16")) as browser:
        await browser.form(path, ANSWER)
        answer = await browser.form(path, ANSWER | {"text": "Một câu trả lời khác."})
    assert answer.status_code == 409
    assert "Phản ánh này đã có kết quả xử lý." in answer.text
    assert "Một câu trả lời khác." in answer.text
    assert await rows("SELECT text FROM comment_handling") == [{"text": "Đã xác minh tại đơn vị."}]


async def test_two_answers_at_once_are_one(world: World) -> None:
    made, comment = await commented(world)
    actor = await world.actor("secretary")
    answers = await asyncio.gather(
        *(
            actions.handle(made, comment, "founded", text, actor=actor, now=world.at(FIRST))
            for text in ("một", "hai")
        ),
        return_exceptions=True,
    )
    refused = [answer for answer in answers if isinstance(answer, Refused)]
    assert [error.refusal.code for error in refused] == ["already-handled"]
    assert len(await rows("SELECT id FROM comment_handling")) == 1


async def test_a_comment_is_answered_under_its_own_list_only(world: World) -> None:
    made, comment = await commented(world)
    actor = await world.actor("secretary")
    for of, number in ((made + 1, comment), (made, comment + 1), (made, 2**40), (made, 0)):
        with pytest.raises(NotVisible):
            await actions.handle(of, number, "founded", "x", actor=actor, now=world.at(FIRST))


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"conclusion": "x"}, "Vui lòng chọn một mục trong danh sách."),
        ({"text": ""}, "Vui lòng nhập mục này."),
    ],
)
async def test_an_unfinished_answer_comes_back(
    world: World, wrong: dict[str, str], said: str
) -> None:
    made, comment = await commented(world)
    path = f"/publications/{made}/comments/{comment}/handling"
    async with world.client("secretary", now=world.at(FIRST)) as browser:
        answer = await browser.form(path, ANSWER | wrong)
    assert answer.status_code == 422
    assert said in answer.text


async def test_appraiser_and_leader_read_and_do_not_answer(world: World) -> None:
    made, comment = await commented(world)
    path = f"/publications/{made}/comments/{comment}/handling"
    for login in ("appraiser", "leader", "auditor"):
        async with world.client(login, now=world.at(FIRST)) as browser:
            assert (await browser.form(path, ANSWER)).status_code == 404
    assert await rows("SELECT id FROM comment_handling") == []


async def test_a_list_is_withdrawn_with_its_reason_and_once(world: World) -> None:
    made, _ = await commented(world)
    path = f"/publications/{made}/withdrawal"
    async with world.client("secretary", now=world.at("2025-12-16")) as browser:
        assert (await browser.form(path, {"because": ""})).status_code == 422
        assert (await browser.form(path, {"because": "Sai tên đơn vị."})).status_code == 303
        again = await browser.form(path, {"because": "Lần nữa."})
    assert again.status_code == 409
    assert "Lần nữa." in again.text
    assert await rows("SELECT withdrawn_because FROM publication") == [
        {"withdrawn_because": "Sai tên đơn vị."}
    ]


async def test_the_published_list_stays_readable_for_the_office(world: World) -> None:
    made, _ = await commented(world)
    async with world.client("auditor", now=world.at("2026-03-01")) as browser:
        page = await browser.get(f"/publications/{made}/list")
    assert "Lý Thị Bình" in page.text
    assert NEW.title in page.text


async def test_the_page_asks_as_much_for_one_comment_as_for_many(world: World) -> None:
    made, _ = await commented(world)
    (row,) = await rows("SELECT code FROM publication")
    counts = []
    for extra in (0, 30):
        for number in range(extra):
            new = NewComment(None, "", "", f"Phản ánh số {number}")
            await actions.receive(row["code"], new, now=world.at(FIRST))
        async with world.client("secretary", now=world.at(FIRST)) as browser:
            with world.count_queries() as counter:
                await browser.get(f"/publications/{made}")
        counts.append(counter.count)
    assert counts[0] == counts[1]
