"""What is wrong with one row, and what checking a whole sheet found."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from app.kernel.refusal import Refusal

REFUSED, WARNING = "refused", "warning"


@dataclass(frozen=True, slots=True)
class Problem:
    """`row` is the line in the file, `column` its header, `value` what stands there."""

    row: int
    column: str
    value: str
    refusal: Refusal
    severity: str = REFUSED

    def to_json(self) -> dict[str, object]:
        return {
            "row": self.row,
            "column": self.column,
            "value": self.value[:100],
            "message": self.refusal.message,
            "values": {key: str(value) for key, value in self.refusal.values.items()},
            "severity": self.severity,
        }


@dataclass(slots=True)
class Problems:
    """Collects problems; `bad` holds the lines that cannot be taken."""

    found: list[Problem] = field(default_factory=list)
    bad: set[int] = field(default_factory=set)

    def refuse(
        self, row: int, column: str, value: object, code: str, message: str, **values: object
    ) -> None:
        self.add(Problem(row, column, str(value), Refusal(code, message, values)))

    def warn(
        self, row: int, column: str, value: object, code: str, message: str, **values: object
    ) -> None:
        self.add(Problem(row, column, str(value), Refusal(code, message, values), WARNING))

    def add(self, problem: Problem) -> None:
        self.found.append(problem)
        if problem.severity == REFUSED:
            self.bad.add(problem.row)

    def first(self, most: int) -> list[dict[str, object]]:
        """Refused rows before warnings, each in the order of the file."""
        ordered = sorted(self.found, key=lambda p: (p.severity != REFUSED, p.row))
        return [problem.to_json() for problem in ordered[:most]]


@dataclass(frozen=True, slots=True)
class Outcome:
    """`new` and `changed` are what to write; their shape is the kind's own."""

    new: tuple[object, ...]
    changed: tuple[object, ...]
    unchanged: int
    problems: Problems

    def counts(self) -> dict[str, int]:
        return {
            "new": len(self.new),
            "changed": len(self.changed),
            "unchanged": self.unchanged,
            "refused": len(self.problems.bad),
        }


def first_uses(keys: Iterable[object], numbers: Iterable[int]) -> dict[int, int]:
    """Line -> the earlier line with the same key, for every line that repeats one."""
    seen: dict[object, int] = {}
    repeated: dict[int, int] = {}
    for key, number in zip(keys, numbers, strict=True):
        if (first := seen.setdefault(key, number)) != number:
            repeated[number] = first
    return repeated
