"""A request that is too large or broken is answered with a page that says what to do."""

from __future__ import annotations

import pytest

from app.main import LARGEST_REQUEST
from tests.conftest import Browser, World

pytestmark = pytest.mark.anyio

BROKEN = (
    ("multipart/form-data; boundary=x", b"--x\r\nnonsense"),
    ("multipart/form-data", b"--x--"),
)


async def token(browser: Browser) -> dict[str, str]:
    await browser.get("/sign-in")
    return {"x-csrftoken": browser.cookies["thidua_csrf"]}


async def test_a_request_too_large_says_how_much_is_taken(world: World) -> None:
    async with world.client("administrator") as browser:
        answer = await browser.post(
            "/imports",
            headers=await token(browser),
            data={"kind": "people"},
            files={"file": ("lớn.csv", b"x" * (LARGEST_REQUEST + 1), "text/csv")},
        )
    assert answer.status_code == 413
    assert '<html lang="vi">' in answer.text
    assert "Nội dung gửi lên vượt quá 25 MB nên chưa được nhận." in answer.text
    assert "Vui lòng chọn tệp nhỏ hơn hoặc chia thành nhiều tệp rồi gửi lại." in answer.text
    assert "Request Entity Too Large" not in answer.text


@pytest.mark.parametrize(("kind", "body"), BROKEN)
@pytest.mark.parametrize("login", ["administrator", None])
async def test_a_broken_form_asks_to_send_it_again(
    world: World, login: str | None, kind: str, body: bytes
) -> None:
    async with world.client(login) as browser:
        headers = {**await token(browser), "content-type": kind}
        answer = await browser.post("/sign-in", content=body, headers=headers)
    assert answer.status_code == 400
    assert '<html lang="vi">' in answer.text
    assert "Nội dung gửi lên bị hỏng trên đường truyền nên không đọc được." in answer.text
    assert "Vui lòng quay lại trang trước rồi gửi lại." in answer.text


async def test_the_words_are_those_of_the_readers_language(world: World) -> None:
    async with world.client("administrator") as browser:
        await browser.form("/language", {"lang": "en", "next": "/"})
        headers = {**await token(browser), "content-type": BROKEN[0][0]}
        answer = await browser.post("/imports", content=BROKEN[0][1], headers=headers)
    assert answer.status_code == 400
    assert '<html lang="en">' in answer.text
