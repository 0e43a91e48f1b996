"""Which module may know which: rooms from low to high, files inside a room from left to right."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable

from tests.architecture.source import Import, Module

# Low to high: a room imports itself and the rooms before it.
ROOMS = (
    "kernel",
    "web",
    "files",
    "sheets",
    "audit",
    "organization",
    "accounts",
    "imports",
    "catalogue",
    "movement",
    "learning",
    "initiatives",
    "discipline",
    "award_history",
    "eligibility",
    "nominations",
    "scoring",
    "council",
    "public_comment",
    "decisions",
    "certificates",
    "reminders",
    "reports",
    "demo",
)
# These put the rooms together: they may import everything, and no room imports them.
ROOTS = {
    "arguments",
    "cli",
    "cli_files",
    "indicators",
    "main",
    "__main__",
    "piccolo_app",
    "server",
    "tidying",
    "worker",
}
# Below every room: these import one another and the kernel.
GROUND = {"__init__", "piccolo_conf", "database", "schema"}

# Left to right. Equal numbers stand beside each other and do not import one another.
LAYERS = {
    "rules": 0,
    "policy": 1,
    "forms": 2,
    "tables": 4,
    "queries": 5,
    "invariants": 6,
    "indicators": 6,
    "actions": 7,
    "jobs": 8,
    "routes": 9,
}
# Any other file stands between the forms and the tables, and knows rules only.
OTHER = 3
# Files whose own names say more than the usual ones, and the usual name whose place they take.
STANDS_FOR = {
    "files/store": "queries",
    "files/answers": "actions",
    "files/upkeep": "actions",
    "reports/rights": "routes",
}
# Rooms whose files are no feature's: words, the HTTP shell, and the demo that drives everything.
WITHOUT_LAYERS = {"kernel", "web", "demo"}


def upward(modules: Iterable[Module]) -> list[str]:
    """Arrows to a later room, to a composition root, or out of the ground floor."""
    return _offenders(modules, _why_upward)


def rightward(modules: Iterable[Module]) -> list[str]:
    """Arrows to a file further right, in this room or in an earlier one."""
    return _offenders(modules, _why_rightward)


def impure(modules: Iterable[Module]) -> list[str]:
    """The kernel knows the standard library and itself; rules know these and other rules."""
    return _offenders(modules, _why_impure)


def unknown_places(modules: Iterable[Module]) -> list[str]:
    """Rooms and top-level modules that nobody gave a place in the order."""
    offenders = []
    for module in modules:
        if module.room is None:
            if module.part not in ROOTS | GROUND:
                offenders.append(f"{module.path}: not a known top-level module")
        elif module.room not in ROOMS:
            offenders.append(f"{module.path}: `{module.room}` has no place among the rooms")
    return offenders


def _offenders(modules: Iterable[Module], why: Callable[[Module, Import], str | None]) -> list[str]:
    return [
        f"{module.at(arrow.line)}: {module.name} -> {arrow.target}: {reason}"
        for module in modules
        for arrow in module.imports
        if (reason := why(module, arrow))
    ]


def _why_upward(module: Module, arrow: Import) -> str | None:
    target = _ours(arrow)
    if target is None or (module.room is None and module.part in ROOTS):
        return None
    room, part = target
    if room is None:
        return "nobody imports a composition root" if part in ROOTS else None
    if module.room is None:
        return None if room == "kernel" else "this module stands below the rooms"
    if room in ROOMS and module.room in ROOMS and ROOMS.index(room) > ROOMS.index(module.room):
        return f"`{room}` comes after `{module.room}`"
    return None


def _why_rightward(module: Module, arrow: Import) -> str | None:
    target = _ours(arrow)
    if target is None or None in (module.room, target[0]) or module.room in WITHOUT_LAYERS:
        return None
    room, part = target
    if room in WITHOUT_LAYERS or (room, part) == (module.room, module.part):
        return None
    here, there = _layer(module.room, module.part), _layer(room, part)
    if here == OTHER and there not in (LAYERS["rules"], OTHER):
        return "a file with a name of its own knows rules only"
    same_room = room == module.room
    if there > here or (there == here != OTHER and same_room):
        return f"`{part}` does not stand left of `{module.part}`"
    return None


def _why_impure(module: Module, arrow: Import) -> str | None:
    kernel = module.room == "kernel"
    if not kernel and (module.room is None or module.part != "rules"):
        return None
    target = _ours(arrow)
    if target is None:
        outside = arrow.target.split(".")[0] not in sys.stdlib_module_names
        return "not in the standard library" if outside else None
    room, part = target
    if room == "kernel":
        return None
    if kernel:
        return "the kernel imports only itself"
    return None if part == "rules" else "rules import only rules and the kernel"


def _ours(arrow: Import) -> tuple[str | None, str] | None:
    """(room or None, file) of an import inside `app`, None for everything else."""
    parts = arrow.target.split(".")
    if parts[0] != "app":
        return None
    if len(parts) < 3:
        return None, parts[1] if len(parts) == 2 else "__init__"
    return parts[1], parts[2]


def _layer(room: str | None, part: str) -> int:
    return LAYERS.get(STANDS_FOR.get(f"{room}/{part}", part), OTHER)
