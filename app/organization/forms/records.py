"""What the pages of records post."""

from __future__ import annotations

from datetime import date

from app.kernel.period import Period
from app.organization.forms.events import LONGEST_NAME
from app.organization.rules import EARLIEST_YEAR, LEVELS, PersonRecord
from app.web.forms import Form

LONGEST_TEXT = 200


def read_record(form: Form, kind: str) -> PersonRecord | None:
    """A posting's unit is named in the field `unit`; whoever asks finds it."""
    if kind == "classifications":
        level = form.choice("text", LEVELS)
        year = form.integer("year", least=EARLIEST_YEAR, most=2100)
        if form.errors:
            return None
        return PersonRecord(0, level, Period(date(year, 1, 1), date(year, 12, 31)))
    text = form.text("text", longest=LONGEST_TEXT)
    is_main = kind == "postings" and form.choice("form", ("main", "concurrent")) == "main"
    if kind == "postings":
        form.text("unit", longest=LONGEST_NAME)
    first = form.day("valid_from")
    last = form.day("valid_to") if form.values.get("valid_to", "").strip() else None
    if form.errors or first is None:
        return None
    return PersonRecord(0, text, Period(first, last), is_main=is_main)
