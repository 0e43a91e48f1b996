from app.reminders.rules.days import (
    DAYS_BEFORE,
    Due,
    YearlyDate,
    due_reminders,
    next_time,
    remind_for,
)
from app.reminders.rules.events import (
    Event,
    RoundDays,
    deadline_events,
    round_events,
    yearly_event,
)

__all__ = [
    "DAYS_BEFORE",
    "Due",
    "Event",
    "RoundDays",
    "YearlyDate",
    "deadline_events",
    "due_reminders",
    "next_time",
    "remind_for",
    "round_events",
    "yearly_event",
]
