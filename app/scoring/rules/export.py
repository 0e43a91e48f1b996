"""From what was frozen and marked to one thidua-rank/1 document."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from app.kernel.points import show_points
from app.movement.rules import CriterionFacts
from app.scoring.rules.panel import FORMAT

# What a round freezes for both subjects and the format wants for one.
_BY_SUBJECT = ("tie_breaks", "cut")
_PLAIN = ("fusion", "trim", "ridge", "huber_k", "min_members", "decimals")


@dataclass(frozen=True, slots=True)
class MarkGiven:
    member: str
    subject: str
    criterion: str
    points: Decimal


@dataclass(frozen=True, slots=True)
class PanelRecord:
    """Everything the panel left behind on one kind of subject; people only by label and code."""

    members: Sequence[str]
    subjects: Sequence[str]
    recusals: Iterable[tuple[str, str]]
    marks: Iterable[MarkGiven]


def rank_document(
    subject: str,
    protocol: Mapping[str, Any],
    criteria: Sequence[CriterionFacts],
    record: PanelRecord,
) -> dict[str, Any]:
    """Lists in one fixed order, so that the same facts always give the same hash."""
    position = {criterion.code: index for index, criterion in enumerate(criteria)}
    marks = sorted(
        record.marks, key=lambda m: (_natural(m.member), m.subject, position[m.criterion])
    )
    return {
        "format": FORMAT,
        "protocol": subject_protocol(subject, protocol),
        "criteria": [{"code": c.code, "max": _text(c.max_points or Decimal(0))} for c in criteria],
        "members": sorted(record.members, key=_natural),
        "subjects": [{"code": code} for code in sorted(record.subjects)],
        "recusals": [
            list(pair) for pair in sorted(record.recusals, key=lambda p: (_natural(p[0]), p[1]))
        ],
        "marks": [[m.member, m.subject, m.criterion, _text(m.points)] for m in marks],
    }


def subject_protocol(subject: str, protocol: Mapping[str, Any]) -> dict[str, Any]:
    """The part of a round's frozen protocol that the format knows; no cut is no name."""
    chosen = {name: protocol[name] for name in _PLAIN if name in protocol}
    chosen |= {name: protocol[name][subject] for name in _BY_SUBJECT if name in protocol}
    return {name: value for name, value in chosen.items() if value is not None}


def _natural(label: str) -> tuple[int, str]:
    """M2 before M10."""
    return len(label), label


def _text(points: Decimal) -> str:
    return show_points(points).replace(",", ".")
