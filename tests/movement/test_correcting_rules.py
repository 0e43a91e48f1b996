"""What a correction may do to an open round: its own rules."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from app.kernel.period import Period
from app.movement.rules import GATE_CODES, default_protocol
from app.movement.rules.correcting import Affected, affected, refuse_correcting
from app.movement.rules.facts import CriteriaSetFacts, CriterionFacts, Opening, RoundFacts
from app.nominations.rules.correcting import CriterionUse, refuse_moving
from tests import cast


def criteria(*points: tuple[str, str, str | None], set_id: int = 1) -> CriteriaSetFacts:
    rows = tuple(
        CriterionFacts(n, code, kind, "", code, None if most is None else Decimal(most), n)
        for n, (code, kind, most) in enumerate(points, start=1)
    )
    return CriteriaSetFacts(set_id, "individual", "Bộ", set_id, "", rows)


GATES: tuple[tuple[str, str, str | None], ...] = tuple((g, "gate", None) for g in GATE_CODES)
OLD = criteria(("C1", "judged", "60"), ("C2", "judged", "40"), *GATES)
ROUND = RoundFacts(
    id=1,
    code="VKS-2025",
    name="Tổng kết năm 2025",
    kind="annual",
    movement_id=1,
    movement_name="Phong trào",
    achievements=Period(date(2024, 12, 1), date(2025, 11, 30)),
    nominations=None,
    scoring_close_on=None,
    session_on=None,
    award_form=None,
    sets={"individual": OLD},
    opening=Opening(cast.at("2025-10-20"), default_protocol(), "", ""),
)
NEW = replace(OLD, id=2, version=2)


def points(c1: str, c2: str) -> CriteriaSetFacts:
    return criteria(("C1", "judged", c1), ("C2", "judged", c2), *GATES, set_id=2)


@pytest.mark.parametrize(
    ("round_", "new", "movement", "code"),
    [
        (ROUND, NEW, 1, None),
        (ROUND, points("50", "50"), 1, None),
        (replace(ROUND, opening=None), NEW, 1, "not-open"),
        (ROUND, OLD, 1, "no-other-version"),
        (ROUND, NEW, 2, "no-other-version"),
        (ROUND, replace(NEW, subject="collective"), 1, "no-other-version"),
        (ROUND, points("50", "49.99"), 1, "not-a-hundred"),
        (ROUND, criteria(("C1", "judged", "100"), *GATES, set_id=2), 1, "protocol-needs-criterion"),
        (ROUND, replace(NEW, criteria=NEW.criteria[:-1]), 1, "wrong-gates"),
        (
            ROUND,
            criteria(("C1", "judged", "100"), ("C2", "gate", None), *GATES, set_id=2),
            1,
            "wrong-gates",
        ),
    ],
)
def test_another_version_for_an_open_round(
    round_: RoundFacts, new: CriteriaSetFacts, movement: int, code: str | None
) -> None:
    refusal = refuse_correcting(round_, new, movement)
    assert (refusal.code if refusal else None) == code


def test_wording_alone_affects_nobody() -> None:
    reworded = tuple(replace(c, text="khác", title="khác", help="khác") for c in OLD.criteria)
    assert affected(OLD, replace(NEW, criteria=reworded)) == ()


@pytest.mark.parametrize(
    ("kind", "most", "found"),
    [
        ("judged", "70", Affected("C1", "điểm tối đa từ {old} thành {new}",
                                  {"old": "60", "new": "70"}, True, True, Decimal(70))),
        ("attested", "60", Affected("C1", "loại “{old}” thành “{new}”",
                                    {"old": "Chấm theo mức", "new": "Xác nhận có văn bản"},
                                    True, True, Decimal(60))),
        ("measured", "60", Affected("C1", "loại “{old}” thành “{new}”",
                                    {"old": "Chấm theo mức", "new": "Hệ thống đo"},
                                    True, False, Decimal(60), everybody=True)),
        ("gate", None, Affected("C1", "loại “{old}” thành “{new}”",
                                {"old": "Chấm theo mức", "new": "Điều kiện"},
                                False, False, None)),
    ],
)  # fmt: skip
def test_what_a_changed_criterion_keeps(kind: str, most: str | None, found: Affected) -> None:
    new = criteria(("C1", kind, most), ("C2", "judged", "40"), *GATES, set_id=2)
    assert affected(OLD, new) == (found,)


def test_a_criterion_that_is_gone_keeps_nothing() -> None:
    new = criteria(("C9", "judged", "60"), ("C2", "judged", "40"), *GATES)
    found, added = affected(OLD, new)
    assert (found.code, found.keeps_evidence, found.keeps_marks) == ("C1", False, False)
    assert (added.code, added.what, added.everybody) == ("C9", "thêm mới", True)


MEASURED_BY = replace(
    OLD.criteria[0], kind="measured", indicator="a.b", function='{"kind":"yes_no"}'
)


@pytest.mark.parametrize(
    ("before", "change", "what"),
    [
        (MEASURED_BY, {"indicator": "a.c"}, ["đổi chỉ số"]),
        (MEASURED_BY, {"function": '{"at":"1"}'}, ["đổi cách tính điểm"]),
        (MEASURED_BY, {"max_points": Decimal(50)}, ["điểm tối đa từ {old} thành {new}"]),
        (
            MEASURED_BY,
            {"indicator": "a.c", "function": '{"at":"1"}'},
            ["đổi chỉ số", "đổi cách tính điểm"],
        ),
        (OLD.criteria[0], {"evidence_required": True}, ["nay phải có minh chứng"]),
        (
            replace(OLD.criteria[0], evidence_required=True),
            {"evidence_required": False},
            ["không còn phải có minh chứng"],
        ),
    ],
)
def test_what_every_dossier_of_the_subject_feels_is_named(
    before: CriterionFacts, change: dict[str, Any], what: list[str]
) -> None:
    rest = OLD.criteria[1:]
    found = affected(
        replace(OLD, criteria=(before, *rest)),
        replace(NEW, criteria=(replace(before, **change), *rest)),
    )
    assert [line.what for line in found] == what
    assert {(line.code, line.everybody) for line in found} == {("C1", True)}
    assert all(line.keeps_evidence and line.keeps_marks for line in found)


GONE = Affected("C1", "", {}, False, False, None)
MEASURED = Affected("C1", "", {}, True, False, Decimal(60))
LOWER = Affected("C1", "", {}, True, True, Decimal(50))
FREE = CriterionUse()


@pytest.mark.parametrize(
    ("change", "use", "code"),
    [
        (GONE, FREE, None),
        (GONE, CriterionUse(achievements=1), "evidence-stands-there"),
        (GONE, CriterionUse(files=1), "evidence-stands-there"),
        (GONE, CriterionUse(questions=1), "evidence-stands-there"),
        (GONE, CriterionUse(marks=1, highest=Decimal(1)), "marks-stand-there"),
        (MEASURED, CriterionUse(achievements=1, files=1, questions=1), None),
        (MEASURED, CriterionUse(marks=1, highest=Decimal(0)), "marks-stand-there"),
        (LOWER, CriterionUse(achievements=9, marks=3, highest=Decimal(50)), None),
        (LOWER, CriterionUse(marks=3, highest=Decimal("50.01")), "mark-above-maximum"),
    ],
)
def test_what_stands_under_a_criterion(
    change: Affected, use: CriterionUse, code: str | None
) -> None:
    refusal = refuse_moving([change], {"C1": use}, scoring_opened=False)
    assert (refusal.code if refusal else None) == code
    assert refusal is None or refusal.values == {"codes": "C1"}


def test_every_broken_code_is_named() -> None:
    uses = {code: CriterionUse(files=1) for code in ("C1", "C2")}
    refusal = refuse_moving([GONE, replace(GONE, code="C2")], uses, scoring_opened=False)
    assert refusal is not None
    assert refusal.values == {"codes": "C1, C2"}


def test_nothing_is_corrected_once_scoring_opened() -> None:
    refusal = refuse_moving([], {}, scoring_opened=True)
    assert refusal is not None
    assert refusal.code == "scoring-opened"
