"""The way of a dossier: unit, then province or central unit, then the council's office."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from app.nominations.rules.placing import UnitStep


@dataclass(frozen=True, slots=True)
class RouteStepFacts:
    """A level that endorses; position 1 comes first."""

    position: int
    unit_id: int
    unit_name: str


def endorsing_levels(way: Sequence[UnitStep], protocol: Mapping[str, Any]) -> tuple[UnitStep, ...]:
    """`way`: the nominating unit first, the root last.

    A protocol frozen before levels were data names none: its dossiers go straight to the office.
    """
    kinds = protocol.get("routing", {}).get("endorse", ())
    return tuple(step for step in way if step.kind in kinds)
