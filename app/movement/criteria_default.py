"""The proposed criteria the product carries: wording as issued, points as nobody has fixed them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from app.movement.rules.building import CriterionDraft

_DATA = Path(__file__).parent / "criteria.json"


@cache
def default_document() -> Any:
    """The file itself, for the demo, whose world quotes the same criteria."""
    return json.loads(_DATA.read_text(encoding="utf-8"))


def default_criteria(subject: str, sources: Mapping[str, int]) -> tuple[CriterionDraft, ...]:
    """All points are proposed; the gates are the same for both subjects.

    `sources`: the catalogue's papers, id by number; what it does not hold is not cited.
    """
    document = default_document()
    scored = [line for line in document["criteria"] if line["subject"] == subject]
    parts = document["parts"]
    return (
        *(_scored(line, parts.get(line["code"], ()), sources) for line in scored),
        *default_gates(sources),
    )


def default_gates(sources: Mapping[str, int]) -> tuple[CriterionDraft, ...]:
    """No set can do without them."""
    return tuple(_draft(line, "gate", None, sources) for line in default_document()["gates"])


def _scored(
    line: dict[str, Any], parts: list[dict[str, str]], sources: Mapping[str, int]
) -> CriterionDraft:
    """Where a sheet splits the points of a criterion, that is advice to whoever gives them."""
    advice = [f"{part['text']}: tối đa {part['maximum']} điểm." for part in parts]
    return _draft(line, "judged", Decimal(line["maximum"]), sources, "\n".join(advice))


def _draft(
    line: dict[str, Any],
    kind: str,
    max_points: Decimal | None,
    sources: Mapping[str, int],
    advice: str = "",
) -> CriterionDraft:
    return CriterionDraft(
        code=line["code"],
        kind=kind,
        title=line["title"],
        text=line["text"],
        help=advice,
        source_id=sources.get(line.get("source", "")),
        evidence_required=line.get("evidence_required", False),
        proposed=max_points is not None,
        max_points=max_points,
    )
