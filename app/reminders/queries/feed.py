"""Somebody's calendar: rounds they take part in, own work with a day, the movements' years."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from piccolo.querystring import QueryString

from app.accounts.queries import token_hash
from app.kernel.actor import Actor, Role
from app.kernel.period import today_in_vietnam
from app.movement.rules import COLUMNS, Calendar
from app.movement.tables import MovementDate, ReviewRound
from app.reminders.policy import follows_rounds_of
from app.reminders.queries.work import work
from app.reminders.rules import (
    Event,
    RoundDays,
    YearlyDate,
    deadline_events,
    round_events,
    yearly_event,
)
from app.reminders.tables import CalendarFeed
from app.web.i18n import gettext

# Long past days stay a year, as they would in a calendar on the wall.
_KEPT = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class Feed:
    account_id: int
    at: datetime


async def feed_of(account_id: int) -> Feed | None:
    rows = await CalendarFeed.raw(
        "SELECT account AS account_id, at FROM calendar_feed WHERE account = {}", account_id
    )
    return Feed(**rows[0]) if rows else None


async def feed_by_token(token: str) -> Feed | None:
    """None when nobody's, revoked, or of an account that was deactivated."""
    rows = await CalendarFeed.raw(
        "SELECT f.account AS account_id, f.at FROM calendar_feed f"
        " JOIN account a ON a.id = f.account WHERE f.token_hash = {} AND a.active",
        token_hash(token),
    )
    return Feed(**rows[0]) if rows else None


async def events_of(feed: Feed, actor: Actor, now: datetime) -> tuple[Event, ...]:
    today = today_in_vietnam(now)
    mine = _movements(actor, today)
    yearly = (yearly_event(found, feed.at) for found in await _yearly_dates(mine, today))
    return (
        *round_events(await _rounds(actor, mine, feed, today), gettext),
        *(event for event in yearly if event is not None),
        *deadline_events(await work(actor, now), actor.account_id, feed.at, gettext),
    )


def _movements(actor: Actor, today: date) -> QueryString:
    """A condition on movement `m`: a unit of the account's takes part in it.

    A unit takes part when it or one above it has joined; where nobody has been entered as
    joined, the movement is for everything below the unit that launched it.
    """
    return QueryString(
        "(m.launched_by = ANY({}::int[]) OR EXISTS (WITH RECURSIVE up AS ("
        " SELECT unnest({}::int[]) AS id UNION SELECT p.unit FROM posting p WHERE p.person = {}"
        " AND p.valid_from <= {} AND (p.valid_to IS NULL OR p.valid_to >= {})"
        " UNION SELECT v.parent FROM up JOIN unit_version v ON v.unit = up.id"
        " WHERE v.parent IS NOT NULL AND v.valid_from <= {}"
        " AND (v.valid_to IS NULL OR v.valid_to >= {}))"
        " SELECT FROM up WHERE EXISTS (SELECT FROM movement_unit j WHERE j.movement = m.id"
        " AND j.unit = up.id AND (j.left_on IS NULL OR j.left_on >= {}))"
        " OR (up.id = m.launched_by AND NOT EXISTS"
        " (SELECT FROM movement_unit j WHERE j.movement = m.id))))",
        sorted(follows_rounds_of(actor)),
        sorted(actor.units_for(*Role)),
        actor.person_id,
        *(today,) * 5,
    )


async def _rounds(
    actor: Actor, mine: QueryString, feed: Feed, today: date
) -> tuple[RoundDays, ...]:
    days = ", ".join(f"r.{name}" for name in COLUMNS)
    rows = await ReviewRound.raw(
        f"SELECT r.id, r.name, r.version, {days}, greatest({{}}, o.at,"
        " (SELECT max(e.at) FROM stage_extension e WHERE e.round = r.id)) AS changed_at"
        " FROM review_round r JOIN movement m ON m.id = r.movement"
        " LEFT JOIN round_opening o ON o.round = r.id"
        f" WHERE greatest({days}) >= {{}} AND ({{}} OR EXISTS (SELECT FROM nomination n"
        " WHERE n.round = r.id AND n.person = {})) ORDER BY r.id",
        feed.at,
        today - _KEPT,
        mine,
        actor.person_id,
    )
    return tuple(
        RoundDays(
            row["id"],
            row["name"],
            row["version"],
            row["changed_at"],
            Calendar(**{name: row[name] for name in COLUMNS}),
        )
        for row in rows
    )


async def _yearly_dates(mine: QueryString, today: date) -> tuple[YearlyDate, ...]:
    rows = await MovementDate.raw(
        "SELECT d.id, d.name, d.month, d.day, m.id AS movement_id, m.name AS movement,"
        " m.launched_on AS first, m.ends_on AS last FROM movement_date d"
        " JOIN movement m ON m.id = d.movement"
        " WHERE coalesce(m.ends_on >= {}, true) AND {} ORDER BY d.id",
        today - _KEPT,
        mine,
    )
    return tuple(YearlyDate(**row) for row in rows)
