"""From what was frozen and marked to one thidua-rank/1 document.

The format knows marks only. So a measured criterion travels as the same mark on every whole sheet
of its candidate, and whoever recomputes the ranking needs nothing else. Where there was nothing to
measure there is no mark, no sheet is complete, and the candidate is listed without a rank.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import product
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
    """Everything the panel left behind on one kind of subject; people only by label and code.

    `measured`: by subject and criterion, where there was something to measure. `annual`: what a
    phase round cites, by subject; None outside a phase round.
    """

    members: Sequence[str]
    subjects: Sequence[str]
    recusals: Collection[tuple[str, str]]
    marks: Sequence[MarkGiven]
    measured: Mapping[str, Mapping[str, Decimal]] = field(default_factory=dict)
    annual: Mapping[str, Decimal] | None = None


def rank_document(
    subject: str,
    protocol: Mapping[str, Any],
    criteria: Sequence[CriterionFacts],
    record: PanelRecord,
) -> dict[str, Any]:
    """Lists in one fixed order, so that the same facts always give the same hash.

    `criteria`: all that carry points.
    """
    position = {criterion.code: index for index, criterion in enumerate(criteria)}
    marks = sorted(
        [*record.marks, *_measured_marks(criteria, record)],
        key=lambda m: (_natural(m.member), m.subject, position[m.criterion]),
    )
    return {
        "format": FORMAT,
        "protocol": subject_protocol(subject, protocol),
        "criteria": [{"code": c.code, "max": _text(c.max_points or Decimal(0))} for c in criteria],
        "members": sorted(record.members, key=_natural),
        "subjects": [_subject(code, record.annual) for code in sorted(record.subjects)],
        "recusals": [
            list(pair) for pair in sorted(record.recusals, key=lambda p: (_natural(p[0]), p[1]))
        ],
        "marks": [[m.member, m.subject, m.criterion, _text(m.points)] for m in marks],
    }


def _subject(code: str, annual: Mapping[str, Decimal] | None) -> dict[str, Any]:
    """Who has no annual result has no such key: in a tie-break that is the lowest, and no zero."""
    if annual is None or code not in annual:
        return {"code": code}
    return {"code": code, "keys": {"annual": _text(annual[code])}}


def _measured_marks(criteria: Sequence[CriterionFacts], record: PanelRecord) -> Iterator[MarkGiven]:
    for member, subject in _whole_sheets(criteria, record):
        for code, points in record.measured.get(subject, {}).items():
            yield MarkGiven(member, subject, code, points)


def _whole_sheets(
    criteria: Sequence[CriterionFacts], record: PanelRecord
) -> Iterable[tuple[str, str]]:
    """(member, subject) of the sheets on which the member left nothing open."""
    needed = sum(criterion.kind != "measured" for criterion in criteria)
    if needed:
        given = Counter((mark.member, mark.subject) for mark in record.marks)
        return [sheet for sheet, marks in given.items() if marks == needed]
    # Nothing to judge by hand: whoever did not step aside has left nothing open.
    everybody = product(record.members, record.subjects)
    return [sheet for sheet in everybody if sheet not in record.recusals]


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
