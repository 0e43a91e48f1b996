"""What the form of the eleven days posts, and that of an extension."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from app.kernel.period import show_date
from app.movement.rules import COLUMNS, STAGES, Calendar
from app.web.forms import Form

LONGEST_REASON = 500


@dataclass(frozen=True, slots=True)
class AskedExtension:
    stage: str
    new_last: date
    reason: str
    move_following: bool


def read_calendar(form: Form, stored: Calendar, announced: Collection[str]) -> Calendar | None:
    """`announced`: days that stay as they are stored, which the form does not offer."""
    days = {
        name: getattr(stored, name)
        if name in announced
        else (form.day(name) if form.values.get(name, "").strip() else None)
        for name in COLUMNS
    }
    return None if form.errors else Calendar(**days)


def typed_calendar(calendar: Calendar) -> dict[str, object]:
    days = {name: getattr(calendar, name) for name in COLUMNS}
    return {name: show_date(day) if day else "" for name, day in days.items()}


def read_extension(form: Form, offered: Collection[str] = tuple(STAGES)) -> AskedExtension | None:
    stage = form.choice("stage", offered)
    new_last = form.day("new_last")
    reason = form.text("reason", longest=LONGEST_REASON)
    if form.errors or new_last is None:
        return None
    moves = form.values.get("move_following") == "yes"
    return AskedExtension(stage, new_last, reason, moves)
