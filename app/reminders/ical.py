"""Events as an iCalendar file (RFC 5545, RFC 7986)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, timedelta
from urllib.parse import urlsplit

import icalendar

from app.reminders.rules import Event

# Half a working day: a day put off in the morning is in everybody's calendar in the afternoon.
REFRESH = timedelta(hours=4)


def calendar_file(name: str, events: Iterable[Event], base: str) -> bytes:
    """`base`: the address the links begin with, without a slash at its end.

    The same events give the same bytes, so that a reader's program sees that nothing changed.
    """
    host = urlsplit(base).hostname or "thidua"
    calendar = icalendar.Calendar()
    calendar.add("prodid", "-//Thi Dua//Lich//VI")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("name", name)
    calendar.add("x-wr-calname", name)
    calendar.add("x-wr-timezone", "Asia/Ho_Chi_Minh")
    calendar.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "PT4H")
    for event in events:
        calendar.add_component(_event(event, host, base))
    return bytes(calendar.to_ical())


def _event(event: Event, host: str, base: str) -> icalendar.Event:
    found = icalendar.Event()
    found.add("uid", f"{event.name}@{host}")
    found.add("dtstamp", event.changed_at.astimezone(UTC))
    found.add("sequence", event.sequence)
    found.add("summary", event.summary)
    found.add("dtstart", event.first)
    # The end is the first day that is no longer part of it.
    found.add("dtend", event.last + timedelta(days=1))
    if event.yearly:
        rule: dict[str, object] = {"freq": "yearly"}
        if event.until is not None:
            rule["until"] = event.until
        found.add("rrule", rule)
    # Days to know of, not hours in which somebody is taken.
    found.add("transp", "TRANSPARENT")
    found.add("url", f"{base}{event.href}")
    return found
