from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.kernel.vietnamese import order_key, person_order_key, search_key, tidy

LETTERS = (
    "aàảãáạăằẳẵắặâầẩẫấậbcdđeèẻẽéẹêềểễếệghiìỉĩíịklmnoòỏõóọôồổỗốộơờởỡớợpqrstuùủũúụưừửữứựvxyỳỷỹýỵ"
)


def test_words_come_in_dictionary_order_letters_before_tones() -> None:
    words = ["ban", "bàn", "bản", "bãn", "bán", "bạn", "băn", "bân", "cá", "da", "đa", "e", "ê"]
    shuffled = sorted(words, key=len)
    assert sorted(shuffled, key=order_key) == words


def test_people_are_sorted_by_given_then_middle_then_family_name() -> None:
    people = ["Lê Văn An", "Nguyễn Thị Ánh", "Trần Ân", "Bế Văn Bình", "An Thị Đào", "Đỗ Dũng"]
    expected = [
        "Lê Văn An", "Nguyễn Thị Ánh", "Trần Ân", "Bế Văn Bình", "Đỗ Dũng", "An Thị Đào",
    ]  # fmt: skip
    assert sorted(people, key=person_order_key) == expected


def test_numbered_units_come_by_their_number() -> None:
    units = ["Khu vực 1", "Khu vực 2 - An Giang", "Khu vực 10", "Khu vực 11", "Khu vực 100"]
    assert sorted(units, key=len, reverse=True) != units
    assert sorted(sorted(units), key=order_key) == units


def test_a_shorter_name_stands_before_the_longer_one() -> None:
    assert order_key("an") < order_key("an a") < order_key("anh")


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Đặng Thị Ngọc", "dang thi ngoc"),
        ("  H'Mrao   Niê Kdăm ", "h mrao nie kdam"),
        ("ĐƯỜNG 3/2", "duong 3 2"),
        (unicodedata.normalize("NFD", "Nguyễn Văn Ửng"), "nguyen van ung"),
        ("", ""),
    ],
)
def test_search_keys_lose_every_mark(text: str, key: str) -> None:
    assert search_key(text) == key


@given(st.text(alphabet=LETTERS + LETTERS.upper() + " ", max_size=40))
def test_keys_do_not_depend_on_composition(text: str) -> None:
    decomposed = unicodedata.normalize("NFD", text)
    assert tidy(decomposed) == tidy(text)
    assert search_key(decomposed) == search_key(text)
    assert order_key(decomposed) == order_key(text)
    assert search_key(text).isascii()


@given(st.text(max_size=60))
def test_tidy_is_stable_on_anything(text: str) -> None:
    assert tidy(tidy(text)) == tidy(text)
