"""What waits for somebody, from all rooms; each asks only those whose work it can be."""

from __future__ import annotations

from datetime import date, datetime

from app.accounts.queries.waiting import waiting as accounts
from app.audit.queries.waiting import waiting as audit
from app.certificates import queries as certificates
from app.council import queries as council
from app.decisions import queries as decisions
from app.imports.queries.waiting import waiting as imports
from app.kernel.actor import Actor
from app.kernel.period import today_in_vietnam
from app.kernel.refusal import N_
from app.kernel.waiting import WaitingItem
from app.movement.policy import plans_for
from app.movement.rules import COLUMNS, Calendar, countdown, stage_days
from app.movement.tables import MovementDate, ReviewRound
from app.nominations import queries as nominations
from app.public_comment import queries as public_comment
from app.reminders.policy import keeps_yearly_dates_of
from app.reminders.queries.classifying import waiting as classifications
from app.reminders.rules import DAYS_BEFORE, YearlyDate, next_time
from app.scoring import queries as scoring

Items = tuple[WaitingItem, ...]


async def work(actor: Actor, now: datetime) -> Items:
    """What the actor's page lists, in no order."""
    return (
        *await nominations.waiting(actor, now),
        *await scoring.waiting(actor, now),
        *await council.waiting(actor, now),
        *await decisions.waiting(actor, now),
        *await certificates.waiting(actor, now),
        *await public_comment.waiting(actor, now),
        *await classifications(actor, now),
        *await imports(actor, now),
        *await accounts(actor, now),
        *await audit(actor, now),
    )


async def dated_work(actor: Actor, now: datetime) -> Items:
    """What somebody is reminded of: work with a due day, and days of rounds and movements."""
    today = today_in_vietnam(now)
    found = (
        *await work(actor, now),
        *await ending_stages(actor, today),
        *await _coming_dates(actor, today),
    )
    return tuple(item for item in found if item.due is not None)


async def ending_stages(actor: Actor, today: date) -> Items:
    """Whoever plans a round hears a week before that a stage of it ends; the day itself counts.

    The stage's name is translated where the sentence is shown.
    """
    if not (units := plans_for(actor)):
        return ()
    return tuple(
        WaitingItem(
            N_("{round}: giai đoạn “{stage}” sắp hết thời hạn."),
            f"/rounds/{round_id}",
            {"round": name, "stage": stage.label},
            stage.last,
        )
        for round_id, name, calendar in await _running_calendars(units, today)
        for stage in stage_days(calendar)
        if (left := countdown(stage, today)).state == "last-day"
        or (left.state == "running" and left.days <= max(DAYS_BEFORE))
    )


async def _running_calendars(
    units: frozenset[int], today: date
) -> tuple[tuple[int, str, Calendar], ...]:
    """(round, name, days) of the opened rounds that are not decided and have a day to come."""
    days = ", ".join(f"r.{name}" for name in COLUMNS)
    rows = await ReviewRound.raw(
        f"SELECT r.id, r.name, {days} FROM review_round r JOIN round_opening o ON o.round = r.id"
        " JOIN movement w ON w.id = r.movement AND w.launched_by = ANY({}::int[])"
        f" WHERE greatest({days}) >= {{}}"
        " AND NOT EXISTS (SELECT FROM award_decision d WHERE d.round = r.id) ORDER BY r.id",
        sorted(units),
        today,
    )
    return tuple(
        (row["id"], row["name"], Calendar(**{name: row[name] for name in COLUMNS})) for row in rows
    )


async def _coming_dates(actor: Actor, today: date) -> Items:
    if not (units := keeps_yearly_dates_of(actor)):
        return ()
    rows = await MovementDate.raw(
        "SELECT d.id, d.name, d.month, d.day, m.id AS movement_id, m.name AS movement,"
        " m.launched_on AS first, m.ends_on AS last FROM movement_date d"
        " JOIN movement m ON m.id = d.movement"
        " WHERE m.launched_by = ANY({}::int[]) AND coalesce(m.ends_on >= {}, true) ORDER BY d.id",
        sorted(units),
        today,
    )
    return tuple(
        WaitingItem(
            N_("{movement}: {name}."),
            f"/movements/{row['movement_id']}",
            {"movement": row["movement"], "name": row["name"]},
            next_time(YearlyDate(**row), today),
        )
        for row in rows
    )
