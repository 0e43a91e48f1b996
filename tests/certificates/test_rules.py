from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.certificates.rules import TextTooLong, UnprintableText, fit
from app.kernel.lines import NBSP, Face, break_lines, keep_together

# Every character half as wide as the size: widths can be read off the text.
EVEN = Face(dict.fromkeys([*range(0x20, 0x7F), 0xA0, *range(0xC0, 0x1EFA), 0x201C, 0x201D], 500))


def lines(text: str, characters: int, most: int = 9) -> tuple[str, ...] | None:
    return break_lines(keep_together(text).split(" "), EVEN, characters * 500, most)


def test_lines_are_even_and_leave_no_orphan() -> None:
    assert lines("aaaa bbbb cccc dddd ee", 19) == ("aaaa bbbb", "cccc dddd ee")


def test_what_fits_stays_on_one_line() -> None:
    assert lines("aaaa bbbb", 9) == ("aaaa bbbb",)
    assert lines("aaaa bbbb", 8) == ("aaaa", "bbbb")


def test_more_lines_than_allowed_is_no_answer() -> None:
    assert lines("aaaa bbbb cccc", 4, most=2) is None


def test_a_word_wider_than_the_line_is_no_answer() -> None:
    assert lines("aaaaaaaaaa", 9) is None


@pytest.mark.parametrize(
    "whole",
    [
        "ngày 05 tháng 9 năm 2025",
        "ngày 05 tháng 9",
        "giai đoạn 2023 - 2025",
        "năm 2025",
        "khu vực 12",
        "số 38/QĐ-VKSTC",
        "quý IV",
    ],
)
def test_dates_and_numbers_never_part(whole: str) -> None:
    assert keep_together(f"theo {whole} của") == f"theo {whole.replace(' ', NBSP)} của"
    for width in range(len(whole), 60):
        broken = lines(f"aaa bbb ccc {whole} ddd eee fff", width)
        assert broken is not None
        assert sum(whole in line for line in broken) == 1


def test_a_dash_ends_its_line() -> None:
    assert lines("Khu vực 12 - Thành phố Hồ Chí Minh", 24) == (
        "Khu vực 12 -",
        "Thành phố Hồ Chí Minh",
    )


def test_compounds_and_short_quotes_stay_whole() -> None:
    assert lines("Đã góp phần xây dựng xã hội học tập năm 2025", 26) == (
        "Đã góp phần xây dựng",
        "xã hội học tập năm 2025",
    )
    assert lines("danh hiệu “Công dân học tập” cấp cơ sở", 28) == (
        "danh hiệu",
        "“Công dân học tập” cấp cơ sở",
    )


@given(
    st.lists(st.text("abcđ", min_size=1, max_size=9), min_size=1, max_size=40),
    st.integers(9, 60),
)
def test_no_word_is_lost_and_no_line_too_wide(words: list[str], characters: int) -> None:
    broken = break_lines(words, EVEN, characters * 500, 40)
    assert broken is not None
    assert " ".join(broken) == " ".join(words)
    assert max(map(len, broken)) <= characters


def test_the_largest_size_that_fits_is_taken() -> None:
    fitted = fit("name", "a" * 20, EVEN, width=40, sizes=(8, 4, 2), max_lines=1)
    assert (fitted.size, fitted.lines) == (4, ("a" * 20,))


def test_below_the_smallest_size_the_field_is_named() -> None:
    with pytest.raises(TextTooLong) as refused:
        fit("name", "a" * 20, EVEN, width=19, sizes=(8, 4, 2), max_lines=1)
    assert (refused.value.refusal.code, refused.value.refusal.field_name) == (
        "text-too-long",
        "name",
    )


def test_an_unknown_letter_is_named() -> None:
    with pytest.raises(UnprintableText) as refused:
        fit("name", "A阮", EVEN, width=40, sizes=(8,), max_lines=1)
    assert refused.value.refusal.values["code"] == "U+962E"
