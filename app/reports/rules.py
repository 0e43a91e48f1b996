"""Where a round stands, as the stages of its pipeline."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from app.accounts.rules import HeldRole
from app.kernel.actor import Role
from app.kernel.refusal import N_
from app.movement.rules import Calendar, StageDays, countdown, stage_days

# A round may do without these; without a day the others are still to come.
_MAY_BE_LEFT_OUT = frozenset({"registration", "endorsement", "appraisal", "comment"})
# Over with their last day; what follows is over when somebody has done it.
_ENDS_BY_ITSELF = frozenset({"registration", "nomination", "endorsement", "appraisal", "comment"})


@dataclass(frozen=True, slots=True)
class Stage:
    """`state` is done, current or todo; `day` is when it ended or is due."""

    label: str
    state: str
    day: date | None = None


def by_role(held: Iterable[HeldRole]) -> tuple[tuple[Role, tuple[str, ...]], ...]:
    """Each role once, in the order of the list of roles, with the names of its units."""
    units: dict[Role, dict[str, None]] = {}
    for found in held:
        units.setdefault(found.role, {})[found.unit_name] = None
    return tuple((role, tuple(units[role])) for role in Role if role in units)


def finished_stages(
    *, scoring_opened: bool, scoring_closed: bool, session_held: bool, decided: bool
) -> frozenset[str]:
    """Stages of the calendar that nobody may take up again, by their keys.

    Opening the scoring freezes the gates, so all that comes before it is done with.
    """
    stages = set()
    if scoring_opened:
        stages |= {"registration", "nomination", "endorsement", "appraisal"}
    if scoring_closed:
        stages.add("scoring")
    if session_held:
        stages.add("session")
    if decided:
        stages |= {"comment", "decision"}
    return frozenset(stages)


def under_way(calendar: Calendar, today: date) -> tuple[StageDays, ...]:
    """Stages that have begun and are not over; where none has a first day, the next to end."""
    left = [
        stage
        for stage in stage_days(calendar)
        if countdown(stage, today).state in ("running", "last-day")
    ]
    begun = tuple(stage for stage in left if stage.first is not None)
    return begun or tuple(left[:1])


def pipeline(
    calendar: Calendar,
    finished: frozenset[str],
    *,
    opened_on: date | None,
    issued: bool,
    today: date,
) -> tuple[Stage, ...]:
    """From the opening over the stages of the calendar to the certificates.

    `finished`: as of `finished_stages`; `issued`: all certificates are made. The first stage not
    done is the current one; one done early stays done.
    """
    found = [(N_("Mở đợt xét"), opened_on is not None, opened_on)]
    for stage in stage_days(calendar):
        if stage.last is None and stage.key in _MAY_BE_LEFT_OUT:
            continue
        over = stage.last is not None and stage.last < today and opened_on is not None
        done = stage.key in finished or (over and stage.key in _ENDS_BY_ITSELF)
        found.append((stage.label, done, stage.last))
    found.append((N_("Giấy khen"), issued, None))
    current = next((place for place, (_, done, _) in enumerate(found) if not done), None)
    return tuple(
        Stage(label, "done" if done else "current" if place == current else "todo", day)
        for place, (label, done, day) in enumerate(found)
    )
