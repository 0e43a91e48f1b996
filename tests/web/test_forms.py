from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.web.forms import Form
from app.web.paging import Cursor, cursor_from


def test_text_is_tidied_line_by_line_and_nul_is_dropped() -> None:
    form = Form({"a": "  Nguye\u0302\u0303n \t Văn\x00 \n\n  Đạt  "})
    assert form.text("a", longest=40) == "Nguyễn Văn\n\nĐạt"
    assert form.errors == {}


def test_what_is_missing_or_too_long_is_refused_beside_its_field() -> None:
    form = Form({"a": "  ", "b": "x" * 11, "c": b"upload"})
    form.text("a", longest=10)
    form.text("b", longest=10)
    form.text("c", longest=10)
    form.text("d", longest=10, required=False)
    codes = {name: error.code for name, error in form.errors.items()}
    assert codes == {"a": "required", "b": "too-long", "c": "required"}
    assert form.values["b"] == "x" * 11


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("05/09/2025", date(2025, 9, 5)),
        ("5/9/2025", date(2025, 9, 5)),
        ("2025-09-05", date(2025, 9, 5)),
        ("31/02/2025", None),
        ("05/03/2960", None),
        ("", None),
    ],
)
def test_days(typed: str, day: date | None) -> None:
    form = Form({"day": typed})
    assert form.day("day") == day
    assert (form.errors == {}) is (day is not None)


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("1.250,5", Decimal("1250.5")),
        ("1250.5", Decimal("1250.5")),
        ("", None),
        ("-3", Decimal(-3)),
    ],
)
def test_quantities(typed: str, value: Decimal | None) -> None:
    form = Form({"q": typed})
    assert form.quantity("q") == value
    assert form.errors == {}


@pytest.mark.parametrize("typed", ["abc", "NaN", "1e9", "1,234", "9999999999999", "--1"])
def test_what_is_no_quantity_is_refused(typed: str) -> None:
    form = Form({"q": typed})
    assert form.quantity("q") is None
    assert form.errors["q"].code == "not-a-number"


def test_an_empty_mark_is_missing_and_not_zero() -> None:
    form = Form({"C1": "", "C2": "0", "C3": "40,01"})
    marks = [form.points(name, Decimal(40)) for name in ("C1", "C2", "C3")]
    assert marks == [None, Decimal(0), None]
    assert set(form.errors) == {"C3"}


@pytest.mark.parametrize("typed", ["", "-1", "1.5", "1e3", "99999999999", "²"])
def test_what_is_no_whole_number_is_refused(typed: str) -> None:
    form = Form({"n": typed})
    form.integer("n")
    assert set(form.errors) == {"n"}


@given(st.text(max_size=80).filter(lambda s: "\x00" not in s), st.integers(-(2**31) + 1, 2**31 - 1))
def test_a_cursor_survives_its_journey(key: str, row_id: int) -> None:
    cursor = Cursor(key.encode("utf-8", "ignore").decode(), row_id)
    assert cursor_from(str(cursor)) == cursor


@given(st.text(max_size=60))
def test_any_other_text_is_no_cursor_or_a_harmless_one(text: str) -> None:
    cursor = cursor_from(text)
    assert cursor is None or isinstance(cursor.id, int)
