from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.sheets.tcvn3 import from_unicode, looks_legacy, to_unicode

SMALL = "aàảãáạăằẳẵắặâầẩẫấậbcdđeèẻẽéẹêềểễếệghiìỉĩíịklmnoòỏõóọôồổỗốộơờởỡớợpqrstuùủũúụưừửữứựvxyỳỷỹýỵ"
LETTERS = SMALL + SMALL.upper()
PAIRS = [
    ("ViÖn kiÓm s¸t nh©n d©n tèi cao", "Viện kiểm sát nhân dân tối cao"),
    ("NguyÔn V¨n ¸nh", "Nguyễn Văn ánh"),
    ("§Æng ThÞ Ngäc", "Đặng Thị Ngọc"),
    ("TrÇn Quèc TuÊn", "Trần Quốc Tuấn"),
    ("Lª H÷u Phóc", "Lê Hữu Phúc"),
    ("¦u tiªn, ¥n, ¢n, ¡n, ¤, £", "Ưu tiên, Ơn, Ân, Ăn, Ô, Ê"),
]


@pytest.mark.parametrize(("legacy", "text"), PAIRS)
def test_known_texts_both_ways(legacy: str, text: str) -> None:
    assert to_unicode(legacy) == text
    assert from_unicode(text) == legacy


def test_every_vietnamese_letter_has_its_code() -> None:
    assert len(set(LETTERS)) == 2 * (12 + 17 + 60)
    assert all(ord(c) < 256 for c in from_unicode(LETTERS))
    assert to_unicode(from_unicode(LETTERS)) == LETTERS


@given(st.text(alphabet=LETTERS + " 0123456789.,-"))
def test_there_and_back(text: str) -> None:
    assert to_unicode(from_unicode(text)) == unicodedata.normalize("NFC", text)


@pytest.mark.parametrize("legacy", [legacy for legacy, _ in PAIRS])
def test_legacy_text_is_recognised(legacy: str) -> None:
    assert looks_legacy(legacy)


@pytest.mark.parametrize(
    "text",
    [
        *(text for _, text in PAIRS),
        "ÂU LÊ",
        "Ông Ê Đê",
        "Lê Hoà",
        "TÔ HÙNG",
        "diện tích 5 m²",
        "điểm §1",
        "plain ASCII",
        "Quý · Hà",
        "",
    ],
)
def test_unicode_text_is_left_alone(text: str) -> None:
    assert not looks_legacy(text)
