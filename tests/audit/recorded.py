"""Reads the source: the words given to `audit.record`, and the actions to `audit.record_many`."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass

from tests.architecture.source import Module

Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True)
class Recorded:
    """One call; `None` stands for a word that cannot be read from the source."""

    place: str
    actions: tuple[str | None, ...]
    kinds: tuple[str | None, ...]
    details: tuple[str, ...]


def recorded(modules: list[Module]) -> list[Recorded]:
    return [found for module in modules for found in _in(module)]


def _in(module: Module) -> Iterator[Recorded]:
    for function in ast.walk(module.tree):
        if not isinstance(function, Function):
            continue
        for call in ast.walk(function):
            if isinstance(call, ast.Call) and ast.unparse(call.func) == "audit.record_many":
                actions = tuple(_words(_argument(call, 1, "action"), function, module))
                yield Recorded(module.at(call.lineno), actions, (), ())
            elif isinstance(call, ast.Call) and _is_record(call.func, module):
                yield Recorded(
                    module.at(call.lineno),
                    tuple(_words(_argument(call, 1, "action"), function, module)),
                    tuple(_words(_argument(call, 2, "object_kind"), function, module)),
                    tuple(key.arg for key in call.keywords if key.arg and key.arg not in _OWN),
                )


_OWN = ("actor", "action", "object_kind", "object_id", "now")


def _is_record(called: ast.expr, module: Module) -> bool:
    return ast.unparse(called) == "audit.record" or (
        module.room == "audit" and ast.unparse(called) == "record"
    )


def _argument(call: ast.Call, place: int, name: str) -> ast.expr | None:
    if len(call.args) > place:
        return call.args[place]
    return next((key.value for key in call.keywords if key.arg == name), None)


def _words(node: ast.expr | None, function: Function, module: Module) -> Iterator[str | None]:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.IfExp):
        yield from _words(node.body, function, module)
        yield from _words(node.orelse, function, module)
    elif isinstance(node, ast.Name) and _is_parameter(node.id, function):
        yield from _given(node.id, function, module)
    elif isinstance(node, ast.Name):
        yield from _constant(node.id, module)
    else:
        yield None


def _is_parameter(name: str, function: Function) -> bool:
    return name in _parameters(function)


def _parameters(function: Function) -> list[str]:
    return [
        found.arg
        for found in (
            *function.args.posonlyargs,
            *function.args.args,
            *function.args.kwonlyargs,
        )
    ]


def _given(name: str, function: Function, module: Module) -> Iterator[str | None]:
    """What the callers in the same module hand over for a parameter."""
    place = _parameters(function).index(name)
    calls = [
        (caller, call)
        for caller in ast.walk(module.tree)
        if isinstance(caller, Function)
        for call in ast.walk(caller)
        if isinstance(call, ast.Call) and ast.unparse(call.func) == function.name
    ]
    if not calls:
        yield None
    for caller, call in calls:
        yield from _words(_argument(call, place, name), caller, module)


def _constant(name: str, module: Module) -> Iterator[str | None]:
    values = [
        node.value
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Assign)
        and any(isinstance(target, ast.Name) and target.id == name for target in node.targets)
    ]
    for value in values:
        yield value.value if isinstance(value, ast.Constant) else None
    if not values:
        yield None
