"""The papers of a dossier as PDF: report, score sheet, minutes. NĐ 30/2020/NĐ-CP; no database."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from app.kernel.lines import keep_together
from app.kernel.period import Period, in_words, show_date, today_in_vietnam
from app.kernel.points import show_points
from app.kernel.vietnamese import tidy
from app.nominations.rules import COLUMN_WORDS, Dossier, Minutes, Sheet
from app.nominations.rules.report import Report
from app.organization.rules import CATEGORIES, SEXES
from app.web import paper


def render_report(report: Report) -> bytes:
    return _made(
        "nominations/_print_report.html",
        report=report,
        letterhead=_letterhead(report.subject, report.name, report.unit_name),
        # Their gettext ids: official papers are Vietnamese whatever their reader reads.
        sexes=SEXES,
        categories=CATEGORIES,
    )


def render_score_sheet(
    dossier: Dossier, sheet: Sheet, columns: Sequence[str], unit: str, today: date
) -> bytes:
    """`columns`: those its reader sees."""
    return _made(
        "nominations/_print_score_sheet.html",
        dossier=dossier,
        sheet=sheet,
        columns=columns,
        words=COLUMN_WORDS,
        most=sum((line.criterion.max_points or Decimal(0) for line in sheet.lines), Decimal(0)),
        letterhead=("", unit),
        today=today,
    )


def render_minutes(minutes: Minutes, superior: str) -> bytes:
    return _made(
        "nominations/_print_minutes.html", minutes=minutes, letterhead=(superior, minutes.unit_name)
    )


def _letterhead(subject: str, name: str, unit_name: str) -> tuple[str, str]:
    """(superior, agency): a room stands under its house, a collective under what it belongs to."""
    if subject == "collective":
        return unit_name.rpartition(", ")[2], name
    agency, _, superior = unit_name.partition(", ")
    return superior, agency


def _when(days: Period | None) -> str:
    """`Từ 01/03/2025 đến 30/10/2025`; empty for an entry without days."""
    if days is None or days.last is None:
        return ""
    if days.first == days.last:
        return f"Ngày {show_date(days.last)}"
    return f"Từ {show_date(days.first)} đến {show_date(days.last)}"


def _made(template: str, **context: object) -> bytes:
    """Equal input gives equal bytes."""
    return paper.write(
        template,
        "nominations/papers.css",
        **context,
        t=lambda text: keep_together(tidy(text)),
        points=show_points,
        in_words=in_words,
        day=show_date,
        day_of=today_in_vietnam,
        when=_when,
    )
