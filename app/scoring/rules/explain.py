"""One line for every wrong mark, naming member, subject and criterion as the file does."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from app.scoring.rules import exact
from app.scoring.rules.reading import named, shown
from app.scoring.rules.roster import Roster


def explain(marks: Iterable[object], roster: Roster) -> list[str]:
    """Every problem among the marks, in the file's order."""
    errors: list[str] = []
    seen: set[tuple[str, str, str]] = set()
    for index, mark in enumerate(marks):
        path = f"marks[{index}]"
        match mark:
            case [str(member), str(subject), str(criterion), points]:
                mark_of = (member, subject, criterion)
                errors.extend(_unknown(path, roster, *mark_of))
                if mark_of in seen:
                    errors.append(f"{path}: duplicate mark: {_whose(*mark_of)}")
                seen.add(mark_of)
                if (member, subject) in roster.recusals:
                    errors.append(f"{path}: mark by a recused member: {_whose(*mark_of)}")
                wrong = _points(points, (roster.criteria or {}).get(criterion))
                if wrong is not None:
                    errors.append(f"{path}: {wrong}: {_whose(*mark_of)}")
            case _:
                errors.append(f"{path}: must be [member, subject, criterion, points]")
    return errors


def _unknown(path: str, roster: Roster, member: str, subject: str, criterion: str) -> Iterable[str]:
    if roster.members is not None and member not in roster.members:
        yield f"{path}: unknown member {named(member)}"
    if roster.subjects is not None and subject not in roster.subjects:
        yield f"{path}: unknown subject {named(subject)}"
    if roster.criteria is not None and criterion not in roster.criteria:
        yield f"{path}: unknown criterion {named(criterion)}"


def _whose(member: str, subject: str, criterion: str) -> str:
    return f"member {named(member)}, subject {named(subject)}, criterion {named(criterion)}"


def _points(points: object, most: str | None) -> str | None:
    if not isinstance(points, str) or exact.places(points) is None:
        return f'points must be a decimal string such as "20.5", not {shown(points)}'
    if Decimal(points) < 0:
        return f"{points} is below 0"
    if most is not None and Decimal(points) > Decimal(most):
        return f"{points} is above the maximum {most}"
    return None
