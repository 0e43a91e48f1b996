"""The modules under a source folder: where they sit, what they import, at which line."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Import:
    """`target` is a module's full name where it is one of ours, else the name as written."""

    target: str
    line: int


@dataclass(frozen=True, slots=True)
class Module:
    """`name` is dotted, packages end in `.__init__`: `app.scoring.rules`, `app.web.__init__`."""

    name: str
    path: Path
    text: str
    tree: ast.Module
    imports: tuple[Import, ...]

    @property
    def room(self) -> str | None:
        """The feature folder; None for modules directly under `app/`."""
        parts = self.name.split(".")
        return parts[1] if len(parts) > 2 else None

    @property
    def part(self) -> str:
        """The file's name inside its room; a package such as `rules/` counts as one file."""
        parts = self.name.split(".")
        return parts[2] if len(parts) > 2 else parts[1]

    def at(self, line: int) -> str:
        return f"{self.path}:{line}"


def read_modules(root: Path, package: str = "app") -> list[Module]:
    """All modules of `root/package`; an absent folder has none."""
    paths = sorted((root / package).rglob("*.py"))
    names = {_dotted(path.relative_to(root)) for path in paths}
    return [_read(root, path, names) for path in paths]


def _dotted(path: Path) -> str:
    return ".".join(path.with_suffix("").parts)


def _read(root: Path, path: Path, names: set[str]) -> Module:
    text = path.read_text(encoding="utf-8")
    tree = ast.parse(text, filename=str(path))
    relative = path.relative_to(root)
    name = _dotted(relative)
    imports = tuple(
        Import(_module_of(target, names), line) for target, line in _targets(tree, name)
    )
    return Module(name, relative, text, tree, imports)


def _targets(tree: ast.Module, module: str) -> Iterator[tuple[str, int]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            origin = _origin(node, module)
            yield from ((f"{origin}.{alias.name}", node.lineno) for alias in node.names)
        elif isinstance(node, ast.Call) and (target := _imported_by_call(node)):
            yield target, node.lineno


def _origin(node: ast.ImportFrom, module: str) -> str:
    """`from ..kernel` seen from `app.scoring.rules` starts at `app`."""
    if not node.level:
        return node.module or ""
    above = module.split(".")[: -node.level]
    return ".".join([*above, *([node.module] if node.module else [])])


def _imported_by_call(node: ast.Call) -> str | None:
    """`import_module("app.x")` is an arrow as well."""
    called = node.func.attr if isinstance(node.func, ast.Attribute) else None
    if isinstance(node.func, ast.Name):
        called = node.func.id
    if called not in {"import_module", "__import__"} or not node.args:
        return None
    first = node.args[0]
    return first.value if isinstance(first, ast.Constant) and isinstance(first.value, str) else None


def _module_of(target: str, names: set[str]) -> str:
    """`app.scoring.rules.rank` is a name inside the module `app.scoring.rules`."""
    candidate = target
    while candidate:
        if candidate in names:
            return candidate
        if f"{candidate}.__init__" in names:
            return f"{candidate}.__init__"
        candidate = candidate.rpartition(".")[0]
    return target
