from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.certificates.codes import (
    ALPHABET,
    LENGTH,
    group,
    new_code,
    read_code,
    register_number,
    register_series,
)

CODES = st.text(ALPHABET, min_size=LENGTH, max_size=LENGTH).map(group)


@given(CODES)
def test_a_printed_code_reads_back_as_itself(code: str) -> None:
    assert read_code(code) == code
    assert read_code(code.lower()) == code
    assert read_code(code.replace("-", "")) == code
    assert read_code(f"  {code.replace('-', ' ')} ") == code


@given(CODES)
def test_what_is_misread_is_forgiven(code: str) -> None:
    for misread in (str.maketrans("01", "OI"), str.maketrans("01", "ol")):
        assert read_code(code.translate(misread)) == code


@given(st.text())
def test_whatever_is_typed_is_a_code_or_nothing(typed: str) -> None:
    code = read_code(typed)
    assert code is None or (len(code) == LENGTH + 2 and set(code) <= {*ALPHABET, "-"})


@pytest.mark.parametrize(
    "typed", ["", "7K3M-9QXR-2TD", "7K3M-9QXR-2TDE5", "7K3M-9QXR-2TDU", "é" * 12]
)
def test_what_cannot_be_a_code_is_none(typed: str) -> None:
    assert read_code(typed) is None


def test_codes_are_made_in_their_printed_form() -> None:
    made = {new_code() for _ in range(200)}
    assert len(made) == 200
    assert {read_code(code) for code in made} == made


@pytest.mark.parametrize(
    ("number", "award_form", "text"),
    [
        (1, "Giấy khen", "0001/2025-GK"),
        (12345, "Giấy khen", "12345/2025-GK"),
        (7, "Bằng khen bộ, ngành, tỉnh", "0007/2025-BK"),
    ],
)
def test_a_register_number_says_year_and_kind(number: int, award_form: str, text: str) -> None:
    assert register_number(number, 2025, award_form) == text
    assert register_series(2025) == "register:2025"
