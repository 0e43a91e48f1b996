"""Biểu điểm: the printable score sheet of a criteria set, laid out by NĐ 30/2020/NĐ-CP."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from app.kernel.indicators import Indicator
from app.kernel.lines import keep_together
from app.kernel.points import show_points
from app.kernel.vietnamese import tidy
from app.movement.rules.facts import CriteriaSetFacts, CriterionFacts
from app.movement.rules.measuring import describe
from app.web import paper

_SUBJECTS = {"individual": "cá nhân", "collective": "tập thể"}


@dataclass(frozen=True, slots=True)
class SheetData:
    """`indicators`: by code, for the names of what the system measures."""

    agency: str
    movement: str
    criteria_set: CriteriaSetFacts
    indicators: Mapping[str, Indicator]


@dataclass(frozen=True, slots=True)
class SheetRow:
    """`levels`: (points, what they are given for)."""

    code: str
    title: str
    text: str
    notes: tuple[str, ...]
    levels: tuple[tuple[str, str], ...]
    max_points: Decimal | None


def render_sheet(data: SheetData) -> bytes:
    """Equal input gives equal bytes; official papers are Vietnamese only."""
    found = data.criteria_set
    return paper.write(
        "movement/criteria/_print_sheet.html",
        "movement/criteria/sheet.css",
        agency=tidy(data.agency).upper(),
        movement=unbroken(data.movement),
        subject=_SUBJECTS[found.subject],
        version=found.version,
        name=unbroken(found.name),
        note=unbroken(found.note),
        rows=tuple(_row(c, data.indicators) for c in found.scored),
        gates=tuple(_row(c, data.indicators) for c in found.gates),
        total=found.total,
        proposed=any(c.proposed for c in found.scored),
        points=show_points,
    )


def unbroken(text: str) -> str:
    """Dates and numbers never part at the end of a line."""
    return keep_together(tidy(text))


def _row(criterion: CriterionFacts, indicators: Mapping[str, Indicator]) -> SheetRow:
    return SheetRow(
        criterion.code,
        unbroken(criterion.title),
        unbroken(criterion.text),
        tuple(_notes(criterion, indicators)),
        tuple(
            (
                f"{show_points(band.points_from)} - {show_points(band.points_to)}",
                unbroken(f"{band.label}: {band.description}" if band.description else band.label),
            )
            for band in criterion.bands
        ),
        criterion.max_points,
    )


def _notes(criterion: CriterionFacts, indicators: Mapping[str, Indicator]) -> list[str]:
    notes = [unbroken(line) for line in criterion.help.splitlines()]
    if criterion.kind == "measured" and criterion.function is not None:
        known = indicators.get(criterion.indicator or "")
        sentence = describe(criterion.function)
        measure = known.name if known else criterion.indicator
        notes.append(f"Hệ thống đo: {measure}. {sentence.message.format(**sentence.values)}")
    if criterion.kind == "attested":
        notes.append("Theo xác nhận bằng văn bản.")
    if criterion.evidence_required:
        notes.append("Phải có minh chứng.")
    if criterion.source:
        notes.append(unbroken(f"Căn cứ: {criterion.source}."))
    return notes
