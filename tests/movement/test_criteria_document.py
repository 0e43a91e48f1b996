"""What is hashed says everything a criterion says."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from app.movement.rules import criteria_document
from app.movement.rules.facts import Band, CriteriaSetFacts, CriterionFacts
from app.movement.rules.protocol import fingerprint

BAND = Band("Tốt", "Nhiều", Decimal(0), Decimal(25))
CRITERION = CriterionFacts(
    1,
    "C1",
    "judged",
    "Tên",
    "Nội dung",
    Decimal(25),
    1,
    help="Hướng dẫn",
    source="1315/QĐ-TTg",
    bands=(BAND,),
)
# Which row of the database it is and where it stands among others says nothing of its own.
SILENT = {"id", "position"}
CHANGES: dict[str, Any] = {
    "code": "C2",
    "kind": "attested",
    "title": "Khác",
    "text": "Khác",
    "max_points": Decimal("25.5"),
    "help": "",
    "source": "",
    "evidence_required": True,
    "proposed": True,
    "indicator": "x",
    "function": "{}",
    "bands": (replace(BAND, points_from=Decimal(1)),),
}


def sha256(*criteria: CriterionFacts) -> str:
    found = CriteriaSetFacts(1, "individual", "Bộ", 1, "", criteria)
    return fingerprint(criteria_document({"individual": found}))


def test_every_field_is_known_here() -> None:
    assert set(CHANGES) | SILENT == set(CriterionFacts.__dataclass_fields__)


@pytest.mark.parametrize("name", CHANGES)
def test_each_field_changes_the_hash(name: str) -> None:
    assert sha256(replace(CRITERION, **{name: CHANGES[name]})) != sha256(CRITERION)


@pytest.mark.parametrize("part", ["label", "description", "points_to"])
def test_each_part_of_a_level_changes_the_hash(part: str) -> None:
    other: dict[str, Any] = {part: Decimal(24) if part == "points_to" else "Khác"}
    changed = replace(BAND, **other)
    assert sha256(replace(CRITERION, bands=(changed,))) != sha256(CRITERION)


def test_how_points_are_stored_and_which_row_it_is_do_not() -> None:
    stored = replace(
        CRITERION,
        id=9,
        position=7,
        max_points=Decimal("25.00"),
        bands=(replace(BAND, points_to=Decimal("25.00")),),
    )
    assert sha256(stored) == sha256(CRITERION)


def test_the_order_of_criteria_is_part_of_it() -> None:
    other = replace(CRITERION, code="C2")
    assert sha256(CRITERION, other) != sha256(other, CRITERION)
