"""Two versions of a set side by side."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.movement.rules.comparing import FIELD_WORDS, compare, words_marked
from app.movement.rules.facts import Band, CriteriaSetFacts, CriterionFacts

C1 = CriterionFacts(1, "C1", "judged", "Tự học", "đề cao tính chủ động", Decimal(25), 1)
C2 = CriterionFacts(2, "C2", "judged", "", "có sáng kiến", Decimal(40), 2)
G1 = CriterionFacts(3, "G1", "gate", "", "thực chất", None, 3)


def criteria_set(*criteria: CriterionFacts, version: int = 1) -> CriteriaSetFacts:
    return CriteriaSetFacts(version, "individual", "Bộ", version, "", criteria)


def test_the_same_criteria_in_another_version_differ_in_nothing() -> None:
    found = compare(criteria_set(C1, C2, G1), criteria_set(C1, C2, G1, version=2))
    assert found.identical
    assert found.same == ("C1", "C2", "G1")


def test_added_removed_and_totals() -> None:
    new = replace(C2, id=9, code="C9", max_points=Decimal("42.5"))
    found = compare(criteria_set(C1, C2, G1), criteria_set(C1, new, G1))
    assert [c.code for c in found.added] == ["C9"]
    assert [c.code for c in found.removed] == ["C2"]
    assert found.changed == ()
    assert (found.old_total, found.new_total) == (Decimal(65), Decimal("67.5"))
    assert not found.identical


CHANGES: dict[str, Any] = {
    "kind": "attested",
    "title": "Tự học số",
    "text": "đề cao tính sáng tạo",
    "max_points": Decimal("20.5"),
    "help": "Nêu số giờ tự học.",
    "source": "1315/QĐ-TTg",
    "evidence_required": True,
    "proposed": True,
    "bands": (Band("Tốt", "", Decimal(0), Decimal(25)),),
    "indicator": "organization.good_years",
    "function": '{"kind":"yes_no"}',
}


def test_every_field_of_a_criterion_is_compared() -> None:
    assert set(FIELD_WORDS) == {*CHANGES, "position"}


@pytest.mark.parametrize("name", CHANGES)
def test_one_changed_field_is_one_line(name: str) -> None:
    changed = replace(C1, id=7, **{name: CHANGES[name]})
    found = compare(criteria_set(C1, C2), criteria_set(changed, C2))
    assert [(c.code, [f.field for f in c.fields]) for c in found.changed] == [("C1", [name])]


def test_words_are_marked() -> None:
    changed = replace(C1, text="đề cao tính sáng tạo")
    (change,) = compare(criteria_set(C1), criteria_set(changed)).changed
    said = [(s.kind, s.text) for s in change.fields[0].segments]
    assert said[0] == ("same", "đề cao tính ")
    assert {kind for kind, _ in said} == {"same", "removed", "added"}


def test_points_are_shown_as_people_write_them() -> None:
    changed = replace(C1, max_points=Decimal("20.50"))
    (change,) = compare(criteria_set(C1), criteria_set(changed)).changed
    assert [(s.kind, s.text) for s in change.fields[0].segments] == [
        ("removed", "25"),
        ("added", "20,5"),
    ]


def test_another_order_is_a_change_but_a_gap_is_none() -> None:
    swapped = compare(criteria_set(C1, C2, G1), criteria_set(C2, C1, G1))
    assert [(c.code, c.fields[0].field) for c in swapped.changed] == [
        ("C2", "position"),
        ("C1", "position"),
    ]
    assert compare(criteria_set(C1, C2, G1), criteria_set(C2, G1)).changed == ()


TEXTS = st.text(alphabet="ab \n", max_size=40)


@given(TEXTS, TEXTS)
def test_marked_words_hold_both_texts_whole(old: str, new: str) -> None:
    segments = words_marked(old, new)
    assert "".join(s.text for s in segments if s.kind != "added") == old
    assert "".join(s.text for s in segments if s.kind != "removed") == new
    assert all(s.text for s in segments)
