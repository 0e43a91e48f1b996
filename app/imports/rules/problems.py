"""What is wrong with one row, and what checking a whole sheet found."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
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
        """The first of either: refused rows, then warnings, each in the order of the file."""
        ordered = sorted(self.found, key=lambda p: p.row)
        return [
            problem.to_json()
            for severity in (REFUSED, WARNING)
            for problem in [p for p in ordered if p.severity == severity][:most]
        ]


@dataclass(frozen=True, slots=True)
class Outcome:
    """`new` and `changed` are what to write; their shape is the kind's own.

    Which lines of the file they come from: `added`, `unchanged` and the keys of `before`, where
    each line that changes something finds the data as it is now, cell by cell like the line.
    `names`: staff code -> name, for kinds whose lines do not say it.
    """

    new: tuple[object, ...]
    changed: tuple[object, ...]
    problems: Problems
    added: Sequence[int]
    before: Mapping[int, tuple[object, ...]]
    unchanged: Sequence[int]
    names: Mapping[str, str] = field(default_factory=dict)

    def counts(self) -> dict[str, int]:
        return {
            "new": len(self.new),
            "changed": len(self.changed),
            "unchanged": len(self.unchanged),
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
