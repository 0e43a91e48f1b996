"""Exact means of the marks made so far; only used to shape the story, never to rank for real."""

from __future__ import annotations

from fractions import Fraction

Sheet = dict[str, int]
"""Criterion -> hundredths of a point."""
Sheets = dict[str, dict[str, Sheet]]
"""Subject -> member -> sheet."""


def complete(sheets: dict[str, Sheet], criteria: int) -> list[Sheet]:
    return [sheet for sheet in sheets.values() if len(sheet) == criteria]


def mean(sheets: dict[str, Sheet], criteria: int) -> Fraction:
    """In hundredths of a point."""
    counted = complete(sheets, criteria)
    return Fraction(sum(sum(sheet.values()) for sheet in counted), len(counted))


def in_order(sheets: Sheets, criteria: int) -> list[str]:
    """Best first; equal ones in the order of their codes, which only the story relies on."""
    return sorted(sheets, key=lambda subject: (-mean(sheets[subject], criteria), subject))
