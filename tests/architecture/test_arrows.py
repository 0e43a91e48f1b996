"""The checker itself, on small made-up trees: each rule must be able to fail."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.architecture import arrows
from tests.architecture.source import Module, read_modules
from tests.architecture.trees import tree


def arrow_names(offenders: list[str]) -> list[str]:
    """`app/a.py:1: app.a -> app.b: why` without place and reason."""
    return [line.split(": ")[1] for line in offenders]


def modules(root: Path, **files: str) -> list[Module]:
    return read_modules(tree(root, files))


def test_a_missing_folder_has_no_modules(tmp_path: Path) -> None:
    assert read_modules(tmp_path) == []


@pytest.mark.parametrize(
    "statement",
    [
        "from app.council.queries import seats",
        "from app.council import queries",
        "import app.council.queries",
        "import app.council.queries as q",
        "from ..council import queries",
        "from ..council.queries import seats",
        "def late():\n    from app.council import queries",
        "import importlib\nimportlib.import_module('app.council.queries')",
        "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from app.council import queries",
    ],
)
def test_every_way_to_import_a_later_room_is_seen(tmp_path: Path, statement: str) -> None:
    found = modules(tmp_path, **{"app/scoring/actions": statement, "app/council/queries": ""})
    assert arrow_names(arrows.upward(found)) == ["app.scoring.actions -> app.council.queries"]


def test_an_earlier_room_may_be_imported(tmp_path: Path) -> None:
    found = modules(
        tmp_path,
        **{"app/council/actions": "from app.scoring import queries", "app/scoring/queries": ""},
    )
    assert arrows.upward(found) == []
    assert arrows.rightward(found) == []


def test_the_reason_names_file_and_line(tmp_path: Path) -> None:
    found = modules(tmp_path, **{"app/web/page": "\nimport app.audit", "app/audit/__init__": ""})
    assert arrows.upward(found) == [
        "app/web/page.py:2: app.web.page -> app.audit.__init__: `audit` comes after `web`"
    ]


@pytest.mark.parametrize("root", sorted(arrows.ROOTS))
def test_a_root_imports_all_and_no_room_imports_it(tmp_path: Path, root: str) -> None:
    found = modules(
        tmp_path,
        **{
            f"app/{root}": "import app.reports.routes\nimport app.kernel.money",
            "app/reports/routes": f"import app.{root}",
            "app/kernel/money": "",
        },
    )
    assert arrow_names(arrows.upward(found)) == [f"app.reports.routes -> app.{root}"]


def test_the_ground_knows_no_room(tmp_path: Path) -> None:
    found = modules(
        tmp_path,
        **{
            "app/database": "import app.kernel.money, app.piccolo_conf, app.files.tables",
            "app/piccolo_conf": "",
            "app/kernel/money": "",
            "app/files/tables": "import app.database",
        },
    )
    assert arrow_names(arrows.upward(found)) == ["app.database -> app.files.tables"]


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("rules", "policy"),
        ("policy", "forms"),
        ("forms", "tables"),
        ("tables", "queries"),
        ("queries", "actions"),
        ("documents", "tables"),
        ("documents", "actions"),
        ("actions", "jobs"),
        ("jobs", "routes"),
    ],
)
def test_files_import_only_to_the_left(tmp_path: Path, left: str, right: str) -> None:
    found = modules(
        tmp_path,
        **{
            f"app/scoring/{left}": f"from app.scoring import {right}",
            f"app/scoring/{right}": f"from app.scoring import {left}",
        },
    )
    assert arrow_names(arrows.rightward(found)) == [f"app.scoring.{left} -> app.scoring.{right}"]


def test_the_order_of_files_holds_towards_earlier_rooms_too(tmp_path: Path) -> None:
    found = modules(
        tmp_path,
        **{
            "app/council/queries": "from app.scoring import queries, routes",
            "app/scoring/queries": "",
            "app/scoring/routes": "",
        },
    )
    assert arrow_names(arrows.rightward(found)) == ["app.council.queries -> app.scoring.routes"]


def test_documents_are_drawn_from_facts_and_never_read_the_database(tmp_path: Path) -> None:
    found = modules(
        tmp_path,
        **{
            "app/scoring/documents/page": "from app.scoring import queries",
            "app/scoring/queries": "",
            "app/scoring/jobs": "import app.scoring.documents.page",
        },
    )
    assert arrow_names(arrows.rightward(found)) == [
        "app.scoring.documents.page -> app.scoring.queries"
    ]


def test_a_file_with_its_own_name_knows_rules_only(tmp_path: Path) -> None:
    found = modules(
        tmp_path,
        **{
            "app/scoring/rank_file": "from app.scoring import rules, tables, rank_words",
            "app/scoring/rank_words": "",
            "app/scoring/rules/__init__": "",
            "app/scoring/tables": "from app.scoring import rank_file",
        },
    )
    assert arrow_names(arrows.rightward(found)) == ["app.scoring.rank_file -> app.scoring.tables"]


def test_a_file_may_stand_for_a_usual_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(arrows.STANDS_FOR, "files/store", "actions")
    found = modules(
        tmp_path, **{"app/files/store": "from app.files import tables", "app/files/tables": ""}
    )
    assert arrows.rightward(found) == []


def test_parts_of_a_rules_package_import_one_another(tmp_path: Path) -> None:
    found = modules(
        tmp_path,
        **{
            "app/scoring/rules/rank": "from app.scoring.rules import exact",
            "app/scoring/rules/exact": "",
        },
    )
    assert arrows.rightward(found) == []
    assert arrows.impure(found) == []


def test_rules_know_the_standard_library_the_kernel_and_rules(tmp_path: Path) -> None:
    found = modules(
        tmp_path,
        **{
            "app/council/rules/quorum": (
                "from __future__ import annotations\n"
                "from decimal import Decimal\n"
                "from app.kernel.money import bonus\n"
                "from app.scoring.rules import rank\n"
                "import msgspec\n"
                "from app.scoring.forms import Sheet\n"
            ),
            "app/kernel/money": "def bonus(): ...",
            "app/scoring/rules": "rank = 1",
            "app/scoring/forms": "Sheet = 1",
        },
    )
    assert arrow_names(arrows.impure(found)) == [
        "app.council.rules.quorum -> msgspec",
        "app.council.rules.quorum -> app.scoring.forms",
    ]


def test_the_kernel_knows_the_standard_library_and_itself(tmp_path: Path) -> None:
    found = modules(
        tmp_path,
        **{
            "app/kernel/money": "import babel\nimport app.kernel.points\nimport app.database",
            "app/kernel/points": "import re",
            "app/database": "",
        },
    )
    assert arrow_names(arrows.impure(found)) == [
        "app.kernel.money -> babel",
        "app.kernel.money -> app.database",
    ]


def test_a_place_must_be_given(tmp_path: Path) -> None:
    found = modules(tmp_path, **{"app/garden/rules": "", "app/stray": "", "app/cli": ""})
    assert arrows.unknown_places(found) == [
        "app/garden/rules.py: `garden` has no place among the rooms",
        "app/stray.py: not a known top-level module",
    ]
