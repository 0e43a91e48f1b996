"""Names, sizes and number types: each check must be able to fail."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.architecture import shape
from tests.architecture.source import Module, read_modules
from tests.architecture.trees import tree


def modules(root: Path, **files: str) -> list[Module]:
    return read_modules(tree(root, files))


@pytest.mark.parametrize("name", sorted(shape.EMPTY_NAMES))
def test_a_name_that_says_nothing(tmp_path: Path, name: str) -> None:
    found = modules(tmp_path, **{f"app/scoring/{name}": "", "app/council/tables": ""})
    assert shape.empty_names(found) == [
        f"app/scoring/{name}.py: `{name}` does not say what is inside"
    ]


def test_a_folder_that_says_nothing(tmp_path: Path) -> None:
    found = modules(tmp_path, **{"app/utils/dates": ""})
    assert shape.empty_names(found) == ["app/utils/dates.py: `utils` does not say what is inside"]


def test_floats_where_numbers_are_exact(tmp_path: Path) -> None:
    found = modules(
        tmp_path,
        **{
            "app/scoring/rules/mean": "half = 0.5\nshare = float('1')\nwhole = 2",
            "app/kernel/money": "isinstance(1, float)",
            "app/scoring/routes": "delay = 0.5",
        },
    )
    assert sorted(shape.floats(found)) == [
        "app/scoring/rules/mean.py:1: 0.5: points and money are exact",
        "app/scoring/rules/mean.py:2: float('1'): points and money are exact",
    ]


def test_a_rule_that_reads_the_clock(tmp_path: Path) -> None:
    text = "from datetime import date\nday = date.today()\nlast = date.max"
    found = modules(tmp_path, **{"app/council/rules": text, "app/council/jobs": text})
    assert shape.clock_reads(found) == [
        "app/council/rules.py:2: date.today(): today is an argument"
    ]


def test_two_tables_of_one_name(tmp_path: Path) -> None:
    found = modules(
        tmp_path,
        **{
            "app/scoring/tables": "class Sheet(Table, tablename='a'): ...\nclass Mark(Table): ...",
            "app/council/tables": "class Kept(piccolo.Table): ...\nclass Sheet(Kept): ...",
            "app/reports/rules": "class Mark: ...",
        },
    )
    assert shape.repeated_tables(found) == [
        "class Sheet(Table) in app/council/tables.py:2, app/scoring/tables.py:1"
    ]


def test_the_longest_module_has_one_line_less_than_the_bound(tmp_path: Path) -> None:
    found = modules(
        tmp_path,
        **{
            "app/scoring/routes": "x = 1\n" * shape.MODULE_LINES,
            "app/council/routes": "x = 1\n" * (shape.MODULE_LINES - 1),
        },
    )
    assert shape.long_modules(found) == [
        "app/scoring/routes.py: 300 lines, fewer than 300 are wanted"
    ]


@pytest.mark.parametrize("keyword", ["def", "async def"])
def test_the_longest_function_has_one_line_less_than_the_bound(
    tmp_path: Path, keyword: str
) -> None:
    def function(lines: int) -> str:
        return f"{keyword} long():\n" + "    x = 1\n" * (lines - 1)

    found = modules(
        tmp_path,
        **{
            "app/scoring/routes": function(shape.FUNCTION_LINES),
            "app/council/routes": function(shape.FUNCTION_LINES - 1),
        },
    )
    assert shape.long_functions(found) == [
        "app/scoring/routes.py:1: long: 75 lines, fewer than 75 wanted"
    ]
