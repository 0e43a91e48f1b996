"""Reads the source: which functions write to the database, and which of them log it.

A write counts as logged when the `async with DB.transaction()` around it also calls
`audit.record` or `audit.record_many`, itself or through a function that does. A function without a
transaction of its own hands the question on to whoever calls it.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field

from tests.architecture.source import Module

Function = ast.FunctionDef | ast.AsyncFunctionDef
_WRITES = re.compile(r"\b(INSERT INTO|DELETE FROM|TRUNCATE|UPDATE\s+\w+(\s+\w+)?\s+SET)\b")
_RECORD = {"app.audit.actions.record", "app.audit.actions.record_many"}


@dataclass
class Found:
    """A function with the nodes that write in it, and its calls to functions of ours."""

    name: str
    place: str
    node: Function
    writes: list[ast.AST] = field(default_factory=list)
    calls: list[tuple[ast.AST, str]] = field(default_factory=list)

    def transactions(self) -> list[ast.AsyncWith]:
        return [
            node
            for node in ast.walk(self.node)
            if isinstance(node, ast.AsyncWith)
            and any(ast.unparse(item.context_expr) == "DB.transaction()" for item in node.items)
        ]


def unlogged(modules: list[Module], exempt: Collection[str] = ()) -> dict[str, str]:
    """Full name of each function with a write that is not logged, and the line of that write.

    What the `exempt` functions write asks nothing of those who call them.
    """
    functions = {n: f for n, f in _functions(modules).items() if n not in exempt}
    recording = _recording(functions)
    exposed = {name for name, found in functions.items() if found.writes}
    offenders: dict[str, str] = {}
    while exposed:
        upward = set()
        for name in exposed:
            found = functions[name]
            blocks = found.transactions()
            callers = [f for f in functions.values() if any(t == name for _, t in f.calls)]
            if not blocks and callers and name not in _RECORD:
                upward |= {(caller.name, name) for caller in callers}
            elif name not in _RECORD:
                _judge(found, found.writes, recording, offenders)
        exposed = set()
        for caller_name, callee in upward:
            caller = functions[caller_name]
            sites = [node for node, target in caller.calls if target == callee]
            new = [site for site in sites if site not in caller.writes]
            if new:
                caller.writes += new
                exposed.add(caller_name)
    return offenders


def _judge(
    found: Found, writes: list[ast.AST], recording: set[str], offenders: dict[str, str]
) -> None:
    logged: set[int] = set()
    for block in found.transactions():
        inside = {id(node) for node in ast.walk(block)}
        if any(id(node) in inside and target in recording for node, target in found.calls):
            logged |= inside
    for write in writes:
        if id(write) not in logged:
            line = getattr(write, "lineno", found.node.lineno)
            offenders.setdefault(found.name, f"{found.place}:{line}")


def _recording(functions: dict[str, Found]) -> set[str]:
    known = set(_RECORD)
    while (
        grown := {
            name for name, found in functions.items() if any(t in known for _, t in found.calls)
        }
        - known
    ):
        known |= grown
    return known


def _functions(modules: list[Module]) -> dict[str, Found]:
    by_name = {module.name: module for module in modules}
    names = {module.name: _imported(module) for module in modules}
    functions: dict[str, Found] = {}
    for module in modules:
        texts = _constants(module.tree)
        for node in _outermost(module.tree):
            if isinstance(node, Function):
                name = f"{module.name}.{node.name}"
                functions[name] = Found(name, str(module.path), node, list(_writes(node, texts)))
    for found in functions.values():
        module_name = found.name.rpartition(".")[0]
        for node in ast.walk(found.node):
            if isinstance(node, ast.Call):
                for called in _called(node.func, by_name[module_name].tree):
                    target = _target(called, module_name, names[module_name])
                    target = _home(target, by_name, names, functions)
                    if target:
                        found.calls.append((node, target))
    return functions


def _outermost(tree: ast.Module) -> Iterator[ast.stmt]:
    """What a function defines inside itself is part of it."""
    for node in tree.body:
        yield from node.body if isinstance(node, ast.ClassDef) else (node,)


def _writes(function: Function, texts: set[str]) -> Iterator[ast.AST]:
    documented = ast.get_docstring(function, clean=False)
    for node in ast.walk(function):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            if node.value != documented and _WRITES.search(node.value):
                yield node
        elif (isinstance(node, ast.Name) and node.id in texts) or _writes_by_name(node):
            yield node


def _writes_by_name(node: ast.AST) -> bool:
    if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
        return False
    name, base = node.func.attr, node.func.value
    if name in {"save", "remove"}:
        return not node.args
    table = isinstance(base, ast.Name) and base.id[:1].isupper()
    return name == "copy_records_to_table" or (table and name in {"insert", "update", "delete"})


def _constants(tree: ast.Module) -> set[str]:
    """Module-level names of statements that write."""
    return {
        target.id
        for node in tree.body
        if isinstance(node, ast.Assign) and _WRITES.search(ast.unparse(node.value))
        for target in node.targets
        if isinstance(target, ast.Name)
    }


def _called(called: ast.expr, tree: ast.Module) -> list[ast.expr]:
    """What a call may reach: `KINDS[kind](…)` reaches everything in the table `KINDS`."""
    if not isinstance(called, ast.Subscript):
        return [called]
    table = ast.unparse(called.value)
    return [
        value
        for node in tree.body
        if isinstance(node, ast.Assign | ast.AnnAssign) and isinstance(node.value, ast.Dict)
        if table in ast.unparse(node).split("=")[0]
        for value in node.value.values
    ]


def _imported(module: Module) -> dict[str, str]:
    return {
        alias.asname or alias.name: f"{node.module}.{alias.name}"
        for node in ast.walk(module.tree)
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("app")
        for alias in node.names
    }


def _target(called: ast.expr, module: str, imported: dict[str, str]) -> str:
    if isinstance(called, ast.Name):
        return imported.get(called.id, f"{module}.{called.id}")
    if isinstance(called, ast.Attribute) and isinstance(called.value, ast.Name):
        return f"{imported.get(called.value.id, '?')}.{called.attr}"
    return ""


def _home(
    target: str,
    modules: dict[str, Module],
    names: dict[str, dict[str, str]],
    functions: dict[str, Found],
) -> str:
    """The module a function is written in, through the packages that hand it on."""
    for _ in range(4):
        if target in functions:
            return target
        module, _, name = target.rpartition(".")
        package = f"{module}.__init__"
        if package not in modules:
            return ""
        target = names[package].get(name, f"{package}.{name}")
    return ""
