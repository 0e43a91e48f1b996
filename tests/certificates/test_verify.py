from __future__ import annotations

import pytest

from tests.certificates.issued import asked, by_name, issue
from tests.conftest import World

pytestmark = pytest.mark.anyio


async def test_a_code_proves_the_certificate_and_says_no_more(world: World) -> None:
    await issue(world)
    found = await by_name("Lý Thị Bình")
    async with world.client() as anybody:
        page = await anybody.get(f"/v/{found['code']}")
    assert page.status_code == 200
    for part in (
        "Giấy khen thật, đang có hiệu lực",
        "Lý Thị Bình",
        "Giấy khen",
        "Viện trưởng Viện kiểm sát nhân dân tối cao",
        "01/QĐ-VKSTC",
        "19/12/2025",
        "0002/2025-GK",
    ):
        assert part in page.text
    for part in ("Lạng Sơn", "Chuyên viên", "Hoàng Văn Ánh", "/certificates/", "thành tích"):
        assert part not in page.text


async def test_a_code_may_be_typed_as_people_type(world: World) -> None:
    await issue(world)
    code = str((await by_name("Phòng 1"))["code"])
    misread = code.replace("0", "O").replace("1", "l")
    async with world.client() as anybody:
        for typed in (code.lower(), code.replace("-", ""), code.replace("-", " "), misread):
            assert (await anybody.get(f"/v/{typed}")).status_code == 200
            answer = await anybody.get("/v", params={"code": f" {typed} "})
            assert (answer.status_code, answer.headers["location"]) == (303, f"/v/{code}")


@pytest.mark.parametrize(
    "typed", ["0000-0000-0000", "7K3M", "x" * 200, "%00", "%3Cscript%3E", "U" * 12]
)
async def test_an_unknown_code_is_said_with_what_to_check(world: World, typed: str) -> None:
    await issue(world)
    async with world.client() as anybody:
        answers = [await anybody.get(f"/v/{typed}"), await anybody.get(f"/v?code={typed}")]
        for answer in answers:
            if answer.status_code == 303:
                answer = await anybody.get(answer.headers["location"])
            assert answer.status_code == 404
            assert "Không có giấy khen nào mang mã này" in answer.text
            assert "<script>" not in answer.text


async def test_what_is_not_yet_made_cannot_be_in_anybodys_hand(world: World) -> None:
    await issue(world, make=False)
    code = (await by_name("Phòng 1"))["code"]
    async with world.client() as anybody:
        unmade = await anybody.get(f"/v/{code}")
        unknown = await anybody.get("/v/0000-0000-0000")
    assert unmade.status_code == 404
    assert unmade.text.replace(str(code), "0000-0000-0000") == unknown.text


async def test_the_form_needs_no_sign_in_and_no_code(world: World) -> None:
    async with world.client() as anybody:
        page = await anybody.get("/v")
        empty = await anybody.get("/v?code=%20")
    assert (page.status_code, empty.status_code) == (200, 200)
    assert 'name="code"' in page.text


async def test_one_question_answers_a_code(world: World) -> None:
    await issue(world)
    code = (await by_name("Phòng 1"))["code"]
    async with world.client() as anybody:
        with world.count_queries() as counter:
            await anybody.get(f"/v/{code}")
        with world.count_queries() as malformed:
            await anybody.get("/v/7K3M")
    assert (asked(counter), asked(malformed)) == (1, 0)
