"""Who judges whom by what: criteria, members, subjects and recusals, frozen before the marks."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from app.scoring.rules import reading


@dataclass(frozen=True, slots=True)
class Roster:
    """Codes in the file's order. A collection is None where some code was unreadable.

    None means: do not call a code unknown on the strength of a list that could not be read;
    the list has its own error already. `criteria` maps a code to its maximum (None: unreadable).
    """

    criteria: dict[str, str | None] | None
    members: dict[str, None] | None
    subjects: dict[str, dict[str, str]] | None
    recusals: frozenset[tuple[str, str]]


def read_roster(document: dict[str, object], errors: list[str]) -> Roster:
    members = _members(document, errors)
    criteria = _criteria(document, errors)
    subjects = _subjects(document, errors)
    recusals = _recusals(document, members, subjects, errors)
    return Roster(criteria, members, subjects, recusals)


def unique(codes: Iterable[str | None], path: str, errors: list[str]) -> None:
    """One error for each repetition of a code; unreadable ones (None) have theirs already."""
    seen: set[str] = set()
    for index, code in enumerate(codes):
        if code is not None and code in seen:
            errors.append(f"{path}[{index}]: duplicate code {reading.named(code)}")
        elif code is not None:
            seen.add(code)


def _listed(document: dict[str, object], name: str, errors: list[str]) -> list[object] | None:
    # A missing name was already reported by the reader of the top level.
    return reading.items(document[name], name, errors) if name in document else None


def _members(document: dict[str, object], errors: list[str]) -> dict[str, None] | None:
    listed = _listed(document, "members", errors)
    if listed is None:
        return None
    codes = [reading.code(value, f"members[{i}]", errors) for i, value in enumerate(listed)]
    unique(codes, "members", errors)
    return None if None in codes else dict.fromkeys(code for code in codes if code is not None)


def _criteria(document: dict[str, object], errors: list[str]) -> dict[str, str | None] | None:
    listed = _listed(document, "criteria", errors)
    if listed is None:
        return None
    if not listed:
        errors.append("criteria: must name at least one criterion")
        return None
    codes, maxima = [], []
    for index, value in enumerate(listed):
        path = f"criteria[{index}]"
        found = reading.fields(value, path, ("code", "max"), (), errors)
        codes.append(reading.field_code(found, path, errors))
        maxima.append(
            reading.positive(found["max"], f"{path}.max", errors) if "max" in found else None
        )
    unique(codes, "criteria", errors)
    if None in codes:
        return None
    return {code: most for code, most in zip(codes, maxima, strict=True) if code is not None}


def _subjects(document: dict[str, object], errors: list[str]) -> dict[str, dict[str, str]] | None:
    listed = _listed(document, "subjects", errors)
    if listed is None:
        return None
    codes, keys = [], []
    for index, value in enumerate(listed):
        path = f"subjects[{index}]"
        found = reading.fields(value, path, ("code",), ("keys",), errors)
        codes.append(reading.field_code(found, path, errors))
        keys.append(_keys(found.get("keys", {}), f"{path}.keys", errors))
    unique(codes, "subjects", errors)
    if None in codes:
        return None
    return {code: own for code, own in zip(codes, keys, strict=True) if code is not None}


def _keys(value: object, path: str, errors: list[str]) -> dict[str, str]:
    if not isinstance(value, dict):
        errors.append(f"{path}: must be an object, not {reading.shown(value)}")
        return {}
    result = {}
    for name, text in value.items():
        number = reading.decimal(text, f"{path}.{reading.named(name)}", errors)
        if number is not None:
            result[name] = number
    return result


def _recusals(
    document: dict[str, object],
    members: dict[str, None] | None,
    subjects: dict[str, dict[str, str]] | None,
    errors: list[str],
) -> frozenset[tuple[str, str]]:
    seen: set[tuple[str, str]] = set()
    for index, value in enumerate(_listed(document, "recusals", errors) or []):
        path = f"recusals[{index}]"
        match value:
            case [str(member), str(subject)]:
                pair = (member, subject)
            case _:
                errors.append(f"{path}: must be [member, subject]")
                continue
        if members is not None and member not in members:
            errors.append(f"{path}: unknown member {reading.named(member)}")
        if subjects is not None and subject not in subjects:
            errors.append(f"{path}: unknown subject {reading.named(subject)}")
        if pair in seen:
            errors.append(
                f"{path}: duplicate recusal of member {reading.named(member)}"
                f" for subject {reading.named(subject)}"
            )
        seen.add(pair)
    return frozenset(seen)
