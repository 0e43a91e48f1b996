"""Names, sizes and number types the house does without."""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Iterable, Iterator

from tests.architecture.source import Module

# Names that say nothing about what is inside, and so collect everything.
EMPTY_NAMES = {"common", "utils", "helpers", "services", "base"}
MODULE_LINES = 300
FUNCTION_LINES = 75
CLOCK_CALLS = {"now", "today", "utcnow"}


def empty_names(modules: Iterable[Module]) -> list[str]:
    return [
        f"{module.path}: `{name}` does not say what is inside"
        for module in modules
        for name in module.name.split(".")
        if name.lower() in EMPTY_NAMES
    ]


def floats(modules: Iterable[Module]) -> list[str]:
    """`float(...)` and literals such as `0.5` in the kernel and in rules."""
    return [
        f"{module.at(node.lineno)}: {ast.unparse(node)}: points and money are exact"
        for module in modules
        if _is_pure(module)
        for node in ast.walk(module.tree)
        if _is_float(node)
    ]


def clock_reads(modules: Iterable[Module]) -> list[str]:
    """`date.today()` and its like in the kernel and in rules; routes and jobs hand the day over."""
    return [
        f"{module.at(node.lineno)}: {ast.unparse(node)}: today is an argument"
        for module in modules
        if _is_pure(module)
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in CLOCK_CALLS
    ]


def repeated_tables(modules: Iterable[Module]) -> list[str]:
    """Piccolo gives two tables of one class name each other's columns, without a word."""
    places = defaultdict(list)
    for name, place in _tables(list(modules)):
        places[name].append(place)
    return [
        f"class {name}(Table) in {', '.join(where)}"
        for name, where in sorted(places.items())
        if len(where) > 1
    ]


def long_modules(modules: Iterable[Module]) -> list[str]:
    return [
        f"{module.path}: {lines} lines, fewer than {MODULE_LINES} are wanted"
        for module in modules
        if (lines := len(module.text.splitlines())) >= MODULE_LINES
    ]


def long_functions(modules: Iterable[Module]) -> list[str]:
    return [
        f"{module.at(node.lineno)}: {node.name}: {lines} lines, fewer than {FUNCTION_LINES} wanted"
        for module in modules
        for node in ast.walk(module.tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (lines := (node.end_lineno or node.lineno) - node.lineno + 1) >= FUNCTION_LINES
    ]


def _is_pure(module: Module) -> bool:
    return module.room == "kernel" or (module.room is not None and module.part == "rules")


def _is_float(node: ast.AST) -> bool:
    if isinstance(node, ast.Constant):
        return isinstance(node.value, float)
    return (
        isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "float"
    )


def _tables(modules: list[Module]) -> Iterator[tuple[str, str]]:
    """Class names and places of all tables, those that inherit through another table included."""
    classes = [
        (node.name, {_last_name(base) for base in node.bases}, module.at(node.lineno))
        for module in modules
        for node in ast.walk(module.tree)
        if isinstance(node, ast.ClassDef)
    ]
    known = {"Table"}
    while grown := {name for name, bases, _ in classes if bases & known} - known:
        known |= grown
    return ((name, place) for name, bases, place in classes if bases & known)


def _last_name(base: ast.expr) -> str:
    return base.attr if isinstance(base, ast.Attribute) else getattr(base, "id", "")
