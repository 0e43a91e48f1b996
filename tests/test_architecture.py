"""The house rules, held against the source as it is."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.architecture import arrows, shape
from tests.architecture.source import Module, read_modules

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def app_modules() -> list[Module]:
    return read_modules(ROOT)


def expect_none(rule: str, offenders: list[str]) -> None:
    if offenders:
        pytest.fail("\n".join([rule, *(f"  {line}" for line in offenders)]), pytrace=False)


def test_the_kernel_is_among_what_is_read(app_modules: list[Module]) -> None:
    # Without it every rule below would hold for an empty list.
    assert "app.kernel.refusal" in {module.name for module in app_modules}


def test_every_module_has_a_place(app_modules: list[Module]) -> None:
    expect_none("Give these a place in ROOMS, ROOTS or GROUND:", arrows.unknown_places(app_modules))


def test_no_arrow_points_upward(app_modules: list[Module]) -> None:
    expect_none("A room imports itself and earlier rooms:", arrows.upward(app_modules))


def test_no_arrow_points_rightward(app_modules: list[Module]) -> None:
    expect_none("A file imports files further left:", arrows.rightward(app_modules))


def test_kernel_and_rules_are_pure(app_modules: list[Module]) -> None:
    expect_none("Rules know the standard library only:", arrows.impure(app_modules))


def test_rules_do_not_read_the_clock(app_modules: list[Module]) -> None:
    expect_none("Rules take the day as an argument:", shape.clock_reads(app_modules))


def test_points_and_money_are_never_float(app_modules: list[Module]) -> None:
    expect_none("Use Decimal, Fraction or int:", shape.floats(app_modules))


def test_table_names_are_unique(app_modules: list[Module]) -> None:
    expect_none("Rename all but one:", shape.repeated_tables(app_modules))


def test_names_say_what_is_inside(app_modules: list[Module]) -> None:
    everything = [*app_modules, *read_modules(ROOT, "tests")]
    expect_none("Name these after what they hold:", shape.empty_names(everything))


def test_modules_are_small(app_modules: list[Module]) -> None:
    expect_none("Split these:", shape.long_modules(app_modules))


def test_functions_are_small(app_modules: list[Module]) -> None:
    expect_none("Split these:", shape.long_functions(app_modules))
