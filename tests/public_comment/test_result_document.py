"""The result on paper: days, visits, what was said and how it was handled; nobody who wrote."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from io import BytesIO

import pypdfium2
import pytest

from app.public_comment import actions
from app.public_comment.documents import PrintedComment, ResultData, render_result
from app.public_comment.rules import NewComment
from tests.cast import at
from tests.conftest import World
from tests.public_comment.published import FIRST, published

DATA = ResultData(
    agency="Hội đồng Thi đua - Khen thưởng VKSND tối cao",
    place="Hà Nội",
    drawn_on=date(2026, 1, 7),
    title="Danh sách đề nghị khen thưởng năm 2025",
    round_name="Tổng kết năm 2025",
    first_on=date(2025, 12, 22),
    last_on=date(2026, 1, 5),
    working_days=10,
    skipped=((date(2025, 12, 27), ""), (date(2026, 1, 1), "Tết Dương lịch")),
    items=52,
    visits=((date(2025, 12, 22), 120), (date(2025, 12, 23), 80)),
    comments=(
        PrintedComment(
            1, 2, "Lý Thị Bình", "Làm từ năm 2023.", at("2025-12-23"), "unfounded", "Rõ."
        ),
        PrintedComment(2, None, "", "Danh sách thiếu.", at("2025-12-24"), None, ""),
    ),
)


def text_of(content: bytes) -> str:
    pages = pypdfium2.PdfDocument(BytesIO(content))
    return " ".join(" ".join(page.get_textpage().get_text_range() for page in pages).split())


def test_days_visits_and_answers_are_printed() -> None:
    text = text_of(render_result(DATA))
    for words in (
        "từ ngày 22/12/2025 đến hết ngày 05/01/2026, đủ 10 ngày làm việc",
        "01/01/2026 (Tết Dương lịch)",
        "Số lượt xem danh sách: 200",
        "Số phản ánh nhận được: 2; đã xử lý: 1; chưa xử lý: 1",
        "Không có cơ sở.",
        "Cả danh sách",
        "Chưa xử lý",
    ):
        assert words in text


def test_a_result_printed_before_the_last_day_is_over_says_so() -> None:
    interim = "Số liệu tạm thời, lập khi chưa hết thời gian công khai."
    drawn = [date(2025, 12, 22), date(2026, 1, 5), date(2026, 1, 6)]
    told = [interim in text_of(render_result(replace(DATA, drawn_on=day))) for day in drawn]
    assert told == [True, True, False]


def test_equal_facts_give_equal_bytes() -> None:
    assert render_result(DATA) == render_result(DATA)


def test_markup_in_a_comment_is_text() -> None:
    comment = replace(DATA.comments[0], text='<img src="file:///etc/passwd"> & <b>đậm</b>')
    text = text_of(render_result(replace(DATA, comments=(comment,))))
    # A narrow column breaks the line anywhere.
    assert '<imgsrc="file:///etc/passwd">&<b>đậm</b>' in text.replace(" ", "")


def test_hundreds_of_long_comments_run_over_pages() -> None:
    comment = replace(DATA.comments[0], text="Một câu dài. " * 300)
    many = tuple(replace(comment, number=number) for number in range(1, 40))
    assert len(pypdfium2.PdfDocument(BytesIO(render_result(replace(DATA, comments=many))))) > 10


@pytest.mark.anyio
async def test_the_page_prints_it_without_names_of_those_who_wrote(world: World) -> None:
    made, path = await published(world)
    new = NewComment(2, "Nguyễn Thị Hoa", "0900 000 001", "Làm từ năm 2023.")
    await actions.receive(path.rsplit("/", 1)[1], new, now=world.at(FIRST))
    async with world.client("secretary", now=world.at(FIRST)) as browser:
        answer = await browser.get(f"/publications/{made}/result.pdf")
    assert answer.headers["content-type"] == "application/pdf"
    text = text_of(answer.content)
    assert "Làm từ năm 2023." in text
    assert "Số 2: Lý Thị Bình" in text
    assert "HỘI ĐỒNG THI ĐUA - KHEN THƯỞNG VKSND TỐI CAO" in text
    assert "Nguyễn Thị Hoa" not in text
    assert "0900" not in text
