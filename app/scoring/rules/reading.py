"""Reading untrusted JSON values: each reader returns the value or adds exactly one error line."""

from __future__ import annotations

import json
from collections.abc import Iterable
from decimal import Decimal

from app.scoring.rules import exact

# Whole numbers in a protocol count people and places; more than this is a slip, not a protocol.
LARGEST_WHOLE = 1_000_000_000

_KINDS = {dict: "an object", list: "a list", tuple: "a list", bool: "true or false"}


def shown(value: object) -> str:
    """A value inside a one-line message: strings in JSON quotes, containers only by kind."""
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=not value.isprintable())
    if value is None:
        return "null"
    if type(value) in _KINDS:
        return _KINDS[type(value)]
    if isinstance(value, Decimal | int) and len(str(value)) <= 40:
        return f"the number {value}"
    return "a number"


def named(code: str) -> str:
    """A code as it stands, quoted only when a plain line could not carry it."""
    if code.isprintable() and code.strip() == code:
        return code
    return shown(code)


def fields(
    value: object,
    path: str,
    required: Iterable[str],
    optional: Iterable[str],
    errors: list[str],
) -> dict[str, object]:
    """An object's known fields; every missing and every unknown name is an error of its own."""
    prefix = f"{path}." if path else ""
    if not isinstance(value, dict):
        errors.append(f"{path}: must be an object, not {shown(value)}")
        return {}
    required = tuple(required)
    errors.extend(f"{prefix}{name}: missing" for name in required if name not in value)
    known = {*required, *optional}
    errors.extend(f"{prefix}{named(name)}: unknown name" for name in value if name not in known)
    return value


def items(value: object, path: str, errors: list[str]) -> list[object] | None:
    if isinstance(value, list | tuple):
        return list(value)
    errors.append(f"{path}: must be a list, not {shown(value)}")
    return None


def code(value: object, path: str, errors: list[str]) -> str | None:
    if isinstance(value, str) and value:
        return value
    errors.append(f"{path}: must be a non-empty string, not {shown(value)}")
    return None


def field_code(found: dict[str, object], path: str, errors: list[str]) -> str | None:
    """The `code` of an object whose missing names are reported already."""
    return code(found["code"], f"{path}.code", errors) if "code" in found else None


def whole(value: object, path: str, least: int, most: int, errors: list[str]) -> int | None:
    if type(value) is int and least <= value <= most:
        return value
    errors.append(
        f"{path}: must be a whole number from {least} to {most}, not {shown(value)}",
    )
    return None


def decimal(value: object, path: str, errors: list[str]) -> str | None:
    if isinstance(value, str) and exact.places(value) is not None:
        return value
    errors.append(f'{path}: must be a decimal string such as "20.5", not {shown(value)}')
    return None


def positive(value: object, path: str, errors: list[str]) -> str | None:
    text = decimal(value, path, errors)
    if text is not None and Decimal(text) <= 0:
        errors.append(f"{path}: must be above 0, not {text}")
        return None
    return text
