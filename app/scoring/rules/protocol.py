"""The frozen protocol: how sheets are fused, how ties are broken, how values are shown."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal

from app.scoring.rules import reading

FUSIONS = ("mean", "median", "trimmed_mean", "additive", "additive_huber")
SUPPORTED = ("mean",)
MOST_DECIMALS = 9


@dataclass(frozen=True, slots=True)
class TieBreak:
    """`kind` is `criterion` (mean of the complete sheets' marks on `name`) or `key` (own key)."""

    kind: str
    name: str


@dataclass(frozen=True, slots=True)
class Protocol:
    fusion: str
    min_members: int
    tie_breaks: tuple[TieBreak, ...]
    decimals: int
    cut: int | None


def read_protocol(
    value: object,
    criteria: Collection[str] | None,
    errors: list[str],
) -> Protocol | None:
    """None after an error; `criteria` None means they are unreadable and are not judged here."""
    before = len(errors)
    found = reading.fields(
        value,
        "protocol",
        ("fusion", "min_members", "tie_breaks", "decimals"),
        ("trim", "ridge", "huber_k", "cut"),
        errors,
    )
    if "fusion" in found:
        _check_fusion(found["fusion"], errors)
    _check_parameters(found, errors)
    min_members = _whole(found, "min_members", 1, errors)
    decimals = _whole(found, "decimals", 0, errors, MOST_DECIMALS)
    cut = _whole(found, "cut", 1, errors)
    tie_breaks = _tie_breaks(found, criteria, errors)
    if len(errors) > before or min_members is None or decimals is None:
        return None
    return Protocol(str(found["fusion"]), min_members, tie_breaks, decimals, cut)


def _whole(
    found: dict[str, object],
    name: str,
    least: int,
    errors: list[str],
    most: int = reading.LARGEST_WHOLE,
) -> int | None:
    if name not in found:
        return None
    return reading.whole(found[name], f"protocol.{name}", least, most, errors)


def _check_fusion(value: object, errors: list[str]) -> None:
    if value in SUPPORTED:
        return
    if value in FUSIONS:
        errors.append(f"protocol.fusion: {value} is not supported in this version")
    else:
        errors.append(f"protocol.fusion: unknown fusion {reading.shown(value)}")


def _check_parameters(found: dict[str, object], errors: list[str]) -> None:
    # They are part of the hashed protocol even while the fusion that reads them is another one.
    _whole(found, "trim", 0, errors)
    if "ridge" in found:
        ridge = reading.decimal(found["ridge"], "protocol.ridge", errors)
        if ridge is not None and Decimal(ridge) < 0:
            errors.append(f"protocol.ridge: must not be below 0, not {ridge}")
    if "huber_k" in found:
        reading.positive(found["huber_k"], "protocol.huber_k", errors)


def _tie_breaks(
    found: dict[str, object],
    criteria: Collection[str] | None,
    errors: list[str],
) -> tuple[TieBreak, ...]:
    if "tie_breaks" not in found:
        return ()
    listed = reading.items(found["tie_breaks"], "protocol.tie_breaks", errors) or []
    result = []
    for index, entry in enumerate(listed):
        path = f"protocol.tie_breaks[{index}]"
        kind, _, name = entry.partition(":") if isinstance(entry, str) else ("", "", "")
        if kind not in ("criterion", "key") or not name:
            errors.append(
                f'{path}: must be "criterion:CODE" or "key:NAME", not {reading.shown(entry)}',
            )
        elif kind == "criterion" and criteria is not None and name not in criteria:
            errors.append(f"{path}: unknown criterion {reading.named(name)}")
        else:
            result.append(TieBreak(kind, name))
    return tuple(result)
