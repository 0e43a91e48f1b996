"""Every word the log keeps has a name a reader understands."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.audit import words
from app.audit.rules import labels
from tests.architecture.source import read_modules
from tests.architecture.trees import tree
from tests.audit.recorded import Recorded, recorded

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def found() -> list[Recorded]:
    return recorded([module for module in read_modules(ROOT) if module.name != "app.audit.queries"])


def test_the_source_records_much(found: list[Recorded]) -> None:
    assert len(found) > 25


def test_every_action_is_named(found: list[Recorded]) -> None:
    unnamed = [(f.place, a) for f in found for a in f.actions if a not in labels.ACTIONS]
    assert unnamed == []


def test_every_kind_of_object_is_named(found: list[Recorded]) -> None:
    unnamed = [(f.place, k) for f in found for k in f.kinds if k not in labels.OBJECTS]
    assert unnamed == []


def test_every_detail_is_named(found: list[Recorded]) -> None:
    unnamed = [(f.place, d) for f in found for d in f.details if d not in labels.DETAILS]
    assert unnamed == []


def test_no_name_is_left_over(found: list[Recorded]) -> None:
    used = {action for f in found for action in f.actions}
    assert sorted(set(labels.ACTIONS) - used) == []


def test_words_are_read_where_they_are_written(tmp_path: Path) -> None:
    text = """
KIND = "unit"
async def one(actor, again):
    await audit.record(actor, "a.more" if again else "a.one", KIND, 1, now=now, code=1)
async def _log(actor, action):
    await audit.record(actor, action, "unit", 1, now=now, **detail)
async def two(actor):
    await _log(actor, "a.two")
    await _log(actor, f"a.{actor}")
"""
    read = recorded(read_modules(tree(tmp_path, {"app/x/actions": text})))
    assert [f.actions for f in read] == [("a.more", "a.one"), ("a.two", None)]
    assert [f.kinds for f in read] == [("unit",), ("unit",)]
    assert [f.details for f in read] == [("code",), ()]


@pytest.mark.parametrize(
    ("detail", "said"),
    [
        ("{}", []),
        ('{"gate": "G4"}', [("Điều kiện", "G4")]),
        ('{"scope": "base"}', [("Phạm vi công nhận", "Cơ sở")]),
        ('{"kind": "pipeline"}', [("Loại dữ liệu", "Quy hoạch")]),
        ('{"why": "wrong_person"}', [("Lý do", "Ghi nhầm người")]),
        (
            '{"level": ["good", "fair"]}',
            [("Mức xếp loại", "Hoàn thành tốt nhiệm vụ → Hoàn thành nhiệm vụ")],
        ),
        ('{"role": "unit_head"}', [("Vai trò", "Thủ trưởng đơn vị")]),
        ('{"unit": [2, 3]}', [("Đơn vị", "2 → 3")]),
        ('{"count": [1, 2, 3]}', [("Số lượng", "1, 2, 3")]),
        ('{"code": null}', [("Mã", "(trống)")]),
        ('{"code": false, "x": "2025-01-31"}', [("Mã", "Không"), ("x", "31/01/2025")]),
        ('{"x": {"unit": 4, "y": "z"}}', [("x", "Đơn vị: 4; y: z")]),
    ],
)
def test_details_in_words(detail: str, said: list[tuple[str, str]]) -> None:
    assert words.detail_words(detail) == said
