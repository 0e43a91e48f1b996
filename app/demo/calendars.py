"""Calendars of rounds that are under way on whatever day the demo is made."""

from __future__ import annotations

from datetime import date, timedelta

from app.demo import workdays
from app.demo.world.story_facts import Calendar
from app.kernel.period import Period


def reviewed_today(today: date) -> Calendar:
    """The council met a few days ago; its list lies open since yesterday at the latest."""
    comment = _before(today, 1)
    session = _before(comment, 1)
    scored = _before(session, 4)
    return _around(Period(_before(scored, 10), scored), session, comment)


def scored_today(today: date) -> Calendar:
    """The members have had their sheets for some days and have some more."""
    scoring = Period(_before(today, 5), _after(today, 6))
    session = _after(today, 10)
    return _around(scoring, session, _after(session, 1))


def _around(scoring: Period, session: date, comment: date) -> Calendar:
    appraised = _before(scoring.first, 1)
    closing = _before(appraised, 1)
    nominated = _before(closing, 10)
    opened = _before(nominated, 14)
    last = _after(comment, 8)
    return Calendar(
        registration=Period(opened, nominated),
        opened_on=opened,
        nominated_on=nominated,
        attested=Period(nominated, closing - timedelta(days=1)),
        nominations_close_on=closing,
        appraised_on=appraised,
        scoring=scoring,
        session_on=session,
        comment=Period(comment, last),
        signed_on=_after(last, 2),
        place="Hà Nội",
    )


def _before(day: date, days: int) -> date:
    return workdays.until(day - timedelta(days=days))


def _after(day: date, days: int) -> date:
    return workdays.since(day + timedelta(days=days))
