from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.council.rules import ApprovedNomination
from app.decisions.rules import (
    AnnexItem,
    Held,
    Issuer,
    Preparation,
    annex,
    capacity_line,
    number_text,
    refuse_decision,
    refuse_signing_day,
)
from app.decisions.wording import movement_phrase

ISSUER = Issuer("Viện kiểm sát nhân dân tối cao", "", "Viện trưởng", "VKSTC", "Hà Nội")
HELD = Held(date(2025, 12, 12), "12/BB", "Hội đồng", ISSUER)
COEFFICIENTS = {"individual": Decimal("0.3"), "collective": Decimal("0.6")}


def approved(nomination_id: int, subject: str, rank: int) -> ApprovedNomination:
    return ApprovedNomination(nomination_id, f"N{nomination_id}", subject, "", "", "", 3, rank)


READY = Preparation(None, HELD, (approved(1, "individual", 1),))


@pytest.mark.parametrize(
    ("preparation", "code"),
    [
        (READY, None),
        (replace(READY, decision_id=7), "already-decided"),
        (replace(READY, held=None, approved=()), "no-council-result"),
        (replace(READY, approved=()), "nobody-approved"),
        (replace(READY, open_comments=1), "comments-open"),
    ],
)
def test_a_decision_needs_a_result_with_somebody_in_it(
    preparation: Preparation, code: str | None
) -> None:
    refusal = refuse_decision(preparation)
    assert (refusal and refusal.code) == code


@pytest.mark.parametrize(
    ("signed_on", "code"),
    [
        (date(2025, 12, 11), "before-session"),
        (date(2025, 12, 12), None),
        (date(2025, 12, 19), None),
        (date(2025, 12, 20), "in-future"),
    ],
)
def test_the_day_of_signing_lies_between_session_and_today(
    signed_on: date, code: str | None
) -> None:
    refusal = refuse_signing_day(HELD.on, signed_on, today=date(2025, 12, 19))
    assert (refusal and (refusal.code, refusal.field_name)) == (code and (code, "signed_on"))


def test_collectives_come_first_and_ties_keep_their_order() -> None:
    given = (
        approved(1, "individual", 2),
        approved(2, "individual", 1),
        approved(3, "collective", 9),
        approved(4, "individual", 2),
    )
    items = annex(given, COEFFICIENTS, 2_340_000)
    assert [(i.position, i.nomination_id, i.bonus_amount) for i in items] == [
        (1, 3, 1_410_000),
        (2, 2, 710_000),
        (3, 1, 710_000),
        (4, 4, 710_000),
    ]


@given(
    st.lists(
        st.tuples(st.sampled_from(("individual", "collective")), st.integers(1, 9)), max_size=30
    )
)
def test_the_annex_holds_everybody_once_in_gapless_positions(lines: list[tuple[str, int]]) -> None:
    given = [approved(n, subject, rank) for n, (subject, rank) in enumerate(lines)]
    items = annex(given, COEFFICIENTS, 2_530_000)
    assert [item.position for item in items] == list(range(1, len(lines) + 1))
    assert sorted(item.nomination_id for item in items) == list(range(len(lines)))
    subjects = [item.subject for item in items]
    assert subjects == sorted(subjects)
    assert all(
        item.bonus_amount % 10_000 == 0 and item.bonus_amount >= item.coefficient * 2_530_000
        for item in items
    )


@pytest.mark.parametrize(
    ("number", "symbol", "text"),
    [(1, "VKSTC", "01/QĐ-VKSTC"), (10, "VKSTC", "10/QĐ-VKSTC"), (128, "VKS", "128/QĐ-VKS")],
)
def test_a_number_below_ten_takes_a_zero(number: int, symbol: str, text: str) -> None:
    assert number_text(number, symbol) == text


def test_a_deputy_signs_for_the_head() -> None:
    assert capacity_line("KT.", ISSUER.head) == "KT. VIỆN TRƯỞNG"
    assert capacity_line("", ISSUER.head) == ""
    assert ISSUER.authority == "Viện trưởng Viện kiểm sát nhân dân tối cao"


@pytest.mark.parametrize(
    ("post", "unit", "line"),
    [
        ("Kiểm sát viên", "Phòng 1", "Kiểm sát viên, Phòng 1"),
        ("", "Phòng 1", "Phòng 1"),
        ("", "Vụ 7", ""),
        ("", "", ""),
    ],
)
def test_a_position_line_has_no_empty_parts(post: str, unit: str, line: str) -> None:
    item = AnnexItem(1, 1, "collective", "Vụ 7", post, unit, Decimal("0.6"), 0)
    assert item.position_line == line


def test_a_movement_is_named_once() -> None:
    assert movement_phrase("Học") == "Phong trào thi đua “Học”"
    assert movement_phrase("Phong trào thi đua “Học”") == "Phong trào thi đua “Học”"
