"""A tree with dates may be a tree today and a ring next year, so later changes count too."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from app.organization.rules.facts import Link


def first_cycle(unit_id: int, parent_id: int, day: date, links: Iterable[Link]) -> date | None:
    """The first day from `day` on which `unit_id` under `parent_id` would lie below itself.

    `links`: every edge above `parent_id` that holds on `day` or later.
    """
    known = tuple(links)
    days = {day} | {link.period.first for link in known if link.period.first > day}
    return next((d for d in sorted(days) if _meets(unit_id, parent_id, d, known)), None)


def _meets(unit_id: int, start: int, day: date, links: tuple[Link, ...]) -> bool:
    parents = {link.unit_id: link.parent_id for link in links if day in link.period}
    seen: set[int] = set()
    here: int | None = start
    while here is not None and here not in seen:
        if here == unit_id:
            return True
        seen.add(here)
        here = parents.get(here)
    return False
