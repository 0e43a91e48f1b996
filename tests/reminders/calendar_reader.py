"""A calendar file as a program that subscribes to it would read it."""

from __future__ import annotations

from typing import Any

import icalendar


def whole(content: bytes) -> dict[str, Any]:
    """The properties of the calendar itself, by lower-case name."""
    return {name.lower(): value for name, value in _read(content).items()}


def events_in(content: bytes) -> list[dict[str, Any]]:
    """The properties of each event; days and moments as such."""
    return [
        {name.lower(): getattr(value, "dt", value) for name, value in event.items()}
        for event in _read(content).walk("VEVENT")
    ]


def _read(content: bytes) -> Any:
    return icalendar.Calendar.from_ical(content)
