"""Why an award is not taken into the history, or not out of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from app.award_history.rules import Award, NewAward, Removal, refuse_award, refuse_removal
from app.kernel.period import Period
from tests.cast import at

TODAY = date(2025, 11, 10)
NEW = NewAward(
    1,
    "Giấy khen",
    "thematic",
    "5/QĐ-VKS",
    date(2024, 12, 20),
    "VKSND tỉnh Lạng Sơn",
    Period(date(2023, 12, 1), date(2024, 11, 30)),
    "",
)
KNOWN = Award(
    id=3,
    person_id=1,
    collective_id=None,
    holder_name="Hoàng Văn Ánh",
    award_form="Giấy khen",
    method="thematic",
    decision_number="5/QĐ-VKS",
    decided_on=date(2024, 12, 20),
    issuer="VKSND tỉnh Lạng Sơn",
    period=None,
    achievement="",
    from_decision=False,
)
REMOVED = replace(KNOWN, removal=Removal("Cán bộ", at("2025-01-01"), "Ghi nhầm người"))


@pytest.mark.parametrize(
    ("new", "code"),
    [
        (NEW, None),
        (replace(NEW, decided_on=TODAY), None),
        (replace(NEW, decided_on=date(2025, 11, 11)), "decided-in-future"),
        (replace(NEW, period=None), None),
        (replace(NEW, period=Period(date(2024, 12, 20), date(2025, 1, 1))), None),
        (
            replace(NEW, period=Period(date(2024, 12, 21), date(2025, 1, 1))),
            "period-after-decision",
        ),
    ],
)
def test_its_days_make_sense(new: NewAward, code: str | None) -> None:
    refusal = refuse_award(new, (), TODAY)
    assert (refusal.code if refusal else None) == code


@pytest.mark.parametrize(
    ("new", "known", "code"),
    [
        (NEW, KNOWN, "same-award"),
        (replace(NEW, decision_number="5/qd-vks"), KNOWN, "same-award"),
        (replace(NEW, decision_number="6/QĐ-VKS"), KNOWN, None),
        (replace(NEW, decided_on=date(2023, 12, 20), period=None), KNOWN, None),
        (replace(NEW, award_form="Bằng khen"), KNOWN, None),
        (NEW, REMOVED, None),
    ],
)
def test_the_same_award_is_entered_once(new: NewAward, known: Award, code: str | None) -> None:
    refusal = refuse_award(new, (known,), TODAY)
    assert (refusal.code if refusal else None) == code


@pytest.mark.parametrize(
    ("award", "code"),
    [
        (KNOWN, None),
        (REMOVED, "already-removed"),
        (replace(KNOWN, from_decision=True), "from-decision"),
    ],
)
def test_what_a_decision_wrote_is_not_taken_out(award: Award, code: str | None) -> None:
    refusal = refuse_removal(award)
    assert (refusal.code if refusal else None) == code
